import { fencedPilot } from "../../motion/fence.ts";
import { fly } from "../../motion/fly.ts";
import { soarPilot } from "../../motion/soar.ts";
import { straightPilot } from "../../motion/straight.ts";
import { wanderPilot } from "../../motion/wander.ts";
import type { Random } from "../../random.ts";
import type { BenchTarget } from "../bench-scenario.ts";
import { type Recipe, realities, statedHead, statedRadar } from "./statement.ts";

const DURATION_S = 150;

/** Eight drones among thirty birds and three aircraft. */
export const birds: Recipe = {
  stem: "S6-birds",
  scene: (options, name, random) => {
    const radar = statedRadar({
      pd: options.detectionProbability ?? 0.9,
      clutter: options.clutterPerScan ?? 25,
      elevation: [0, 0.436332],
    });
    const source = random.fork("targets");
    const targets = [
      ...Array.from({ length: options.targets ?? 8 }, (_, i) => drone(`D${i}`, source.fork(`D${i}`))),
      ...Array.from({ length: 30 }, (_, i) => {
        const own = source.fork(`B${i}`);
        const fromS = own.chance(0.3) ? 0 : Math.floor(own.between(0, 90));
        const at = [own.between(-2500, 2500), own.between(1200, 4200)] as const;
        return bird(`B${i}`, { at, fromS, toS: Math.min(DURATION_S, fromS + own.between(40, 110)) }, own);
      }),
      ...Array.from({ length: 3 }, (_, i) => aircraft(`A${i}`, Math.floor(source.between(0, 20)), source.fork(`A${i}`))),
    ];
    return {
      meta: { ...statedHead(name, DURATION_S), sensors: [radar] },
      about:
        "8 drones among 30 birds and 3 aircraft: false-track rejection and classification by rcs (dBsm) and md (micro-Doppler score)",
      targets,
      radars: realities([radar], options, random.fork("lie"), () => ({ hasFeatures: true })),
    };
  },
};

function drone(id: string, random: Random): BenchTarget {
  const headingRad = random.between(0, 2 * Math.PI);
  const cruiseMps = random.between(5, 15);
  const from = [random.between(-1500, 1500), random.between(1900, 3100), random.between(60, 230)] as const;
  const startS = random.chance(0.5) ? 0 : Math.floor(random.between(0, 30));
  const velocity = [cruiseMps * Math.sin(headingRad), cruiseMps * Math.cos(headingRad), 0] as const;
  const pilot = fencedPilot(wanderPilot({ headingRad, cruiseMps, climbs: false }, random), [-2500, 2500, 1000, 4500]);
  return { id, class: "drone", trajectory: fly({ from, velocity, startS, endS: DURATION_S, accelMps2: 4 }, pilot) };
}

export type BirdLife = Readonly<{ at: readonly [number, number]; fromS: number; toS: number }>;

/** A bird that soars, glides and drifts. */
export function bird(id: string, { at, fromS, toS }: BirdLife, random: Random): BenchTarget {
  const heightM = random.between(30, 200);
  const soar = {
    cruiseMps: random.between(9, 14),
    radiusM: random.between(25, 120),
    driftMps: [1.5 * random.normal(), 1.5 * random.normal()],
    heightM,
  } as const;
  const trajectory = fly({ from: [...at, heightM], startS: fromS, endS: toS, accelMps2: 5 }, soarPilot(soar, random));
  return { id, class: "bird", trajectory };
}

/** A small aircraft that crosses what the radar sees, straight. */
export function aircraft(id: string, startS: number, random: Random): BenchTarget {
  const side = random.chance(0.5) ? 1 : -1;
  const speedMps = random.between(52, 72);
  const courseRad = side * random.between(1.4, 1.75);
  const from = [-side * 5000, random.between(2600, 4500), random.between(600, 860)] as const;
  const velocity = [speedMps * Math.sin(courseRad), speedMps * Math.cos(courseRad), 0] as const;
  const endS = startS + 10_000 / speedMps;
  return {
    id,
    class: "aircraft",
    trajectory: fly({ from, velocity, startS, endS, accelMps2: 3 }, straightPilot(velocity, 0.3, random)),
  };
}
