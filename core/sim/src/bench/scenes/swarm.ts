import { fly } from "../../motion/fly.ts";
import { followPilot } from "../../motion/follow.ts";
import type { Random } from "../../random.ts";
import type { BenchOptions, BenchScene, BenchTarget } from "../bench-scenario.ts";
import { type Recipe, realities, statedHead, statedRadar } from "./statement.ts";

const ABOUT = "closely spaced swarm (20-50 m), turns, splits and re-forms, clutter 100/scan";
const CELL = { r: 10, az: 0.017453, el: 0.05236 };

/** A swarm of a hundred, every member resolved. */
export const swarm: Recipe = {
  stem: "S4-swarm100",
  scene: (options, name, random) => ({ ...scene(options, name, random), about: ABOUT }),
};

/** The same under a radar with a resolution cell. */
export const mergedSwarm: Recipe = {
  stem: "S4m-merged",
  scene: (options, name, random) => {
    const resolved = scene(options, name, random);
    const sensors = resolved.meta.sensors.map((radar) => (radar.kind === "polar3d" ? { ...radar, cell: CELL } : radar));
    return {
      ...resolved,
      meta: { ...resolved.meta, sensors },
      about: `${ABOUT}; targets in one resolution cell merge`,
    };
  },
};

function scene(options: BenchOptions, name: string, random: Random): Omit<BenchScene, "about"> {
  const radar = statedRadar({
    pd: options.detectionProbability ?? 0.9,
    clutter: options.clutterPerScan ?? 100,
    sigmas: [4, 0.004363, 0.006981],
    reach: [100, 5000],
  });
  return {
    meta: { ...statedHead(name, 90), sensors: [radar] },
    radars: realities([radar], options, random.fork("lie")),
    targets: swarmOf(options.targets ?? 100, random.fork("targets")),
  };
}

const SPACING_M = 32;
/** How far members are from their own places, and how much their heights differ. */
const LOOSENESS_M = 5;
const HEIGHT_SPREAD_M = 14;

/**
 * Members on a triangular lattice that follows a leader. Two halves drift apart in the middle of the flight and come back; the lattice turns
 * slowly against the course, so that neighbours pass each other's bearings.
 */
function swarmOf(count: number, random: Random): BenchTarget[] {
  const headingRad = Math.PI + random.between(-0.4, 0.4);
  const turnRadps = random.between(-0.012, 0.012);
  const speedMps = random.between(11, 13);
  const wish = (tS: number, wantedMps: number[] | Float64Array): boolean => {
    wantedMps[0] = speedMps * Math.sin(headingRad + turnRadps * tS);
    wantedMps[1] = speedMps * Math.cos(headingRad + turnRadps * tS);
    wantedMps[2] = 0;
    return true;
  };
  const from = [random.between(-300, 300), random.between(2100, 2500), 119] as const;
  const velocity = [speedMps * Math.sin(headingRad), speedMps * Math.cos(headingRad), 0] as const;
  const flight = { startS: 0, endS: 90, accelMps2: 4 };
  const leader = fly({ from, velocity, ...flight }, ({ tS }, wantedMps) => wish(tS, wantedMps));
  const splitsS = random.between(20, 35);
  const apartM = random.between(40, 90);
  const turningRadps = random.between(-0.008, 0.008);
  return lattice(count).map(([x, y], i) => {
    const own = random.fork(`D${i}`);
    const loose = [LOOSENESS_M * own.normal(), LOOSENESS_M * own.normal(), HEIGHT_SPREAD_M * own.normal()] as const;
    const side = x < 0 ? -1 : 1;
    const place = (tS: number, out: number[] | Float64Array): void => {
      const apart = side * apartM * bump((tS - splitsS) / 40);
      const [cos, sin] = [Math.cos(turningRadps * tS), Math.sin(turningRadps * tS)];
      out[0] = cos * (x + apart) - sin * y + loose[0];
      out[1] = sin * (x + apart) + cos * y + loose[1];
      out[2] = loose[2];
    };
    const start: [number, number, number] = [0, 0, 0];
    place(0, start);
    const at = [from[0] + start[0], from[1] + start[1], from[2] + start[2]] as const;
    return { id: `D${i}`, class: "drone", trajectory: fly({ from: at, velocity, ...flight }, followPilot(leader, place, own)) };
  });
}

/** The `count` points of a triangular lattice that are nearest to its middle. */
function lattice(count: number): (readonly [number, number])[] {
  const rows = Math.ceil(Math.sqrt(count)) + 2;
  const points: (readonly [number, number])[] = [];
  for (let row = -rows; row <= rows; row++)
    for (let column = -rows; column <= rows; column++)
      points.push([SPACING_M * (column + row / 2), (SPACING_M * row * Math.sqrt(3)) / 2]);
  return points.sort((a, b) => a[0] * a[0] + a[1] * a[1] - b[0] * b[0] - b[1] * b[1]).slice(0, count);
}

/** 0 outside [0, 1], 1 in the middle, smooth. */
const bump = (share: number): number => (share <= 0 || share >= 1 ? 0 : (1 - Math.cos(2 * Math.PI * share)) / 2);
