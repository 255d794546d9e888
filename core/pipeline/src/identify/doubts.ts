import type { Declaration, TrackId } from "@picket/model";
import { areTogether } from "../track/together.ts";
import type { Tracked } from "../track/tracked.ts";
import { droneProbability } from "./classes.ts";
import type { Declarations } from "./declarations.ts";

/** Tracks of which what a person said may be true of another instead, each with whom it was beside. Plain data. */
export type Doubts = Map<TrackId, readonly TrackId[]>;

/** Whoever was beside so many is doubted whatever is said of them. */
const MOST_BESIDE = 20;
/** What is at most this probably a drone is none that could go on in a friend's name. */
const HARMLESS_BELOW = 0.1;
const HARMLESS: ReadonlySet<Declaration["objectClass"]> = new Set(["bird", "mannedAircraft", "balloon"]);

/** Does this word make a track less of a danger? */
const isSoothing = ({ affiliation, objectClass }: Declaration): boolean =>
  affiliation === "friend" || affiliation === "neutral" || HARMLESS.has(objectClass);

/**
 * Notes which tracks, called harmless by a person, have been together with one that is not: from then on a stranger may fly under the
 * friend's number, and only a new word on the track ends the doubt. A doubted one is itself a stranger to others until everybody whom it
 * was beside is called harmless too.
 */
export function noteDoubts(doubts: Doubts, declarations: Declarations, tracks: readonly Tracked[]): void {
  for (const id of doubts.keys()) if (!declarations.has(id)) doubts.delete(id);
  const calmed = new Set([...declarations].flatMap(([id, declaration]) => (isSoothing(declaration) ? [id] : [])));
  if (calmed.size === 0) return;
  const isTrusted = ({ id }: Tracked): boolean => {
    const beside = doubts.get(id) ?? [];
    return calmed.has(id) && beside.length < MOST_BESIDE && beside.every((other) => calmed.has(other));
  };
  const strangers = tracks.filter(
    (track) => track.state.confirmed && droneProbability(track.state.classProbabilities) >= HARMLESS_BELOW && !isTrusted(track),
  );
  for (const track of tracks) {
    if (!calmed.has(track.id)) continue;
    const before = doubts.get(track.id) ?? [];
    const more = strangers.filter((other) => !before.includes(other.id) && areTogether(track, other));
    if (more.length > 0) doubts.set(track.id, [...before, ...more.map(({ id }) => id)].slice(0, MOST_BESIDE));
  }
}
