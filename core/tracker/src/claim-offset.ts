import { type Detections, givesPlace } from "./detections.ts";
import { ground, layGround, layMiddle, middle } from "./ground-place.ts";
import { normalCdf } from "./normal.ts";
import type { TrackStore } from "./store.ts";

/** How far from where a track was expected, east, north and ahead of it as it flew then. */
type Away = Readonly<{ eastM: number; northM: number; aheadM: number }>;

/**
 * Where the latest messages of a claim put its sender, and where the latest plots put the track that bears it, each on average from where the track was
 * expected then; of how many, no more than {@link MEMORY}; and the mean variance of such a plot along an axis.
 */
export type Apart = Readonly<{ saidM: Away; said: number; seenM: Away; seen: number; seenVarianceM2: number }>;

/** Who broadcasts where he is mostly says so truly; one in ten is off by a datum or a home point, and one in twenty late by a slow link. */
const BY_DATUM = 0.1;
const LATE = 0.05;
const EXACT = 1 - BY_DATUM - LATE;
/** By so much along each axis, or behind. */
const OFFSET_VARIANCE_M2 = 2500;
/** Of a speed he states: at 20 m/s a link that is 50 m behind is 2.5 s old, in which a turn changes a speed by 10 m/s and a straight leg by nothing. */
const STALE_SPEED_VARIANCE_M2PS2 = 25;
/** So many messages and plots tell how far it is off now. */
const MEMORY = 8;
/** Fewer plots than this tell nothing. */
const LEAST_PLOTS = 3;
/** Evidence of e to this is as good as any. */
const SURE = 100;

const NOWHERE: Away = { eastM: 0, northM: 0, aheadM: 0 };
export const NOTHING_SAID: Apart = { saidM: NOWHERE, said: 0, seenM: NOWHERE, seen: 0, seenVarianceM2: 0 };

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
 * How probably a claim's sender is off. Messages and plots are compared with one another and not with the track, which both draw. Of an exact sender the
 * distance m between their means has the variance V = R + S/n along each axis. Whose datum is off is normal with V + s²; whose link is slow is behind by
 * what is half-normal with s, which is compared along the way that the track flew, since in a turn it points everywhere:
 * B_datum = V/(V + s²)·exp(k·|m|²) and B_late = 2·sqrt(V/(V + s²))·exp(k·a²)·Phi(-a·sqrt(2k)), with k = (1/V - 1/(V + s²))/2 and a the part of m
 * that is ahead; his odds are (p_datum·B_datum + p_late·B_late)/p_exact. A claim is then taken with as much of s² beyond what it states. Where nothing
 * else sees the track nobody is off: it is where its claims are.
 *
 * @source Bayes' rule for normal hypotheses: Gelman et al. (2013), Bayesian Data Analysis, section 7.4; a normal less a half-normal: Aigner, Lovell & Schmidt
 * (1977), "Formulation and estimation of stochastic frontier production function models", section 2; a bias that is left open as variance: Schmidt (1966), "Application of state-space methods to navigation problems" (consider filter).
 */
export function chanceOff({ saidM, said, seenM, seen, seenVarianceM2 }: Apart, d: Detections, j: number): number {
  if (said === 0 || seen < LEAST_PLOTS) return 0;
  layGround(d, j);
  const exact = ground.varianceM2 + seenVarianceM2 / seen;
  const off = exact + OFFSET_VARIANCE_M2;
  const k = (1 / exact - 1 / off) / 2;
  const ahead = saidM.aheadM - seenM.aheadM;
  const byDatum = (exact / off) * Math.exp(Math.min(SURE, k * apartM2(saidM, seenM)));
  const isBehind = normalCdf(-ahead * Math.sqrt(2 * k));
  const late = 2 * Math.sqrt(exact / off) * Math.exp(Math.min(SURE, k * ahead * ahead)) * isBehind;
  const odds = (BY_DATUM * byDatum + LATE * late) / EXACT;
  return odds / (1 + odds);
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
    if (farM2(apart) >= farM2(worst)) worst = apart;
  }
  return worst;
}

const farM2 = ({ saidM, seenM }: Apart): number => Math.max(apartM2(saidM, seenM), (saidM.aheadM - seenM.aheadM) ** 2);

const apartM2 = (a: Away, b: Away): number => (a.eastM - b.eastM) ** 2 + (a.northM - b.northM) ** 2;

/** The mean of `count` distances from where the track is expected, the newest that of what lies at {@link ground}. */
function nearer({ eastM, northM, aheadM }: Away, count: number): Away {
  const east = ground.eastM - middle.eastM;
  const north = ground.northM - middle.northM;
  const speed = Math.sqrt(middle.eastMps * middle.eastMps + middle.northMps * middle.northMps);
  const ahead = (east * middle.eastMps + north * middle.northMps) / Math.max(1, speed);
  return {
    eastM: eastM + (east - eastM) / count,
    northM: northM + (north - northM) / count,
    aheadM: aheadM + (ahead - aheadM) / count,
  };
}
