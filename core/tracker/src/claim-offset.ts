import { type Detections, POINT } from "./detections.ts";
import { COV, DIM, MODES, type TrackStore } from "./store.ts";

/**
 * Where the latest messages of a claim put its sender, and where the latest plots put the track that bears it, each on average from where the track was
 * expected then, east and north; of how many, no more than {@link MEMORY}; and the mean variance of such a plot along an axis.
 */
export type Apart = Readonly<{
  saidM: readonly [number, number];
  said: number;
  seenM: readonly [number, number];
  seen: number;
  seenVarianceM2: number;
}>;

/** Who broadcasts where he is mostly says so truly; one in five is off by a datum, a home point or a slow link: variance of each axis. */
const EXACT = 0.8;
export const OFFSET_VARIANCE_M2 = 2500;
/** So many messages and plots tell how far it is off now: a slow link's error turns with the flight. */
const MEMORY = 8;
/** Fewer plots than this tell nothing. */
const LEAST_PLOTS = 3;

export const NOTHING_SAID: Apart = { saidM: [0, 0], said: 0, seenM: [0, 0], seen: 0, seenVarianceM2: 0 };
const middle = { eastM: 0, northM: 0, varianceM2: 0 };

/** With one more message, detection `j`, of a track that is about to take it. */
export function withMessage(before: Apart, tracks: TrackStore, row: number, d: Detections, j: number): Apart {
  layMiddle(tracks, row);
  const said = Math.min(MEMORY, before.said + 1);
  return { ...before, said, saidM: nearer(before.saidM, d, j, said) };
}

/** Notes a plot that a track which bears claims is about to take. */
export function notePlot(tracks: TrackStore, row: number, d: Detections, j: number): void {
  if (tracks.claims[row].length === 0 || d.shape[j] !== POINT || d.isFiltered[j] === 1) return;
  layMiddle(tracks, row);
  const varianceM2 = middle.varianceM2 + groundVariance(d, j);
  tracks.claims[row] = tracks.claims[row].map((evidence) => {
    const { apart } = evidence;
    const seen = Math.min(MEMORY, apart.seen + 1);
    const seenVarianceM2 = apart.seenVarianceM2 + (varianceM2 - apart.seenVarianceM2) / seen;
    return { ...evidence, apart: { ...apart, seen, seenM: nearer(apart.seenM, d, j, seen), seenVarianceM2 } };
  });
}

/**
 * How probably a claim's sender is off. Messages and plots are compared with one another and not with the track, which both draw: with m the
 * distance between their means and V = R + S/n its variance for an exact sender, who is off is normal with variance V + s², so that
 * odds = p/(1 - p) · (V + s²)/V · exp(-|m|²/2 · (1/V - 1/(V + s²))), and he is off with 1/(1 + odds). A claim is then taken with as much of s² beyond
 * what it states. Where nothing else sees the track nobody is off: it is where its claims are.
 *
 * @source Bayes' rule for two normal hypotheses: Gelman et al. (2013), Bayesian Data Analysis, section 7.4; a bias that is left open as variance:
 * Schmidt (1966), "Application of state-space methods to navigation problems" (consider filter).
 */
export function chanceOff({ saidM, said, seenM, seen, seenVarianceM2 }: Apart, d: Detections, j: number): number {
  if (said === 0 || seen < LEAST_PLOTS) return 0;
  const own = groundVariance(d, j) + seenVarianceM2 / seen;
  const off = own + OFFSET_VARIANCE_M2;
  const [east, north] = [saidM[0] - seenM[0], saidM[1] - seenM[1]];
  const odds = (EXACT / (1 - EXACT)) * (off / own) * Math.exp((-(east * east + north * north) / 2) * (1 / own - 1 / off));
  return 1 / (1 + odds);
}

/** The mean of `count` distances from where the track is expected, the newest that of detection `j`. */
function nearer(
  [eastM, northM]: readonly [number, number],
  { posM }: Detections,
  j: number,
  count: number,
): readonly [number, number] {
  return [eastM + (posM[3 * j] - middle.eastM - eastM) / count, northM + (posM[3 * j + 1] - middle.northM - northM) / count];
}

/** Variance of a point along an axis of the ground, the mean of both. */
function groundVariance({ axes, axisCount, variance }: Detections, j: number): number {
  let sum = 0;
  for (let k = 0; k < axisCount[j]; k++) {
    const a = 9 * j + 3 * k;
    sum += variance[3 * j + k] * (axes[a] * axes[a] + axes[a + 1] * axes[a + 1]);
  }
  return sum / 2;
}

/** Where the track's motions have it on the ground, and the variance of that along an axis. */
function layMiddle({ mean, cov, weight }: TrackStore, row: number): void {
  middle.eastM = 0;
  middle.northM = 0;
  middle.varianceM2 = 0;
  for (let i = row * MODES; i < (row + 1) * MODES; i++) {
    middle.eastM += weight[i] * mean[i * DIM];
    middle.northM += weight[i] * mean[i * DIM + 1];
    middle.varianceM2 += (weight[i] * (cov[i * COV] + cov[i * COV + 3])) / 2;
  }
}
