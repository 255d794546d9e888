import { type EnuM, isInArc } from "@picket/geo";
import { kinematicsInto } from "../motion/trajectory.ts";
import type { Random } from "../random.ts";
import { benchFeatures } from "./bench-features.ts";
import type { BenchRadar, BenchTarget, FeatureClass, RadarReality } from "./bench-scenario.ts";

/** One plot; `truth` is the target behind it, `null` for clutter; `truths` are all whose plots have merged to this one. */
export type BenchPlot = Readonly<{
  r: number;
  az: number;
  el: number;
  sr: number;
  saz: number;
  sel: number;
  truth: string | null;
  rr?: number;
  srr?: number;
  rcs?: number;
  md?: number;
  truths?: readonly string[];
  split?: true;
}>;

/** How a target lies to a radar: polar, with the speed it goes away at. */
export type Seen = Readonly<{ r: number; az: number; el: number; rr: number }>;
type Visible = Seen & Readonly<{ id: string; class: FeatureClass; pD: number }>;

/** How often a radar with a resolution cell gives two plots of one target. */
const SPLIT_SHARE = 0.02;
/** Height of what a radar that looks into a box takes for clutter, m. */
const BOX_FROM_M = 20;
const BOX_TO_M = 400;
/** How fast clutter seems to move, standard deviation, m/s. */
const CLUTTER_MPS = 6;

/**
 * All a radar reports of one look at `tS`, in random order: each target in view by chance, those in one resolution cell as one, and
 * clutter. Uniform clutter is uniform in range, azimuth and elevation, or in a box.
 */
export function look(
  radar: BenchRadar,
  reality: RadarReality,
  targets: readonly BenchTarget[],
  tS: number,
  random: Random,
): BenchPlot[] {
  const plots: BenchPlot[] = [];
  const state = new Float64Array(6);
  const visible: Visible[] = [];
  for (const target of targets) {
    if (!kinematicsInto(target.trajectory, tS, state)) continue;
    const seen = polarFrom(radar.pos, state);
    const pD = visibility(radar, reality, state, seen);
    if (pD > 0) visible.push({ ...seen, id: target.id, class: target.class, pD });
  }
  for (const group of radar.cell ? mergedInCells(visible, radar.cell) : visible.map((one) => [one])) {
    const first = group[0];
    if (!first || !random.chance(first.pD)) continue;
    const place = middleOf(group);
    const truths = group.length > 1 ? { truths: group.map(({ id }) => id) } : {};
    plots.push({ ...measured(radar, reality, place, first.class, random), truth: first.id, ...truths });
    if (radar.cell && group.length === 1 && random.chance(SPLIT_SHARE))
      plots.push({ ...measured(radar, reality, place, first.class, random), truth: first.id, split: true });
  }
  pushUniformClutter(plots, radar, reality, random);
  for (const ground of reality.ground ?? [])
    for (let left = random.poisson(ground.perLook); left > 0; left--) {
      const seen = polarFrom(radar.pos, Float64Array.of(...ground.place(random), 0, 0, 0));
      if (isInView(radar, seen)) plots.push({ ...measured(radar, reality, seen, ground.features, random), truth: null });
    }
  random.shuffle(plots);
  return plots;
}

/** How likely a radar sees what is at a state: nothing outside its view, its box or behind terrain, less in the Doppler notch. */
export function visibility(
  radar: BenchRadar,
  reality: RadarReality,
  state: Float64Array,
  seen = polarFrom(radar.pos, state),
): number {
  if (!isInView(radar, seen) || !isInBox(radar, state) || isHidden(radar, seen)) return 0;
  return isInNotch(radar, seen) ? (radar.notch?.pd ?? 0) : reality.detectionProbability;
}

export const isInNotch = ({ notch }: BenchRadar, { rr }: Seen): boolean => notch !== undefined && Math.abs(rr) < notch.below;

export const isHidden = ({ coverage = [] }: BenchRadar, { r, az, el }: Seen): boolean =>
  coverage.some(({ az0, az1, r0, r1, el_below }) => r >= r0 && r <= r1 && el < el_below && isInArc(az, az0, az1));

/** How an object of [x, y, z, vx, vy, vz] lies to a place. */
export function polarFrom(pos: EnuM, state: Float64Array): Seen {
  const e = (state[0] as number) - pos[0];
  const n = (state[1] as number) - pos[1];
  const u = (state[2] as number) - pos[2];
  const ground = Math.sqrt(e * e + n * n);
  const r = Math.sqrt(ground * ground + u * u);
  const along = e * (state[3] as number) + n * (state[4] as number) + u * (state[5] as number);
  return { r, az: Math.atan2(e, n), el: Math.atan2(u, ground), rr: r > 0 ? along / r : 0 };
}

export function isInView({ fov }: BenchRadar, { r, az, el }: Seen): boolean {
  return r >= fov.rmin && r <= fov.rmax && az >= fov.az0 && az <= fov.az1 && el >= fov.el0 && el <= fov.el1;
}

function isInBox({ box }: BenchRadar, [x = 0, y = 0]: Float64Array): boolean {
  return box === undefined || (x >= box[0] && x < box[1] && y >= box[2] && y < box[3]);
}

function measured(
  radar: BenchRadar,
  { bias, hasFeatures }: RadarReality,
  { r, az, el, rr }: Seen,
  features: FeatureClass,
  random: Random,
): Omit<BenchPlot, "truth"> {
  const { sr, saz, sel, srr } = radar;
  return {
    r: r + (bias?.rangeM ?? 0) + sr * random.normal(),
    az: az + (bias?.azimuthRad ?? 0) + saz * random.normal(),
    el: el + (bias?.elevationRad ?? 0) + sel * random.normal(),
    sr,
    saz,
    sel,
    ...(srr !== undefined && { rr: rr + srr * random.normal(), srr }),
    ...(hasFeatures && benchFeatures(features, random)),
  };
}

/** Targets by the cell of range, azimuth and elevation that they fall into. */
function mergedInCells(visible: readonly Visible[], cell: NonNullable<BenchRadar["cell"]>): Visible[][] {
  const groups = new Map<string, Visible[]>();
  for (const one of visible) {
    const key = [one.r / cell.r, one.az / cell.az, one.el / cell.el].map(Math.floor).join("/");
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}

function middleOf(group: readonly Seen[]): Seen {
  const mean = (of: (seen: Seen) => number): number => group.reduce((sum, seen) => sum + of(seen), 0) / group.length;
  return { r: mean(({ r }) => r), az: mean(({ az }) => az), el: mean(({ el }) => el), rr: mean(({ rr }) => rr) };
}

function pushUniformClutter(plots: BenchPlot[], radar: BenchRadar, reality: RadarReality, random: Random): void {
  const { sector, clutterPerScan, hasFeatures } = reality;
  const { sr, saz, sel, srr } = radar;
  const factor = sector?.factor ?? 1;
  for (let left = random.poisson(clutterPerScan * factor); left > 0; left--) {
    const place = placeOfClutter(radar, random);
    const isKept =
      sector === undefined || isInArc(place.az, sector.azimuthFromRad, sector.azimuthToRad) || random.chance(1 / factor);
    if (!isKept) continue;
    const speed = srr === undefined ? {} : { rr: CLUTTER_MPS * random.normal(), srr };
    const features = hasFeatures ? benchFeatures("clutter", random) : {};
    plots.push({ ...place, sr, saz, sel, ...speed, ...features, truth: null });
  }
}

function placeOfClutter({ pos, fov, box }: BenchRadar, random: Random): Pick<Seen, "r" | "az" | "el"> {
  if (!box) {
    const az = random.between(fov.az0, fov.az1);
    const r = random.between(fov.rmin, fov.rmax);
    return { r, az, el: random.between(fov.el0, fov.el1) };
  }
  const x = random.between(box[0], box[1]);
  const y = random.between(box[2], box[3]);
  const { r, az, el } = polarFrom(pos, Float64Array.of(x, y, random.between(BOX_FROM_M, BOX_TO_M), 0, 0, 0));
  return { r, az, el };
}
