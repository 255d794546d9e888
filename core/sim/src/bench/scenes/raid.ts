import { fencedPilot } from "../../motion/fence.ts";
import { fly } from "../../motion/fly.ts";
import { wanderPilot } from "../../motion/wander.ts";
import type { Random } from "../../random.ts";
import type { BenchOptions, BenchScene, BenchTarget } from "../bench-scenario.ts";
import { type Recipe, realities, statedHead, statedRadar } from "./statement.ts";

/** One drone that manoeuvres. */
export const single: Recipe = {
  stem: "S1-single",
  scene: (options, name, random) => ({
    ...oneRadar(options, name, random, { durationS: 120, clutter: 5 }),
    about: "one manoeuvring drone, one 3D radar, light clutter",
    targets: [wanderer("D0", { fromS: 0, toS: 120, climbs: false }, random.fork("targets"))],
  }),
};

/** Two that cross at a shallow angle. */
export const crossing: Recipe = {
  stem: "S2-crossing",
  scene: (options, name, random) => ({
    ...oneRadar(options, name, random, { durationS: 100, clutter: 10 }),
    about: "two drones crossing at a shallow angle",
    targets: crossingPair(random.fork("targets")),
  }),
};

/** Twenty with births and deaths. */
export const raid20: Recipe = {
  stem: "S3-raid20",
  scene: (options, name, random) => ({
    ...oneRadar(options, name, random, { durationS: 180, clutter: 20 }),
    about: "manoeuvring drones, births and deaths, clutter 20 a scan",
    targets: raid(random.fork("targets"), options.targets ?? 20, 180),
  }),
};

function oneRadar(
  options: BenchOptions,
  name: string,
  random: Random,
  { durationS, clutter }: Readonly<{ durationS: number; clutter: number }>,
): Pick<BenchScene, "meta" | "radars"> {
  const radar = statedRadar({ pd: options.detectionProbability ?? 0.9, clutter: options.clutterPerScan ?? clutter });
  return {
    meta: { ...statedHead(name, durationS), sensors: [radar] },
    radars: realities([radar], options, random.fork("lie")),
  };
}

/** What all radars of these scenes see. */
const IN_VIEW = [-2000, 2000, 1200, 4500] as const;
/** In wind, and with a hand on the sticks. */
const RESTLESS = { turnMostRadps: 0.32, unrestMps: 0.13 };
type Life = Readonly<{ fromS: number; toS: number; climbs: boolean }>;

function wanderer(id: string, { fromS, toS, climbs }: Life, random: Random): BenchTarget {
  const from = [random.between(-1500, 1500), random.between(2200, 4500), random.between(50, 300)] as const;
  const headingRad = Math.PI + random.between(-0.9, 0.9);
  const cruiseMps = random.between(10, 18);
  const velocity = [cruiseMps * Math.sin(headingRad), cruiseMps * Math.cos(headingRad), 0] as const;
  const pilot = fencedPilot(wanderPilot({ headingRad, cruiseMps, climbs, ...RESTLESS }, random), IN_VIEW);
  return { id, class: "drone", trajectory: fly({ from, velocity, startS: fromS, endS: toS, accelMps2: 4 }, pilot) };
}

/** Half of a raid is there from the start; the others rise within a minute. Some are gone before the end. */
export function raid(random: Random, count: number, durationS: number): BenchTarget[] {
  return Array.from({ length: count }, (_, i) => {
    const fromS = i < count * 0.55 ? 0 : Math.floor(random.between(1, 60));
    const toS = random.chance(0.55) ? durationS : Math.min(durationS, fromS + Math.floor(random.between(90, 180)));
    return wanderer(`D${i}`, { fromS, toS, climbs: true }, random.fork(`D${i}`));
  });
}

const CROSSING_RAD = (12 * Math.PI) / 180;

function crossingPair(random: Random): BenchTarget[] {
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
