import type { Pilot } from "../../motion/fly.ts";
import { fly } from "../../motion/fly.ts";
import type { Random } from "../../random.ts";
import type { BenchTarget } from "../bench-scenario.ts";
import { type Recipe, realities, statedHead, statedRadar } from "./statement.ts";

const DURATION_S = 240;
const NOTCH = { pd_model: "notch", notch: { below: 2, pd: 0.1 }, srr: 0.3 } as const;

/** Twelve that hover or fly across the line of sight, under radars with a Doppler notch, shadows, and forty seconds of silence. */
export const notch: Recipe = {
  stem: "S9-notch",
  scene: (options, name, random) => {
    const source = random.fork("targets");
    const pd = options.detectionProbability ?? 0.9;
    const clutter = options.clutterPerScan ?? 15;
    const around = { pd, clutter, azimuthHalfRad: Math.PI, elevation: [0, 0.349066] } as const;
    const radars = [
      { ...statedRadar(around), ...NOTCH, coverage: shadows(source) },
      {
        ...statedRadar({
          ...around,
          id: "radar-2",
          pos: [1700, 500, 20],
          period: 1.5,
          phase: 0.4,
          sigmas: [6, 0.006981, 0.010472],
          reach: [100, 3000],
        }),
        ...NOTCH,
        coverage: [],
      },
    ];
    const silentFromS = Math.round(source.between(80, 140));
    return {
      meta: { ...statedHead(name, DURATION_S), protected: [{ id: "P1", x: 0, y: 0, z: 5 }], sensors: radars },
      about: "12 drones that hover 10-60 s or fly tangentially, under radars with a Doppler notch, terrain shadow and an outage",
      targets: Array.from({ length: options.targets ?? 12 }, (_, i) => drone(`D${i}`, source.fork(`D${i}`))),
      radars: realities(radars, options, random.fork("lie"), ({ id }) =>
        id === "radar-1" ? { silent: [silentFromS, silentFromS + 40] } : {},
      ),
    };
  },
};

/** Two sectors where ground hides what is low. */
function shadows(random: Random) {
  return [0.35, -0.95].map((nominalRad) => {
    const az0 = nominalRad + random.between(-0.3, 0.3);
    const r0 = random.between(1000, 1700);
    return { az0, az1: az0 + 0.4, r0, r1: r0 + random.between(1400, 1900), el_below: random.between(0.07, 0.09) };
  });
}

function drone(id: string, random: Random): BenchTarget {
  const angle = random.between(-1, 1);
  const distanceM = random.between(1500, 3800);
  const from = [distanceM * Math.sin(angle), distanceM * Math.cos(angle), random.between(30, 130)] as const;
  const startS = random.chance(0.8) ? 0 : Math.floor(random.between(20, 60));
  const trajectory = fly({ from, startS, endS: DURATION_S, accelMps2: 4 }, notchPilot(random));
  return { id, class: "drone", trajectory };
}

type Leg = Readonly<{ untilS: number; kind: "hover" | "across" | "straight"; headingRad: number }>;

/** Hovers, flies across the radar's line of sight or straight on, and keeps between one and four kilometres. */
function notchPilot(random: Random): Pilot {
  const cruiseMps = random.between(7.5, 13);
  const side = random.chance(0.5) ? 1 : -1;
  const hoversS = [random.between(40, 70), random.between(145, 190)];
  let leg: Leg | undefined;
  return ({ tS, pos }, wantedMps) => {
    const [e = 0, n = 0] = pos;
    const outRad = Math.atan2(e, n);
    if (!leg || tS >= leg.untilS) {
      const hovers = hoversS[0] !== undefined && tS >= hoversS[0];
      if (hovers) hoversS.shift();
      const rangeM = Math.sqrt(e * e + n * n);
      const towards = rangeM > 3800 ? outRad + Math.PI : rangeM < 1300 ? outRad : random.between(0, 2 * Math.PI);
      const kind = hovers ? "hover" : random.chance(0.3) ? "across" : "straight";
      leg = { kind, headingRad: towards, untilS: tS + (hovers ? random.between(10, 45) : random.between(12, 30)) };
    }
    const headingRad = leg.kind === "across" ? outRad + (side * Math.PI) / 2 : leg.headingRad;
    const speedMps = leg.kind === "hover" ? 0 : cruiseMps;
    wantedMps[0] = speedMps * Math.sin(headingRad) + 0.15 * random.normal();
    wantedMps[1] = speedMps * Math.cos(headingRad) + 0.15 * random.normal();
    wantedMps[2] = 0;
    return true;
  };
}
