import { type Detections, givesPlace } from "../looks/detections.ts";
import { normalCdf } from "../measure/normal.ts";
import type { Apart, TrackStore } from "../store/store.ts";
import { ground, layGround, layMiddle, middle } from "./ground-place.ts";

/** Who broadcasts where he is mostly says so truly; one in ten is off by a datum or a home point, and one in twenty late by a slow link. */
const BY_DATUM = 0.1;
const LATE = 0.05;
const EXACT = 1 - BY_DATUM - LATE;
/** One in fifty states a height that is off by so much: above the ground, above the start, by pressure. */
const BY_HEIGHT = 0.02;
/**
 * Odds below which a sender counts as exact. However well he agrees some are left, and spread over each message they would make one that is stated to 3 m
 * vague by 5 m, though nobody errs by a little who is off by 50 m.
 */
const LEAST_ODDS = 0.02;
/** By so much along each axis, or behind. */
const OFFSET_VARIANCE_M2 = 2500;
/** Of a speed he states: at 20 m/s a link that is 50 m behind is 2.5 s old, in which a turn changes a speed by 10 m/s and a straight leg by nothing. */
const STALE_SPEED_VARIANCE_M2PS2 = 25;
/** What was compared weighs so much less with each plot: the last eight tell. */
const FADING = 7 / 8;
/** What was said longer ago than this is compared with no plot. */
const HEARD_MS = 12_000;
/** Less than this, of three plots, tells nothing. */
const LEAST_SEEN = 2.5;
/** Evidence of e to this is as good as any. */
const SURE = 100;

export const NOTHING_SAID: Apart = {
  eastM: 0,
  northM: 0,
  aheadM: 0,
  upM: 0,
  weight: 0,
  upWeight: 0,
  varianceM2: 0,
  upVarianceM2: 0,
  heard: null,
};
/** One comparison: what {@link compared} adds. */
const pair = { eastM: 0, northM: 0, upM: 0, hasUp: false, varianceM2: 0, upVarianceM2: 0 };

/** With one more message, detection `j` at `atMs`. */
export function withMessage(before: Apart, d: Detections, j: number, atMs: number): Apart {
  layGround(d, j);
  const { eastM, northM, upM, hasUp } = ground;
  return { ...before, heard: { eastM, northM, upM, hasUp, atMs } };
}

/**
 * Compares a plot that a track which bears claims is about to take with what their senders said last, moved on as the track flies. What another tracker
 * made counts as one, however often it comes: its errors live on. Sound tells where it came from, and the drone is no longer there.
 */
export function notePlot(tracks: TrackStore, row: number, d: Detections, j: number, atMs: number): void {
  if (tracks.claims[row].length === 0 || !givesPlace(d.shape[j]) || d.isSound[j] === 1) return;
  layMiddle(tracks, row);
  layGround(d, j);
  const times = d.isFiltered[j] === 1 ? 1 / (1 - FADING) : 1;
  tracks.claims[row] = tracks.claims[row].map((evidence) => {
    const { apart } = evidence;
    const { heard } = apart;
    if (heard === null || atMs - heard.atMs > HEARD_MS) return evidence;
    const sinceS = (atMs - heard.atMs) / 1000;
    pair.eastM = heard.eastM + sinceS * middle.eastMps - ground.eastM;
    pair.northM = heard.northM + sinceS * middle.northMps - ground.northM;
    pair.upM = heard.upM - ground.upM;
    pair.hasUp = heard.hasUp && ground.hasUp;
    pair.varianceM2 = times * ground.varianceM2 + sinceS * sinceS * middle.speedVariance;
    pair.upVarianceM2 = times * ground.upVarianceM2;
    return { ...evidence, apart: compared(apart) };
  });
}

/** With one more comparison. */
function compared(before: Apart): Apart {
  const weight = FADING * before.weight + 1;
  const upWeight = FADING * before.upWeight + (pair.hasUp ? 1 : 0);
  const speed = Math.sqrt(middle.eastMps * middle.eastMps + middle.northMps * middle.northMps);
  const ahead = (pair.eastM * middle.eastMps + pair.northM * middle.northMps) / Math.max(1, speed);
  return {
    eastM: before.eastM + (pair.eastM - before.eastM) / weight,
    northM: before.northM + (pair.northM - before.northM) / weight,
    aheadM: before.aheadM + (ahead - before.aheadM) / weight,
    upM: pair.hasUp ? before.upM + (pair.upM - before.upM) / upWeight : before.upM,
    weight,
    upWeight,
    varianceM2: before.varianceM2 + (pair.varianceM2 - before.varianceM2) / weight,
    upVarianceM2: pair.hasUp ? before.upVarianceM2 + (pair.upVarianceM2 - before.upVarianceM2) / upWeight : before.upVarianceM2,
    heard: before.heard,
  };
}

/** Probability that a sender is off on the ground, and in height. */
export type Off = Readonly<{ level: number; up: number }>;
export const NOT_OFF: Off = { level: 0, up: 0 };

/**
 * How probably a claim's sender is off. Messages and plots are compared with one another and not with the track, which both draw. Of an exact sender the
 * mean distance m between them has the variance V = R + S/n along each axis. Whose datum is off is normal with V + s²; whose link is slow is behind by
 * what is half-normal with s, which is compared along the way that the track flew, since in a turn it points everywhere:
 * B_datum = V/(V + s²)·exp(k·|m|²) and B_late = 2·sqrt(V/(V + s²))·exp(k·a²)·Phi(-a·sqrt(2k)), with k = (1/V - 1/(V + s²))/2 and a the part of m
 * that is ahead; his odds are (p_datum·B_datum + p_late·B_late)/p_exact. His height is off by itself, as one axis more. A claim is then taken with as
 * much of s² beyond what it states. Where nothing else sees the track nobody is off: it is where its claims are.
 *
 * @source Bayes' rule for normal hypotheses: Gelman et al. (2013), Bayesian Data Analysis, section 7.4; a normal less a half-normal: Aigner, Lovell &
 * Schmidt (1977), "Formulation and estimation of stochastic frontier production function models", section 2; a bias that is left open as variance:
 * Schmidt (1966), "Application of state-space methods to navigation problems" (consider filter).
 */
export function chanceOff(apart: Apart, d: Detections, j: number): Off {
  if (apart.weight < LEAST_SEEN) return NOT_OFF;
  layGround(d, j);
  const exact = ground.varianceM2 + apart.varianceM2 / apart.weight;
  const off = exact + OFFSET_VARIANCE_M2;
  const k = (1 / exact - 1 / off) / 2;
  const byDatum = (exact / off) * Math.exp(Math.min(SURE, k * levelM2(apart)));
  const isBehind = normalCdf(-apart.aheadM * Math.sqrt(2 * k));
  const late = 2 * Math.sqrt(exact / off) * Math.exp(Math.min(SURE, k * apart.aheadM * apart.aheadM)) * isBehind;
  const odds = (BY_DATUM * byDatum + LATE * late) / EXACT;
  return { level: odds < LEAST_ODDS ? 0 : odds / (1 + odds), up: ground.hasUp ? chanceOffUp(apart) : 0 };
}

function chanceOffUp({ upM, upWeight, upVarianceM2 }: Apart): number {
  if (upWeight < LEAST_SEEN) return 0;
  const exact = ground.upVarianceM2 + upVarianceM2 / upWeight;
  const off = exact + OFFSET_VARIANCE_M2;
  const byHeight = Math.sqrt(exact / off) * Math.exp(Math.min(SURE, ((1 / exact - 1 / off) / 2) * upM * upM));
  const odds = (BY_HEIGHT * byHeight) / (1 - BY_HEIGHT);
  return odds / (1 + odds);
}

/** How much vaguer a row of a message is taken, by who is `off`, probably: see {@link chanceOff}. */
export const offVariance = (rows: Float64Array, r: number, { level, up }: Off): number =>
  level * OFFSET_VARIANCE_M2 * (rows[r] * rows[r] + rows[r + 1] * rows[r + 1]) +
  up * OFFSET_VARIANCE_M2 * rows[r + 2] * rows[r + 2] +
  level * STALE_SPEED_VARIANCE_M2PS2 * (rows[r + 3] * rows[r + 3] + rows[r + 4] * rows[r + 4]);

/**
 * What is known of a claim, of which detection `j` is a message, on a track. A name that the track has not borne yet begins with what is known of the one
 * that is farthest off: who changes names is not believed anew with each. The first of all is compared with the track, which only plots have drawn so far.
 */
export function apartOf(tracks: TrackStore, row: number, claim: string, d: Detections, j: number): Apart {
  if (tracks.claims[row].length === 0 && tracks.proofs[row] > 0) {
    layMiddle(tracks, row);
    layGround(d, j);
    pair.eastM = ground.eastM - middle.eastM;
    pair.northM = ground.northM - middle.northM;
    pair.upM = ground.upM - middle.upM;
    pair.hasUp = ground.hasUp && tracks.heightKnown[row] === 1;
    pair.varianceM2 = LEAST_SEEN * middle.varianceM2;
    pair.upVarianceM2 = LEAST_SEEN * middle.upVarianceM2;
    const apart = compared(NOTHING_SAID);
    return { ...apart, weight: LEAST_SEEN, upWeight: pair.hasUp ? LEAST_SEEN : 0 };
  }
  let worst = NOTHING_SAID;
  for (const { claim: name, apart } of tracks.claims[row]) {
    if (name === claim) return apart;
    if (farM2(apart) >= farM2(worst)) worst = apart;
  }
  return { ...worst, heard: null };
}

const farM2 = (apart: Apart): number => Math.max(levelM2(apart), apart.aheadM * apart.aheadM);

const levelM2 = ({ eastM, northM }: Apart): number => eastM * eastM + northM * northM;
