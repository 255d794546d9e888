import { CLASSES, MODES } from "../store/store.ts";

/** How a class flies: its speed over ground and height above it, as normal densities, and how often it is in each motion. */
type Manner = Readonly<{ speedMps: Spread; heightM: Spread; motions: readonly number[] }>;
type Spread = Readonly<{ mean: number; sigma: number }>;

/**
 * In the order of the classes; motions as in the settings: cruise, turn right, turn left, hover, climb, violent manoeuvre. A bird flies at 8 to 16 m/s
 * and seldom stands; a multirotor does both, below 120 m where it keeps to the rules; a balloon goes with the wind.
 *
 * @source Bruderer & Boldt (2001), "Flight characteristics of birds: I. radar measurements of speeds", Ibis 143, table 1 (birds); Regulation (EU)
 * 2019/945, annex (19 m/s and 120 m of class C1); the others by what such aircraft are flown at, widely.
 */
const MANNERS: readonly Manner[] = [
  { speedMps: { mean: 10, sigma: 8 }, heightM: { mean: 80, sigma: 60 }, motions: [0.4, 0.1, 0.1, 0.25, 0.12, 0.03] },
  { speedMps: { mean: 22, sigma: 10 }, heightM: { mean: 120, sigma: 80 }, motions: [0.55, 0.15, 0.15, 0.02, 0.1, 0.03] },
  { speedMps: { mean: 11, sigma: 5 }, heightM: { mean: 70, sigma: 70 }, motions: [0.3, 0.2, 0.2, 0.05, 0.2, 0.05] },
  { speedMps: { mean: 60, sigma: 35 }, heightM: { mean: 500, sigma: 400 }, motions: [0.7, 0.08, 0.08, 0.02, 0.1, 0.02] },
  { speedMps: { mean: 5, sigma: 4 }, heightM: { mean: 300, sigma: 400 }, motions: [0.5, 0.03, 0.03, 0.24, 0.19, 0.01] },
  { speedMps: { mean: 8, sigma: 10 }, heightM: { mean: 20, sigma: 60 }, motions: [0.3, 0.1, 0.1, 0.3, 0.1, 0.1] },
];

/** Speed, height and motion go together, and the moment is like the one before: what they say counts half. */
const COUNTS = 0.5;

/** How something flies at the moment; without a height while no sensor has measured it. */
export type Flying = { speedMps: number; speedVariance: number; heightM: number | undefined };

/**
 * Adds to each class's log-likelihood what the manner of flight says of it: ½·(ln N(speed) + ln N(height) + ln sum_m w_m p(m | class)), `weight`
 * being the motions' probabilities from `at` on. Nothing where nothing else tells of the class: a drone may fly as a bird does, and what is known by its
 * flight alone is not known.
 */
export function addManner(
  classLog: Float64Array,
  { speedMps, speedVariance, heightM }: Flying,
  weight: Float64Array,
  at: number,
): void {
  if (isEven(classLog)) return;
  for (let k = 0; k < CLASSES; k++) {
    const manner = MANNERS[k];
    let moves = 0;
    for (let m = 0; m < MODES; m++) moves += weight[at + m] * manner.motions[m];
    const height = heightM === undefined ? 0 : logNormal(heightM, manner.heightM, 0);
    classLog[k] += COUNTS * (logNormal(speedMps, manner.speedMps, speedVariance) + height + Math.log(moves));
  }
}

function isEven(classLog: Float64Array): boolean {
  for (let k = 1; k < CLASSES; k++) if (classLog[k] !== classLog[0]) return false;
  return true;
}

/** But for a constant; `variance` is what the value itself is unsure by. */
function logNormal(value: number, { mean, sigma }: Spread, variance: number): number {
  const all = sigma * sigma + variance;
  return -0.5 * (((value - mean) * (value - mean)) / all + Math.log(all));
}
