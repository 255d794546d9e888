import { fencedPilot } from "../../motion/fence.ts";
import { fly } from "../../motion/fly.ts";
import { wanderPilot } from "../../motion/wander.ts";
import type { Random } from "../../random.ts";
import type { BenchOptions, BenchRadar, BenchScene, BenchTarget } from "../bench-scenario.ts";
import { type Recipe, realities, statedHead, statedRadar } from "./statement.ts";

const NOTE =
  "each radar looks only inside its box; clutter uniform in the box, z 20..400: density per m^3 is clutter_density_xyz (times r^2 cos(el) for per m rad^2)";
const CUTOFF_M = 100;
const HEIGHT_M = 380;
type Box = readonly [number, number, number, number];

/** A thousand drones over 40 by 10 km, four radars side by side. */
export const border: Recipe = {
  stem: "S7-border1000",
  scene: (options, name, random) => {
    const boxes: readonly Box[] = [
      [-22_000, -10_000, -500, 10_500],
      [-10_000, 0, -500, 10_500],
      [0, 10_000, -500, 10_500],
      [10_000, 22_000, -500, 10_500],
    ];
    const count = options.targets ?? 1000;
    const radars = boxes.map((box, i) => boxRadar(`radar-${i + 1}`, [-15_000 + 10_000 * i, -1000, 30], box, count / 4, options));
    const about = "1,000 drones and 1,000 clutter a scan over 40 x 10 km";
    return inBoxes({ options, name, random, radars, about, count, area: [-20_000, 20_000, 0, 10_000], durationS: 60, fromS: 10 });
  },
};

/** Drones that one radar has before it, at 2.5 to the square kilometre: a square of ten kilometres. */
const PER_RADAR = 250;
const PER_KM2 = 2.5;

/** As many drones as asked for, at the same density, radars side by side, and as much clutter: for how cost grows. */
export const sweep: Recipe = {
  stem: "S8-sweep",
  scene: (options, name, random) => {
    const count = options.targets ?? 100;
    const tiles = Math.max(1, Math.round(count / PER_RADAR));
    const sideM = 1000 * Math.sqrt(count / tiles / PER_KM2);
    const fromM = (-tiles * sideM) / 2;
    const radars = Array.from({ length: tiles }, (_, i) => {
      const westM = fromM + i * sideM;
      const margin = [i === 0 ? 500 : 0, i === tiles - 1 ? 500 : 0] as const;
      const box: Box = [westM - margin[0], westM + sideM + margin[1], -500, sideM + 500];
      // Of one width, so that the order of their ids, in which looks of one moment are taken, is that in which they come.
      const id = `radar-${String(i + 1).padStart(String(tiles).length, "0")}`;
      return boxRadar(id, [westM + sideM / 2, -1000, 30], box, count / tiles, options);
    });
    const about = "constant-density sweep (2.5 targets/km2, clutter = targets)";
    const area: Box = [fromM, -fromM, 0, sideM];
    return inBoxes({ options, name, random, radars, about, count, area, durationS: options.durationS ?? 24, fromS: 6 });
  },
};

function boxRadar(
  id: string,
  pos: readonly [number, number, number],
  box: Box,
  clutter: number,
  options: BenchOptions,
): BenchRadar {
  const sheet = { id, pos, pd: options.detectionProbability ?? 0.9, clutter: options.clutterPerScan ?? clutter };
  const { clutter_density: _, ...radar } = statedRadar({ ...sheet, sigmas: [6, 0.003491, 0.005236], reach: [100, 14_000] });
  const volumeM3 = (box[1] - box[0]) * (box[3] - box[2]) * HEIGHT_M;
  return { ...radar, box, clutter_density_xyz: sheet.clutter / volumeM3 };
}

type Inside = Readonly<{
  options: BenchOptions;
  name: string;
  random: Random;
  radars: readonly BenchRadar[];
  about: string;
  count: number;
  area: Box;
  durationS: number;
  fromS: number;
}>;

function inBoxes({ options, name, random, radars, about, count, area, durationS, fromS }: Inside): BenchScene {
  const source = random.fork("targets");
  return {
    meta: { ...statedHead(name, durationS, CUTOFF_M, fromS), note: NOTE, sensors: radars },
    about,
    targets: Array.from({ length: count }, (_, i) => drone(`D${i}`, area, durationS, source.fork(`D${i}`))),
    radars: realities(radars, options, random.fork("lie")),
  };
}

function drone(id: string, area: Box, endS: number, random: Random): BenchTarget {
  const [x0, x1, y0, y1] = area;
  const from = [random.between(x0, x1), random.between(y0, y1), random.between(50, 350)] as const;
  const headingRad = random.between(0, 2 * Math.PI);
  const cruiseMps = random.between(6, 20);
  const velocity = [cruiseMps * Math.sin(headingRad), cruiseMps * Math.cos(headingRad), 0] as const;
  const pilot = fencedPilot(wanderPilot({ headingRad, cruiseMps, climbs: true }, random), area);
  return { id, class: "drone", trajectory: fly({ from, velocity, startS: 0, endS, accelMps2: 4 }, pilot) };
}
