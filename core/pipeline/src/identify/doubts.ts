import type { Declaration, TrackId } from "@picket/model";
import { areTogether } from "../track/together.ts";
import type { Tracked } from "../track/tracked.ts";
import { droneProbability } from "./classes.ts";
import type { Declarations } from "./declarations.ts";

/** Since when what a person said of a track may be true of another instead. Plain data. */
export type Doubts = Map<TrackId, number>;

/** What is at most this probably a drone is none that could go on in a friend's name. */
const HARMLESS_BELOW = 0.1;
const HARMLESS: ReadonlySet<Declaration["objectClass"]> = new Set(["bird", "mannedAircraft", "balloon"]);

/** Does this word make a track less of a danger? */
const isSoothing = ({ affiliation, objectClass }: Declaration): boolean =>
  affiliation === "friend" || affiliation === "neutral" || HARMLESS.has(objectClass);

/**
 * Notes which tracks, called harmless by a person, have been together with one that is not: from then on a stranger may fly under the
 * friend's number, and only a new word on the track ends the doubt. Whoever gives it has seen what was doubted before.
 */
export function noteDoubts(doubts: Doubts, declarations: Declarations, tracks: readonly Tracked[], nowMs: number): void {
  for (const id of doubts.keys()) if (!declarations.has(id)) doubts.delete(id);
  const soothing = new Map([...declarations].filter(([, declaration]) => isSoothing(declaration)));
  if (soothing.size === 0) return;
  const mayHarm = tracks.filter(({ state }) => state.confirmed && droneProbability(state.classProbabilities) >= HARMLESS_BELOW);
  for (const track of tracks) {
    const word = soothing.get(track.id);
    if (word === undefined || doubts.has(track.id)) continue;
    const isStranger = ({ id }: Tracked): boolean => !soothing.has(id) || (doubts.get(id) ?? 0) > word.atMs;
    if (mayHarm.some((other) => isStranger(other) && areTogether(track, other))) doubts.set(track.id, nowMs);
  }
}
