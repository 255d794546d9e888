import { type Detections, givesPlace, POLAR_2D } from "./detections.ts";
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
const OFFSET_VARIANCE_M2 = 2500;
/** Of a speed he states: at 20 m/s a link that is 50 m behind is 2.5 s old, in which a turn changes a speed by 10 m/s and a straight leg by nothing. */
const STALE_SPEED_VARIANCE_M2PS2 = 25;
/** So many messages and plots tell how far it is off now: a slow link's error turns with the flight. */
const MEMORY = 8;
/** Fewer plots than this tell nothing. */
const LEAST_PLOTS = 3;
/** What a radar without elevation sees is taken to be no steeper above it than 60 degrees. */
const STEEPEST = Math.sqrt(3) / 2;

export const NOTHING_SAID: Apart = { saidM: [0, 0], said: 0, seenM: [0, 0], seen: 0, seenVarianceM2: 0 };
const middle = { eastM: 0, northM: 0, upM: 0, varianceM2: 0, upVarianceM2: 0 };
const ground = { eastM: 0, northM: 0, varianceM2: 0 };

/** With one more message, detection `j`, of a track that is about to take it. */
export function withMessage(before: Apart, tracks: TrackStore, row: number, d: Detections, j: number): Apart {
  layMiddle(tracks, row);
  layGround(d, j);
  const said = Math.min(MEMORY, before.said + 1);
  return { ...before, said, saidM: nearer(before.saidM, said) };
}

/**
 * Notes a plot that a track which bears claims is about to take. What another tracker made counts as one, however often it comes: its errors live
 * on. Sound tells where it came from, and the drone is no longer there.
 */
export function notePlot(tracks: TrackStore, row: number, d: Detections, j: number): void {
  if (tracks.claims[row].length === 0 || !givesPlace(d.shape[j]) || d.isSound[j] === 1) return;
  layMiddle(tracks, row);
  layGround(d, j);
  const varianceM2 = middle.varianceM2 + ground.varianceM2 * (d.isFiltered[j] === 1 ? MEMORY : 1);
  tracks.claims[row] = tracks.claims[row].map((evidence) => {
    const { apart } = evidence;
    const seen = Math.min(MEMORY, apart.seen + 1);
    const seenVarianceM2 = apart.seenVarianceM2 + (varianceM2 - apart.seenVarianceM2) / seen;
    return { ...evidence, apart: { ...apart, seen, seenM: nearer(apart.seenM, seen), seenVarianceM2 } };
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
export function chanceOff(apart: Apart, d: Detections, j: number): number {
  const { said, seen, seenVarianceM2 } = apart;
  if (said === 0 || seen < LEAST_PLOTS) return 0;
  layGround(d, j);
  const own = ground.varianceM2 + seenVarianceM2 / seen;
  const off = own + OFFSET_VARIANCE_M2;
  const odds = (EXACT / (1 - EXACT)) * (off / own) * Math.exp((-apartM2(apart) / 2) * (1 / own - 1 / off));
  return 1 / (1 + odds);
}

/** How much vaguer a row of a message is taken, by who is `off`, probably: see {@link chanceOff}. */
export const offVariance = (rows: Float64Array, r: number, off: number): number =>
  off *
  (OFFSET_VARIANCE_M2 * (rows[r] * rows[r] + rows[r + 1] * rows[r + 1]) +
    STALE_SPEED_VARIANCE_M2PS2 * (rows[r + 3] * rows[r + 3] + rows[r + 4] * rows[r + 4]));

/**
 * What is known of a claim on a track. A name that the track has not borne yet begins with what is known of the one that is farthest off: who changes
 * names is not believed anew with each. The first of all is compared with the track, which only plots have drawn so far.
 */
export function apartOf(tracks: TrackStore, row: number, claim: string): Apart {
  if (tracks.claims[row].length === 0 && tracks.proofs[row] > 0) {
    layMiddle(tracks, row);
    return { ...NOTHING_SAID, seen: LEAST_PLOTS, seenVarianceM2: LEAST_PLOTS * middle.varianceM2 };
  }
  let worst = NOTHING_SAID;
  for (const { claim: name, apart } of tracks.claims[row]) {
    if (name === claim) return apart;
    if (apartM2(apart) >= apartM2(worst)) worst = apart;
  }
  return worst;
}

const apartM2 = ({ saidM: [e, n], seenM: [east, north] }: Apart): number => (e - east) * (e - east) + (n - north) * (n - north);

/** The mean of `count` distances from where the track is expected, the newest that of what lies at {@link ground}. */
const nearer = ([eastM, northM]: readonly [number, number], count: number): readonly [number, number] => [
  eastM + (ground.eastM - middle.eastM - eastM) / count,
  northM + (ground.northM - middle.northM - northM) / count,
];

/**
 * Leaves in `ground` where a detection that gives a place lies on the ground, and the variance of that along an axis, the mean of both. A plot without
 * elevation lies at rho = sqrt(r² - h²), h being how far {@link middle} is above its sensor: a range of 300 m to what is 120 m up is 275 m on
 * the ground. With the variances of r, of azimuth and of h it is known to (r/rho)²·sr² + (h/rho)²·sh² along and rho²·sa² across.
 */
function layGround(d: Detections, j: number): void {
  ground.eastM = d.posM[3 * j];
  ground.northM = d.posM[3 * j + 1];
  if (d.shape[j] === POLAR_2D) {
    const r = d.rangeM[j];
    const h = Math.min(Math.abs(middle.upM - d.sensorPosM[2]), STEEPEST * r);
    const rho2 = r * r - h * h;
    const share = Math.sqrt(rho2) / r;
    ground.eastM = d.sensorPosM[0] + share * (ground.eastM - d.sensorPosM[0]);
    ground.northM = d.sensorPosM[1] + share * (ground.northM - d.sensorPosM[1]);
    ground.varianceM2 = ((r * r * d.variance[3 * j] + h * h * middle.upVarianceM2) / rho2 + rho2 * d.azimuthVariance[j]) / 2;
    return;
  }
  ground.varianceM2 = 0;
  for (let k = 0; k < d.axisCount[j]; k++) {
    const a = 9 * j + 3 * k;
    const level = d.axes[a] * d.axes[a] + d.axes[a + 1] * d.axes[a + 1];
    ground.varianceM2 += (d.variance[3 * j + k] * level) / 2;
  }
}

/** Where the track's motions have it, and the variance of that along an axis of the ground and up. */
function layMiddle({ mean, cov, weight }: TrackStore, row: number): void {
  middle.eastM = 0;
  middle.northM = 0;
  middle.upM = 0;
  middle.varianceM2 = 0;
  middle.upVarianceM2 = 0;
  for (let i = row * MODES; i < (row + 1) * MODES; i++) {
    middle.eastM += weight[i] * mean[i * DIM];
    middle.northM += weight[i] * mean[i * DIM + 1];
    middle.upM += weight[i] * mean[i * DIM + 2];
    middle.varianceM2 += (weight[i] * (cov[i * COV] + cov[i * COV + 3])) / 2;
    middle.upVarianceM2 += weight[i] * cov[i * COV + 5];
  }
}
