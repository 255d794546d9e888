import type { BroadcastClaim, IdentityClaim, Reality, SensorId, TrackId, TruthTest } from "@picket/model";

/** Where a broadcast says its sender is, in the site's frame, with the velocity it states or shows. */
export type ClaimedPlace = {
  /** The receiver that heard it. */
  sensor: SensorId;
  measuredMs: number;
  receivedMs: number;
  eastM: number;
  northM: number;
  upM: number;
  upSigmaM: number;
  heightKnown: boolean;
  eastMps: number;
  northMps: number;
  sigmaM: number;
  hits: number;
};

/**
 * What a sensor's looks have come to: `llr` is the log-likelihood ratio of there against not there, by hits of which no object is known and by misses. What
 * known objects gave is kept apart, for each of them may prove a stranger; `trusted` is one that was taken for the sender. `turnedLlr` is what they come to if
 * the sensor has turned as is suspected, and `lastMs` when it last had the place in view.
 */
export type SensorEvidence = {
  looks: number;
  hits: number;
  llr: number;
  given: Map<TrackId, Given>;
  turnedLlr?: number;
  lastMs: number;
};
type Given = { hits: number; llr: number; trusted: boolean };

/** All that is known of one airframe that broadcasts: who it says it is, where, and what speaks for and against it. Plain data. */
export type ClaimRecord = {
  reality: Reality;
  /** Claims that were broadcast together: two Basic IDs are one airframe. The first heard stays first. */
  claims: IdentityClaim[];
  transmitters: Map<string, number>;
  lastMs: number;
  uaType?: string;
  description?: string;
  operatorId?: string;
  /** When it last said that it stands on the ground; absent while its newest word is another. */
  onGroundMs?: number;
  operator?: NonNullable<BroadcastClaim["operator"]>;
  operatorMs?: number;
  clockOffsetMs?: number;
  /** Newest claimed place first; a second one is a second sender, or the place before a jump. */
  places: ClaimedPlace[];
  /** Where the newest place came from, once a second, newest last: [ms, east, north] each. */
  path: number[];
  /** Log-likelihood ratio of each object near where it says it is being the sender against a stranger, where their paths could be compared. */
  near: Map<TrackId, number>;
  /** In how many comparisons each of them was the sender. */
  held: Map<TrackId, number>;
  /** What the whole flight of some of them said last, and when it was asked. */
  flown: Map<TrackId, Readonly<{ llr: number; atMs: number }>>;
  /** When its path was last compared with theirs. */
  comparedMs?: number;
  sensors: Map<string, SensorEvidence>;
  /**
   * What the looks of all sensors come to in the order they came, each as its sensor stands or as it may have turned, whichever says more for it. Its bounds
   * are those of one sensor: what one saw shields against no more misses of another than of its own.
   */
  seenLlr?: number;
  bearings: Map<string, { agree: number; disagree: number; offDeg: number }>;
  tooFar?: { count: number; sensor: string; distanceM: number };
  jump?: { count: number; speedMps: number; atMs: number };
  twoPlaces?: { separationM: number; atMs: number };
  /** Tracks without identity that fly the claimed path beside it: since when, and by how much. */
  companions: Map<TrackId, { sinceMs: number; eastM: number; northM: number }>;
  companion?: { offsetM: number; forS: number };
  verdict: TruthTest["verdict"];
  /** It has stood the test before. */
  wasGenuine?: boolean;
};

/** What a sensor's looks come to lies between these. */
export const LLR_LEAST = -15;
export const LLR_MOST = 8;
export const bounded = (llr: number): number => Math.max(LLR_LEAST, Math.min(LLR_MOST, llr));
/** An object at this log-likelihood ratio is a stranger: as a test that is taken again and again, it calls fewer than one sender in a thousand so. */
export const STRANGER_LLR = -6.9;
/** And at this one the sender: odds of a hundred to one. */
export const SENDER_LLR = 4.6;

/** Small drones are slower than this; what "flies" faster from one broadcast to the next does not. */
const IMPOSSIBLE_MPS = 120;
/** And what says of itself that it is a manned aircraft, by its ICAO address or call sign, than this. */
const IMPOSSIBLE_AIRCRAFT_MPS = 700;
/** A jump counts only when it is this long beyond its own uncertainty. */
const JUMP_LEAST_M = 300;
/** Honest broadcasts are off by a datum (a hundred metres) and late (several seconds of their own flight). */
export const OFFSET_M = 150;
export const LATEST_S = 10;
/** A claimed place is compared with what sensors see this long after it was stated, moved on by its own velocity. */
export const FRESH_MS = 6000;
/** Numbers of a point of a told path. */
export const PATH = 3;
const PATH_EVERY_MS = 900;
const PATH_KEPT = 20;
const VELOCITY_MS = 2500;
/** Two places are two senders while both were heard within this time, each at least twice. */
const BOTH_FRESH_MS = 6000;

export const newRecord = (reality: Reality, lastMs: number): ClaimRecord => ({
  reality,
  claims: [],
  transmitters: new Map(),
  lastMs,
  places: [],
  path: [],
  near: new Map(),
  held: new Map(),
  flown: new Map(),
  sensors: new Map(),
  bearings: new Map(),
  companions: new Map(),
  verdict: "unconfirmed",
});

/** Takes a claimed place: it carries on the nearest known one that it can have come from, or is a second one. */
export function notePlace(record: ClaimRecord, place: ClaimedPlace, statesVelocity: boolean): void {
  const mostMps = isAircraft(record) ? IMPOSSIBLE_AIRCRAFT_MPS : IMPOSSIBLE_MPS;
  const before = record.places
    .filter((known) => isReachable(known, place, mostMps))
    .toSorted((a, b) => apartM(a, place) - apartM(b, place))[0];
  if (!before) return addPlace(record, place);
  if (place.measuredMs <= before.measuredMs) return;
  const isSame = before === record.places[0];
  if (!isSame) record.path = [];
  notePath(record.path, place);
  if (!statesVelocity)
    [place.eastMps, place.northMps] = isSame ? shownVelocity(record.path, place) : [before.eastMps, before.northMps];
  place.hits = before.hits + 1;
  record.places = [place, ...record.places.filter((known) => known !== before)];
  noteTwoPlaces(record, place);
}

function addPlace(record: ClaimRecord, place: ClaimedPlace): void {
  const [before] = record.places;
  if (before && place.measuredMs > before.measuredMs) {
    const speedMps = apartM(before, place) / Math.max(0.1, (place.measuredMs - before.measuredMs) / 1000);
    record.jump = { count: (record.jump?.count ?? 0) + 1, speedMps, atMs: place.measuredMs };
  }
  record.places = [place, ...record.places].slice(0, 2);
  record.path = [];
  notePath(record.path, place);
}

function notePath(path: number[], { measuredMs, eastM, northM }: ClaimedPlace): void {
  const newestMs = path.at(-PATH);
  if (newestMs !== undefined && measuredMs - newestMs < PATH_EVERY_MS) return;
  path.push(measuredMs, eastM, northM);
  if (path.length > PATH_KEPT * PATH) path.splice(0, PATH);
}

/** By the places of the last seconds: from one to the next, errors of place are as large as the way. */
function shownVelocity(path: readonly number[], { measuredMs, eastM, northM }: ClaimedPlace): [number, number] {
  let at = path.length - PATH;
  while (at > 0 && measuredMs - (path[at] as number) < VELOCITY_MS) at -= PATH;
  const [fromMs = measuredMs, fromEastM = eastM, fromNorthM = northM] = path.slice(at);
  const dtS = (measuredMs - fromMs) / 1000;
  return dtS > 0 ? [(eastM - fromEastM) / dtS, (northM - fromNorthM) / dtS] : [0, 0];
}

function noteTwoPlaces(record: ClaimRecord, newest: ClaimedPlace): void {
  const other = record.places.find((known) => known !== newest);
  if (!other || other.hits < 2 || newest.hits < 2 || newest.measuredMs - other.measuredMs > BOTH_FRESH_MS) return;
  record.twoPlaces = { separationM: apartM(newest, other), atMs: newest.measuredMs };
}

/** Identities that only ADS-B has; "~" begins an address that its receiver found to be no ICAO address. */
export const isAircraft = ({ claims }: ClaimRecord): boolean =>
  claims.some(({ kind, value }) => kind === "icao" || kind === "callsign" || (kind === "session" && value.startsWith("~")));

function isReachable(from: ClaimedPlace, to: ClaimedPlace, mostMps: number): boolean {
  const dtS = Math.abs(to.measuredMs - from.measuredMs) / 1000;
  return apartM(from, to) <= Math.max(JUMP_LEAST_M, 6 * Math.max(from.sigmaM, to.sigmaM)) + mostMps * dtS;
}

export function apartM(a: { eastM: number; northM: number }, b: { eastM: number; northM: number }): number {
  const [de, dn] = [a.eastM - b.eastM, a.northM - b.northM];
  return Math.sqrt(de * de + dn * dn);
}

/** Where a claimed place has gone some seconds later, by its own velocity. */
export const moved = (place: ClaimedPlace, aheadS: number): ClaimedPlace => ({
  ...place,
  eastM: place.eastM + place.eastMps * aheadS,
  northM: place.northM + place.northMps * aheadS,
});

/** What a sensor's looks say, with what objects gave that are the sender more probably than not, as far as is known. */
export function evidenceOf(
  { looks, hits, llr, given }: SensorEvidence,
  near: ClaimRecord["near"],
): Readonly<{ looks: number; hits: number; llr: number }> {
  const sum = { looks, hits, llr };
  for (const [id, one] of given) {
    if ((near.get(id) ?? 0) < 0) continue;
    sum.hits += one.hits;
    sum.llr += one.llr;
  }
  return sum;
}
