import { type Detections, RANGE_DIFFERENCE, sustainsOnly } from "../looks/detections.ts";
import type { TrackerSettings } from "../settings.ts";
import type { TrackerState } from "../state.ts";
import { type Apart, type ClaimEvidence, CONTRIBUTION, DIM, MODES, type TrackStore } from "../store/store.ts";
import { NOTHING_SAID } from "./claim-offset.ts";

const MAX_CLAIMS = 4;
/** A claim that a track already carries another of is so much less likely to be its. */
const OTHER_CLAIM = 0.05;
/** And where nothing but names tells of either: two that say different names are two. */
const OTHER_NAME = 1e-4;
/** A track that bears the name is so much likelier its sender than anything else, however vaguely the sender knows its place. */
const SAME_NAME = 50;
/** A claim that begins so is the radio address of a sender that has given no name yet: it may be that of any. */
const ADDRESS = "transmitter:";
/** Messages of a claim from which it is the track's own. */
const OWN_AFTER = 3;
/** Claims whose distrust is remembered; the oldest is dropped. */
const MAX_DISTRUSTED = 1000;

/** Nobody remembers a lie for longer, or farther from where it was found out: the next to bear the name may be its honest owner. */
const DISTRUST_MS = 600_000;
const DISTRUST_M = 500;

/**
 * How far a broadcast of oneself from a place is believed: tracks that lived by the claim alone and came to nothing there, where sensors
 * looked, count against it, tenfold each; those of other names count too where there were several.
 */
export function beliefIn(state: TrackerState, claim: string, at: ArrayLike<number>, settings: TrackerSettings): number {
  let own = 0;
  let others = 0;
  for (const [name, { count, atMs, eastM, northM }] of state.distrust) {
    const [de, dn] = [at[0] - eastM, at[1] - northM];
    if (state.timeMs - atMs > DISTRUST_MS || de * de + dn * dn > DISTRUST_M * DISTRUST_M) continue;
    if (name === claim) own = count;
    else others++;
  }
  // One other name found out here may have been another drone's; from the second on it is a forger who changes names.
  return settings.claimBelief / (1 + 9 * Math.max(own, others - 1));
}

/**
 * True when a look tells only what may have one lasting cause: bearings, areas, and positions that somebody claims. A range is measured,
 * whoever answers.
 */
export function isHearsay(d: Detections): boolean {
  if (d.count === 0) return false;
  for (let j = 0; j < d.count; j++) if (!isHearsayOf(d, j)) return false;
  return true;
}

/** The same of one detection. */
export function isHearsayOf(d: Detections, j: number): boolean {
  const isMeasured = d.rangeM[j] > 0 || d.shape[j] === RANGE_DIFFERENCE;
  return sustainsOnly(d.shape[j]) || (d.source[j].claim !== undefined && !isMeasured);
}

/** True for a track of which hardly anything tells but what is broadcast by those that it may be. */
export function livesByClaim({ claims, hits }: TrackStore, row: number): boolean {
  const evidence = claims[row];
  let claimed = 0;
  for (let k = 0; k < evidence.length; k++) claimed += evidence[k].hits;
  return claimed > 0 && claimed >= 0.7 * hits[row];
}

/** Tracks that live by claims alone beyond this many go, those heard least and longest ago first: a flood of names is no reason to stop. */
const MOST_CLAIMED = 2000;

/** Marks in `keep` what goes for want of room. */
export function limitHearsay({ tracks }: TrackerState, keep: Uint8Array): void {
  const rows: number[] = [];
  for (let row = 0; row < tracks.count; row++)
    if (tracks.claims[row].length > 0 && keep[row] === 1 && tracks.confirmed[row] === 0 && livesByClaim(tracks, row))
      rows.push(row);
  if (rows.length <= MOST_CLAIMED) return;
  const { hits, measuredMs } = tracks;
  rows.sort((a, b) => hits[a] - hits[b] || measuredMs[a] - measuredMs[b] || a - b);
  for (const row of rows.slice(0, rows.length - MOST_CLAIMED)) keep[row] = 0;
}

const isName = (claim: string): boolean => !claim.startsWith(ADDRESS);

/** How likely it is that a detection with this claim comes from this track, as far as claims go. */
export function claimFactor(tracks: TrackStore, row: number, claim: string | undefined): number {
  const [own] = tracks.claims[row];
  if (claim === undefined || own === undefined) return 1;
  if (own.claim === claim) return SAME_NAME;
  if (isName(claim) && isName(own.claim) && livesByClaim(tracks, row)) return OTHER_NAME;
  return own.hits < OWN_AFTER ? 1 : OTHER_CLAIM;
}

/** So long after its place was last measured a bearing counts in full against looks that missed it; then it fades in the same time. */
const POINTED_S = 30;

/** What was heard of a track: by whom it says it is, whether the track goes on with it, and whether it has a direction or a distance. */
type Heard = Readonly<{ claim: string | undefined; isTaken: boolean; isMeasured: boolean; atMs: number }>;

/**
 * The most that hearsay may leave a track's existence at. It may sustain what there is but not raise it, for the same cause that was
 * heard once is heard again; only a track's first two messages may raise it, and the first two that give a name, and only as far as the
 * claim is believed. What is heard again has not gone meanwhile: what time alone took since anything was last heard is given back, as far as
 * what was heard is this track's. A bearing, or a distance too vague to place it, also weighs against looks that missed it, as far as it was
 * proven before and for a while: what keeps sending on that line may be somebody else.
 */
export function hearsayCeiling(state: TrackerState, row: number, heard: Heard, settings: TrackerSettings): number {
  const { existence, proven, measuredMs, inSwarm, claims } = state.tracks;
  const lifeS = inSwarm[row] === 1 ? settings.meanLifeInSwarmS : settings.meanLifeS;
  const givenBack = (sinceMs: number): number => existence[row] * Math.exp(Math.max(0, heard.atMs - sinceMs) / 1000 / lifeS);
  if (heard.claim === undefined) {
    if (!heard.isTaken) return existence[row];
    const unplacedS = (heard.atMs - measuredMs[row]) / 1000 - POINTED_S;
    return Math.max(
      givenBack(lastHeardMs(state.tracks, row)),
      heard.isMeasured ? proven[row] * Math.exp(-Math.max(0, unplacedS) / POINTED_S) : 0,
    );
  }
  let messages = 0;
  let named = 0;
  let newestMs = Number.NEGATIVE_INFINITY;
  for (const { claim, hits, lastMs } of claims[row]) {
    messages += hits;
    if (isName(claim)) named += hits;
    newestMs = Math.max(newestMs, lastMs);
  }
  if (messages < 2 || (named < 2 && isName(heard.claim)))
    return Math.max(existence[row], beliefIn(state, heard.claim, meanPlace(state.tracks, row), settings));
  const most = livesByClaim(state.tracks, row) ? Math.max(existence[row], settings.claimBelief) : 1;
  return Math.min(most, givenBack(newestMs));
}

function lastHeardMs({ contribution, sensorSlots }: TrackStore, row: number): number {
  let newestMs = Number.NEGATIVE_INFINITY;
  for (let slot = 0; slot < sensorSlots; slot++) {
    const at = (row * sensorSlots + slot) * CONTRIBUTION;
    if (contribution[at + 1] > 0) newestMs = Math.max(newestMs, contribution[at]);
  }
  return newestMs;
}

/** Adds one detection's claim to a track's evidence, and how far it is `apart` where it was said and not measured; another claim than those the track has speaks against them. The newest is always kept. */
export function noteClaim(
  tracks: TrackStore,
  row: number,
  claim: string,
  by: Readonly<{ atMs: number; weight: number; apart: Apart | undefined }>,
): void {
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
    apart: by.apart ?? known?.apart ?? NOTHING_SAID,
  };
  const heavier = (a: ClaimEvidence, b: ClaimEvidence): number => b.weight - a.weight;
  tracks.claims[row] = [mine, ...others.sort(heavier).slice(0, MAX_CLAIMS - 1)].sort(heavier);
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
