import { isInArc } from "@picket/geo";
import { kinematicsInto } from "../motion/trajectory.ts";
import type { Random } from "../random.ts";
import type { BenchRadar, BenchReality, BenchTarget } from "./bench-scenario.ts";

/** One plot; `truth` is the target behind it, `null` for clutter. */
export type BenchPlot = Readonly<{ r: number; az: number; el: number; truth: string | null }>;

/** All a radar reports of one look at `tS`, in random order: each target in view by chance, and clutter uniform in range, azimuth and elevation. */
export function look(
  radar: BenchRadar,
  { detectionProbability, clutterPerScan, sector }: BenchReality,
  targets: readonly BenchTarget[],
  tS: number,
  random: Random,
): BenchPlot[] {
  const plots: BenchPlot[] = [];
  const state = new Float64Array(6);
  for (const { id, trajectory } of targets) {
    if (!kinematicsInto(trajectory, tS, state)) continue;
    const seen = polarFrom(radar, state);
    if (!isInView(radar, seen) || !random.chance(detectionProbability)) continue;
    plots.push({
      r: seen.r + radar.sr * random.normal(),
      az: seen.az + radar.saz * random.normal(),
      el: seen.el + radar.sel * random.normal(),
      truth: id,
    });
  }
  const { rmin, rmax, az0, az1, el0, el1 } = radar.fov;
  const factor = sector?.factor ?? 1;
  for (let left = random.poisson(clutterPerScan * factor); left > 0; left--) {
    const az = random.between(az0, az1);
    const isKept = sector === undefined || isInArc(az, sector.azimuthFromRad, sector.azimuthToRad) || random.chance(1 / factor);
    if (isKept) plots.push({ r: random.between(rmin, rmax), az, el: random.between(el0, el1), truth: null });
  }
  random.shuffle(plots);
  return plots;
}

function polarFrom({ pos }: BenchRadar, state: Float64Array) {
  const e = (state[0] as number) - pos[0];
  const n = (state[1] as number) - pos[1];
  const u = (state[2] as number) - pos[2];
  const ground = Math.sqrt(e * e + n * n);
  return { r: Math.sqrt(ground * ground + u * u), az: Math.atan2(e, n), el: Math.atan2(u, ground) };
}

function isInView({ fov }: BenchRadar, { r, az, el }: { r: number; az: number; el: number }): boolean {
  return r >= fov.rmin && r <= fov.rmax && az >= fov.az0 && az <= fov.az1 && el >= fov.el0 && el <= fov.el1;
}
