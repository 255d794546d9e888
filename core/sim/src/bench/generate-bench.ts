import { fly } from "../motion/fly.ts";
import { wanderPilot } from "../motion/wander.ts";
import { createRandom, type Random } from "../random.ts";
import type { BenchMeta, BenchRadar, BenchReality, BenchScenario, BenchTarget } from "./bench-scenario.ts";
import { writeBench } from "./write-bench.ts";

export type BenchKind = "S1" | "S2" | "S3";
export const BENCH_KINDS: readonly BenchKind[] = ["S1", "S2", "S3"];

/** Where a look-alike departs from the bench's own: harder, or with a `meta.json` that states what is not so. */
export type BenchOptions = Readonly<{
  seed: string | number;
  detectionProbability?: number;
  clutterPerScan?: number;
  /** How many drones a raid has. */
  targets?: number;
  /** The statement stays as it is while the radar detects with 0.7 and one sector of 60° has three times the clutter. */
  lies?: boolean;
}>;

type Recipe = Readonly<{
  name: string;
  durationS: number;
  clutterPerScan: number;
  about: string;
  targets(random: Random, count?: number): BenchTarget[];
}>;

/** Makes a scenario like the bench's S1 (one drone), S2 (two that cross at a shallow angle) or S3 (a raid of 20). */
export function generateBench(kind: BenchKind, options: BenchOptions): BenchScenario {
  const recipe = RECIPES[kind];
  const random = createRandom(`${kind}/${options.seed}`);
  const pd = options.detectionProbability ?? 0.9;
  const clutter = options.clutterPerScan ?? recipe.clutterPerScan;
  const meta: BenchMeta = {
    name: `${recipe.name}-${options.seed}`,
    origin: { lat: 32.55, lon: -117.04, h: 0 },
    duration: recipe.durationS,
    gospa: { c: 50, p: 2, alpha: 2 },
    t0: 10,
    sensors: [radar(pd, clutter)],
  };
  const reality: BenchReality = options.lies
    ? lied(clutter, random.fork("lie"))
    : { detectionProbability: pd, clutterPerScan: clutter };
  const targets = recipe.targets(random.fork("targets"), options.targets);
  return writeBench({ meta, targets, reality, about: recipe.about, random: random.fork("looks") });
}

const RECIPES: Readonly<Record<BenchKind, Recipe>> = {
  S1: {
    name: "S1-single",
    durationS: 120,
    clutterPerScan: 5,
    about: "one manoeuvring drone, one 3D radar, light clutter",
    targets: (random) => [wanderer("D0", { fromS: 0, toS: 120, climbs: false }, random)],
  },
  S2: {
    name: "S2-crossing",
    durationS: 100,
    clutterPerScan: 10,
    about: "two drones crossing at a shallow angle",
    targets: (random) => crossing(random),
  },
  S3: {
    name: "S3-raid20",
    durationS: 180,
    clutterPerScan: 20,
    about: "manoeuvring drones, births and deaths, clutter 20 a scan",
    targets: (random, count = 20) => raid(random, count),
  },
};

function radar(pd: number, clutterPerScan: number): BenchRadar {
  const fov = { rmin: 100, rmax: 6000, az0: -Math.PI / 2, az1: Math.PI / 2, el0: 0, el1: Math.PI / 6 };
  const volume = (fov.rmax - fov.rmin) * (fov.az1 - fov.az0) * (fov.el1 - fov.el0);
  return {
    id: "radar-1",
    kind: "polar3d",
    pos: [0, 0, 10],
    period: 1,
    phase: 0,
    pd,
    sr: 5,
    saz: 0.005236,
    sel: 0.008727,
    fov,
    clutter_per_scan: clutterPerScan,
    delay: [0.05, 0.05],
    clutter_density: clutterPerScan / volume,
  };
}

function lied(clutterPerScan: number, random: Random): BenchReality {
  const azimuthFromRad = random.between(-Math.PI / 2, Math.PI / 6);
  return {
    detectionProbability: 0.7,
    clutterPerScan,
    sector: { azimuthFromRad, azimuthToRad: azimuthFromRad + Math.PI / 3, factor: 3 },
  };
}

type Life = Readonly<{ fromS: number; toS: number; climbs: boolean }>;

function wanderer(id: string, { fromS, toS, climbs }: Life, random: Random): BenchTarget {
  const from = [random.between(-1500, 1500), random.between(2200, 4500), random.between(50, 300)] as const;
  const headingRad = Math.PI + random.between(-0.9, 0.9);
  const cruiseMps = random.between(10, 16);
  const velocity = [cruiseMps * Math.sin(headingRad), cruiseMps * Math.cos(headingRad), 0] as const;
  const pilot = wanderPilot({ headingRad, cruiseMps, climbs }, random);
  return { id, class: "drone", trajectory: fly({ from, velocity, startS: fromS, endS: toS, accelMps2: 4 }, pilot) };
}

/** Half of a raid is there from the start; the others rise within a minute. Some are gone before the end. */
function raid(random: Random, count: number): BenchTarget[] {
  return Array.from({ length: count }, (_, i) => {
    const fromS = i < count * 0.55 ? 0 : Math.floor(random.between(1, 60));
    const toS = random.chance(0.55) ? 180 : Math.min(180, fromS + Math.floor(random.between(90, 180)));
    return wanderer(`D${i}`, { fromS, toS, climbs: true }, random.fork(`D${i}`));
  });
}

const CROSSING_RAD = (12 * Math.PI) / 180;

function crossing(random: Random): BenchTarget[] {
  const speedMps = random.between(12, 16);
  const course = random.between(0, 2 * Math.PI);
  const meetS = random.between(40, 60);
  const meet = [random.between(-800, 800), random.between(1500, 3000)] as const;
  return [-1, 1].map((side, i) => {
    const headingRad = course + (side * CROSSING_RAD) / 2;
    const velocity = [speedMps * Math.sin(headingRad), speedMps * Math.cos(headingRad), 0] as const;
    const from = [meet[0] - velocity[0] * meetS, meet[1] - velocity[1] * meetS, 100 + 5 * side] as const;
    const unrest = random.fork(`D${i}`);
    const trajectory = fly({ from, velocity, startS: 0, endS: 100, accelMps2: 4 }, (_craft, wantedMps) => {
      wantedMps[0] = velocity[0] + 0.3 * unrest.normal();
      wantedMps[1] = velocity[1] + 0.3 * unrest.normal();
      wantedMps[2] = 0;
      return true;
    });
    return { id: `D${i}`, class: "drone", trajectory };
  });
}
