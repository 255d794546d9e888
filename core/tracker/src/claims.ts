import type { Detections } from "./detections.ts";
import { BEARING } from "./detections.ts";
import type { TrackerSettings } from "./settings.ts";
import type { TrackerState } from "./state.ts";
import { type ClaimEvidence, DIM, MODES, type TrackStore } from "./store.ts";

const MAX_CLAIMS = 4;
/** A claim that a track already carries another of is so much less likely to be its. */
const OTHER_CLAIM = 0.05;
/** Messages of a claim from which it is the track's own. */
const OWN_AFTER = 3;
/** Claims whose distrust is remembered; the oldest is dropped. */
const MAX_DISTRUSTED = 1000;

/** Nobody remembers a lie for longer, or farther from where it was found out: the next to bear the name may be its honest owner. */
const DISTRUST_MS = 600_000;
const DISTRUST_M = 500;

/**
 * How far a broadcast of oneself from a place is believed: tracks that lived by the claim alone and came to nothing there, where sensors
 * looked, count against it, tenfold each.
 */
export function beliefIn(state: TrackerState, claim: string, at: ArrayLike<number>, settings: TrackerSettings): number {
  const { claimBelief } = settings;
  const found = state.distrust.get(claim);
  if (!found || state.timeMs - found.atMs > DISTRUST_MS) return claimBelief;
  const [de, dn] = [at[0] - found.eastM, at[1] - found.northM];
  return de * de + dn * dn > DISTRUST_M * DISTRUST_M ? claimBelief : claimBelief / (1 + 9 * found.count);
}

/** True when a look tells only what may have one lasting cause: bearings, and positions that somebody claims. A range is measured, whoever answers. */
export function isHearsay(d: Detections): boolean {
  if (d.count === 0) return false;
  for (let j = 0; j < d.count; j++)
    if (d.shape[j] !== BEARING && (d.source[j].claim === undefined || d.rangeM[j] > 0)) return false;
  return true;
}

/** True for a track of which hardly anything tells but what somebody broadcasts of himself. */
export const livesByClaim = ({ claims, hits }: TrackStore, row: number): boolean =>
  claims[row].length > 0 && claims[row][0].hits >= 0.7 * hits[row];

/** How likely it is that a detection with this claim comes from this track, as far as claims go. */
export function claimFactor(tracks: TrackStore, row: number, claim: string | undefined): number {
  const [own] = tracks.claims[row];
  if (claim === undefined || own === undefined || own.claim === claim || own.hits < OWN_AFTER) return 1;
  return OTHER_CLAIM;
}

/**
 * The most that hearsay may leave a track's existence at. It may sustain what there is but not raise it, for the same cause that was
 * heard once is heard again; only the first two messages of a claim may raise, and only as far as the claim is believed. What is heard
 * again has not gone meanwhile: what time alone took since the claim was last heard is given back.
 */
export function hearsayCeiling(
  state: TrackerState,
  row: number,
  heard: Readonly<{ claim: string | undefined; atMs: number }>,
  settings: TrackerSettings,
): number {
  const { existence, claims } = state.tracks;
  if (heard.claim === undefined) return existence[row];
  const known = claims[row].find(({ claim }) => claim === heard.claim);
  if (known === undefined || known.hits < 2)
    return Math.max(existence[row], beliefIn(state, heard.claim, meanPlace(state.tracks, row), settings));
  return existence[row] * Math.exp(Math.max(0, heard.atMs - known.lastMs) / 1000 / settings.meanLifeS);
}

/** Adds one detection's claim to a track's evidence; another claim than those the track has speaks against them. */
export function noteClaim(tracks: TrackStore, row: number, claim: string, by: Readonly<{ atMs: number; weight: number }>): void {
  const before = tracks.claims[row];
  const others: ClaimEvidence[] = before
    .filter((known) => known.claim !== claim)
    .map((known) => ({ ...known, against: known.against + 1 }));
  const known = before.find((evidence) => evidence.claim === claim);
  const mine: ClaimEvidence = {
    claim,
    hits: (known?.hits ?? 0) + 1,
    weight: (known?.weight ?? 0) + by.weight,
    against: known?.against ?? 0,
    lastMs: by.atMs,
  };
  tracks.claims[row] = [mine, ...others].sort((a, b) => b.weight - a.weight).slice(0, MAX_CLAIMS);
}

/** What looks left of a track that they ended is less than this share of what time alone would have. */
const TAKEN_BY_LOOKS = 0.1;

/** Judges the claim of a track that ends: when it lived by the claim alone, and not only time took it, sensors that looked found nothing there. */
export function judgeClaim(state: TrackerState, row: number, settings: TrackerSettings): void {
  const { tracks, timeMs, distrust } = state;
  const [own] = tracks.claims[row];
  if (own === undefined || !livesByClaim(tracks, row)) return;
  const byTimeAlone = settings.claimBelief * Math.exp(-Math.max(0, timeMs - own.lastMs) / 1000 / settings.meanLifeS);
  if (tracks.existence[row] > TAKEN_BY_LOOKS * byTimeAlone) return;
  const before = distrust.get(own.claim);
  const count = before && timeMs - before.atMs <= DISTRUST_MS ? before.count + 1 : 1;
  const [eastM, northM] = meanPlace(tracks, row);
  distrust.delete(own.claim);
  distrust.set(own.claim, { count, atMs: timeMs, eastM, northM });
  if (distrust.size <= MAX_DISTRUSTED) return;
  const [oldest] = distrust.keys();
  if (oldest !== undefined) distrust.delete(oldest);
}

/** Where the likelier motions have it, east and north, metres. */
function meanPlace({ mean, weight }: TrackStore, row: number): readonly [number, number] {
  let [eastM, northM] = [0, 0];
  for (let i = row * MODES; i < (row + 1) * MODES; i++) {
    eastM += weight[i] * mean[i * DIM];
    northM += weight[i] * mean[i * DIM + 1];
  }
  return [eastM, northM];
}
