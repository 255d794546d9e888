import { type Detections, givesPlace } from "./detections.ts";
import { ground, layGround, layMiddle, middle } from "./ground-place.ts";
import { normalCdf } from "./normal.ts";
import type { TrackStore } from "./store.ts";

/**
 * Where something was on average, from where a track was expected then: east, north, ahead of it as it flew, and up; and how much that average
 * weighs, on the ground and up.
 */
type Away = Readonly<{ eastM: number; northM: number; aheadM: number; upM: number; weight: number; upWeight: number }>;

/** Where the latest messages of a claim put its sender and the latest plots the track that bears it, and the mean variance of such a plot along an axis, and up. */
export type Apart = Readonly<{ said: Away; seen: Away; seenVarianceM2: number; seenUpVarianceM2: number }>;

/** Who broadcasts where he is mostly says so truly; one in ten is off by a datum or a home point, and one in twenty late by a slow link. */
const BY_DATUM = 0.1;
const LATE = 0.05;
const EXACT = 1 - BY_DATUM - LATE;
/** One in fifty states a height that is off by so much: above the ground, above the start, by pressure. */
const BY_HEIGHT = 0.02;
/** By so much along each axis, or behind. */
const OFFSET_VARIANCE_M2 = 2500;
/** Of a speed he states: at 20 m/s a link that is 50 m behind is 2.5 s old, in which a turn changes a speed by 10 m/s and a straight leg by nothing. */
const STALE_SPEED_VARIANCE_M2PS2 = 25;
/** What has been said and seen weighs so much less with each plot: a plot's time is told by the last eight, however often he speaks. */
const FADING = 7 / 8;
/** Less than this, of three plots, tells nothing. */
const LEAST_SEEN = 2.5;
/** Evidence of e to this is as good as any. */
const SURE = 100;

const NOWHERE: Away = { eastM: 0, northM: 0, aheadM: 0, upM: 0, weight: 0, upWeight: 0 };
export const NOTHING_SAID: Apart = { said: NOWHERE, seen: NOWHERE, seenVarianceM2: 0, seenUpVarianceM2: 0 };

/** With one more message, detection `j`, of a track that is about to take it. */
export function withMessage(before: Apart, tracks: TrackStore, row: number, d: Detections, j: number): Apart {
  layMiddle(tracks, row);
  layGround(d, j);
  return { ...before, said: averaged(before.said) };
}

/**
 * Notes a plot that a track which bears claims is about to take. What another tracker made counts as one, however often it comes: its errors live
 * on. Sound tells where it came from, and the drone is no longer there.
 */
export function notePlot(tracks: TrackStore, row: number, d: Detections, j: number): void {
  if (tracks.claims[row].length === 0 || !givesPlace(d.shape[j]) || d.isSound[j] === 1) return;
  layMiddle(tracks, row);
  layGround(d, j);
  const times = d.isFiltered[j] === 1 ? 1 / (1 - FADING) : 1;
  tracks.claims[row] = tracks.claims[row].map((evidence) => {
    const { apart } = evidence;
    const seen = averaged(faded(apart.seen));
    const level = middle.varianceM2 + times * ground.varianceM2;
    const up = middle.upVarianceM2 + times * ground.upVarianceM2;
    return {
      ...evidence,
      apart: {
        said: faded(apart.said),
        seen,
        seenVarianceM2: apart.seenVarianceM2 + (level - apart.seenVarianceM2) / seen.weight,
        seenUpVarianceM2: ground.hasUp
          ? apart.seenUpVarianceM2 + (up - apart.seenUpVarianceM2) / seen.upWeight
          : apart.seenUpVarianceM2,
      },
    };
  });
}

/** How probably a sender is off on the ground, and in height: see {@link chanceOff}. */
export type Off = Readonly<{ level: number; up: number }>;
export const NOT_OFF: Off = { level: 0, up: 0 };

/**
 * How probably a claim's sender is off. Messages and plots are compared with one another and not with the track, which both draw. Of an exact sender the
 * distance m between their means has the variance V = R + S/n along each axis. Whose datum is off is normal with V + s²; whose link is slow is behind by
 * what is half-normal with s, which is compared along the way that the track flew, since in a turn it points everywhere:
 * B_datum = V/(V + s²)·exp(k·|m|²) and B_late = 2·sqrt(V/(V + s²))·exp(k·a²)·Phi(-a·sqrt(2k)), with k = (1/V - 1/(V + s²))/2 and a the part of m
 * that is ahead; his odds are (p_datum·B_datum + p_late·B_late)/p_exact. His height is off by itself, as one axis more. A claim is then taken with as much of s² beyond what it states. Where nothing
 * else sees the track nobody is off: it is where its claims are.
 *
 * @source Bayes' rule for normal hypotheses: Gelman et al. (2013), Bayesian Data Analysis, section 7.4; a normal less a half-normal: Aigner, Lovell & Schmidt
 * (1977), "Formulation and estimation of stochastic frontier production function models", section 2; a bias that is left open as variance: Schmidt (1966), "Application of state-space methods to navigation problems" (consider filter).
 */
export function chanceOff({ said, seen, seenVarianceM2, seenUpVarianceM2 }: Apart, d: Detections, j: number): Off {
  if (said.weight === 0 || seen.weight < LEAST_SEEN) return NOT_OFF;
  layGround(d, j);
  const exact = ground.varianceM2 + seenVarianceM2 / seen.weight;
  const off = exact + OFFSET_VARIANCE_M2;
  const k = (1 / exact - 1 / off) / 2;
  const ahead = said.aheadM - seen.aheadM;
  const byDatum = (exact / off) * Math.exp(Math.min(SURE, k * apartM2(said, seen)));
  const isBehind = normalCdf(-ahead * Math.sqrt(2 * k));
  const late = 2 * Math.sqrt(exact / off) * Math.exp(Math.min(SURE, k * ahead * ahead)) * isBehind;
  const odds = (BY_DATUM * byDatum + LATE * late) / EXACT;
  return { level: odds / (1 + odds), up: ground.hasUp ? chanceOffUp(said, seen, seenUpVarianceM2) : 0 };
}

function chanceOffUp(said: Away, seen: Away, seenUpVarianceM2: number): number {
  if (said.upWeight === 0 || seen.upWeight < LEAST_SEEN) return 0;
  const exact = ground.upVarianceM2 + seenUpVarianceM2 / seen.upWeight;
  const off = exact + OFFSET_VARIANCE_M2;
  const up = said.upM - seen.upM;
  const byHeight = Math.sqrt(exact / off) * Math.exp(Math.min(SURE, ((1 / exact - 1 / off) / 2) * up * up));
  const odds = (BY_HEIGHT * byHeight) / (1 - BY_HEIGHT);
  return odds / (1 + odds);
}

/** How much vaguer a row of a message is taken, by who is `off`, probably: see {@link chanceOff}. */
export const offVariance = (rows: Float64Array, r: number, { level, up }: Off): number =>
  level * OFFSET_VARIANCE_M2 * (rows[r] * rows[r] + rows[r + 1] * rows[r + 1]) +
  up * OFFSET_VARIANCE_M2 * rows[r + 2] * rows[r + 2] +
  level * STALE_SPEED_VARIANCE_M2PS2 * (rows[r + 3] * rows[r + 3] + rows[r + 4] * rows[r + 4]);

/**
 * What is known of a claim on a track. A name that the track has not borne yet begins with what is known of the one that is farthest off: who changes
 * names is not believed anew with each. The first of all is compared with the track, which only plots have drawn so far.
 */
export function apartOf(tracks: TrackStore, row: number, claim: string): Apart {
  if (tracks.claims[row].length === 0 && tracks.proofs[row] > 0) {
    layMiddle(tracks, row);
    const seen = { ...NOWHERE, weight: LEAST_SEEN, upWeight: tracks.heightKnown[row] === 1 ? LEAST_SEEN : 0 };
    return {
      ...NOTHING_SAID,
      seen,
      seenVarianceM2: LEAST_SEEN * middle.varianceM2,
      seenUpVarianceM2: LEAST_SEEN * middle.upVarianceM2,
    };
  }
  let worst = NOTHING_SAID;
  for (const { claim: name, apart } of tracks.claims[row]) {
    if (name === claim) return apart;
    if (farM2(apart) >= farM2(worst)) worst = apart;
  }
  return worst;
}

const farM2 = ({ said, seen }: Apart): number => Math.max(apartM2(said, seen), (said.aheadM - seen.aheadM) ** 2);

const apartM2 = (a: Away, b: Away): number => (a.eastM - b.eastM) ** 2 + (a.northM - b.northM) ** 2;

const faded = (away: Away): Away => ({ ...away, weight: FADING * away.weight, upWeight: FADING * away.upWeight });

/** The average with what lies at {@link ground}. */
function averaged(before: Away): Away {
  const weight = before.weight + 1;
  const upWeight = before.upWeight + (ground.hasUp ? 1 : 0);
  const east = ground.eastM - middle.eastM;
  const north = ground.northM - middle.northM;
  const speed = Math.sqrt(middle.eastMps * middle.eastMps + middle.northMps * middle.northMps);
  const ahead = (east * middle.eastMps + north * middle.northMps) / Math.max(1, speed);
  return {
    eastM: before.eastM + (east - before.eastM) / weight,
    northM: before.northM + (north - before.northM) / weight,
    aheadM: before.aheadM + (ahead - before.aheadM) / weight,
    upM: ground.hasUp ? before.upM + (ground.upM - middle.upM - before.upM) / upWeight : before.upM,
    weight,
    upWeight,
  };
}
