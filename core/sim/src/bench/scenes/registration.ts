import type { BenchReceiver, RadarBias } from "../bench-scenario.ts";
import { claims } from "./multisensor.ts";
import { raid } from "./raid.ts";
import { type Recipe, realities, statedHead, statedRadar } from "./statement.ts";

const DURATION_S = 180;
const DRONES = 12;
/** From here on the scorer counts: the first minute is for finding the bias. */
const FROM_S = 60;
/** How far one radar of two is off when the statement, that it stands true, is a lie. */
const BIAS: RadarBias = { azimuthRad: (1.5 * Math.PI) / 180, rangeM: 40, elevationRad: 0, clockS: -0.5 };

/** Two radars and a dozen drones of which six say truly where they are; with `lies`, one radar's mount, range and clock are off. */
export const registration: Recipe = {
  stem: "R1-registration",
  scene: (options, name, random) => {
    const pd = options.detectionProbability ?? 0.9;
    const clutter = options.clutterPerScan ?? 15;
    const around = { pd, clutter, reach: [100, 6000], delay: [0.1, 0.3] } as const;
    const radars = [
      statedRadar({ ...around, id: "radar-1", pos: [-1200, 0, 12] }),
      statedRadar({ ...around, id: "radar-2", pos: [1400, 200, 20], phase: 0.37 }),
    ];
    const receiver: BenchReceiver = {
      id: "rid-1",
      kind: "position",
      pos: [0, 0, 10],
      range: 8000,
      delay: [0.2, 1.5],
      note: "Remote ID receiver",
    };
    const targets = raid(random.fork("targets"), options.targets ?? DRONES, DURATION_S);
    const genuine = Array.from({ length: 6 }, () => "genuine" as const);
    const manner = {
      stated: { sx: 6, sy: 6, sz: 10 },
      errors: { horizontalM: 5, verticalM: 9, lastsS: 30 },
      hasAddress: true,
    };
    return {
      meta: { ...statedHead(name, DURATION_S, 50, FROM_S), sensors: [...radars, receiver] },
      about:
        "two radars, six drones of twelve that say truly where they are; where the statement lies, radar 1 is off by 1.5°, 40 m, its clock 0.5 s slow",
      targets,
      radars: realities(radars, {}, random, ({ id }) => (options.lies && id === "radar-1" ? { bias: BIAS } : {})),
      broadcasts: claims(targets, genuine, random.fork("broadcasts"), manner),
    };
  },
};
