import type { AssessedTrack, Level, ObjectClass } from "@picket/model";

/** Every class once, in the order that the map's atlas of symbols counts them in. */
export const CLASS_ORDER: readonly ObjectClass[] = ["multirotor", "fixedWing", "bird", "mannedAircraft", "balloon", "other"];
const RANKS: Readonly<Record<Level, number>> = { watch: 1, caution: 2, warning: 3, critical: 4 };
const SURE_ENOUGH = 0.5;
/** A position older than this was predicted, not measured: it is drawn with a dashed frame. */
export const COASTING_AFTER_MS = 5000;

/** What the track is taken for: a person's word first, else the class more likely than all others together; undefined when none is. */
export function likelyClass(track: AssessedTrack): ObjectClass | undefined {
  if (track.declaration?.objectClass) return track.declaration.objectClass;
  return CLASS_ORDER.find((objectClass) => track.classes[objectClass] > SURE_ENOUGH);
}

/** More than clutter may be: a sensor proved it, or it says itself who it is. */
export const isNotable = ({ confirmed, identities }: AssessedTrack): boolean => confirmed || identities.length > 0;

/** `possible` before it is confirmed, `coasting` while nothing measures it, else `firm`. */
export type Certainty = "firm" | "coasting" | "possible";
export function certaintyOf(track: AssessedTrack, nowMs: number): Certainty {
  if (!track.confirmed) return "possible";
  return nowMs - track.measuredMs > COASTING_AFTER_MS ? "coasting" : "firm";
}

/** 0 without a level, then 1 to 4 as levels rise. */
export const rankOf = (level: Level | undefined): number => (level === undefined ? 0 : RANKS[level]);

/** What people call it: a broadcast identity that stands best, else the track's own id. */
export function nameOf(track: AssessedTrack): string {
  const best = track.identities
    .filter(({ truth }) => truth.verdict !== "contradicted")
    .toSorted((a, b) => b.probability - a.probability)[0];
  return best?.claim.value ?? track.id;
}

export const speedMps = (track: AssessedTrack): number => Math.hypot(track.eastMps, track.northMps);

/** Course over ground, degrees clockwise from true north; undefined when it hardly moves and the course means nothing. */
export function courseDeg(track: AssessedTrack): number | undefined {
  if (speedMps(track) < Math.max(1, track.speedSigmaMps)) return undefined;
  return ((Math.atan2(track.eastMps, track.northMps) * 180) / Math.PI + 360) % 360;
}
