import type { Detections } from "./detections.ts";
import { BEARING } from "./detections.ts";
import type { TrackerSettings } from "./settings.ts";
import type { TrackerState } from "./state.ts";
import type { ClaimEvidence, TrackStore } from "./store.ts";

const MAX_CLAIMS = 4;
/** A claim that a track already carries another of is so much less likely to be its. */
const OTHER_CLAIM = 0.05;
/** Messages of a claim from which it is the track's own. */
const OWN_AFTER = 3;
/** Claims whose distrust is remembered; the oldest is dropped. */
const MAX_DISTRUSTED = 1000;

/**
 * How far a broadcast of oneself is believed: tracks that lived by the claim alone and came to nothing where sensors looked count
 * against it, tenfold each.
 */
export function beliefIn(state: TrackerState, claim: string, settings: TrackerSettings): number {
  return settings.claimBelief / (1 + 9 * (state.distrust.get(claim) ?? 0));
}

/** True when a look tells only what may have one lasting cause: bearings, and positions that somebody claims. */
export function isHearsay(d: Detections): boolean {
  if (d.count === 0) return false;
  for (let j = 0; j < d.count; j++) if (d.shape[j] !== BEARING && d.source[j].claim === undefined) return false;
  return true;
}

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
  if (known === undefined || known.hits < 2) return Math.max(existence[row], beliefIn(state, heard.claim, settings));
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

/** Judges the claim of a track that ends: when it lived by the claim alone, sensors that looked found nothing there. */
export function judgeClaim(state: TrackerState, row: number): void {
  const [own] = state.tracks.claims[row];
  if (own === undefined || own.hits < 0.7 * state.tracks.hits[row]) return;
  const count = (state.distrust.get(own.claim) ?? 0) + 1;
  state.distrust.delete(own.claim);
  state.distrust.set(own.claim, count);
  if (state.distrust.size <= MAX_DISTRUSTED) return;
  const [oldest] = state.distrust.keys();
  if (oldest !== undefined) state.distrust.delete(oldest);
}
