import { judgeClaim, limitHearsay, livesByClaim } from "./claims/claims.ts";
import type { TrackerSettings } from "./settings.ts";
import { countDoubt, isVague } from "./sight/doubt.ts";
import type { TrackerState } from "./state.ts";
import { endRow, type TrackStore } from "./store/store.ts";
import { findGroups, heirOf, isSomebody } from "./swarm/groups.ts";
import type { TrackEnd } from "./types.ts";
import type { Context } from "./workspace.ts";

/**
 * Confirms and ends tracks by their existence; one detection that proves it confirms nothing, however much is said of it, nor does the company
 * of others that only say that they are there. What a track proves or fails to prove teaches how many false alarms there are. One that ends
 * while its group goes on has merged.
 */
export function deleteTracks(state: TrackerState, { settings, slots, work }: Context): void {
  const { tracks } = state;
  if (work.keep.length < tracks.count) work.keep = new Uint8Array(2 * tracks.count);
  let ended: TrackEnd[] | undefined;
  let groupOf: ReturnType<typeof findGroups> | undefined;
  for (let row = 0; row < tracks.count; row++) {
    const r = tracks.existence[row];
    work.keep[row] = r >= settings.endBelow ? 1 : 0;
    // Of what the look does not concern nothing but time has changed anything.
    if (work.isNear[row] === 0) continue;
    if (tracks.confirmed[row] === 0 && tracks.proofs[row] > 1 && r > enoughFor(tracks, row, settings)) tracks.confirmed[row] = 1;
    if (isVague(state, row, slots)) work.keep[row] = 0;
  }
  limitHearsay(state, work.keep);
  for (let row = 0; row < tracks.count; row++) {
    const isKept = work.keep[row] === 1;
    if (isKept ? work.isNear[row] === 0 : tracks.existence[row] === 0) continue;
    countDoubt(state, row, slots, isKept);
    if (isKept) continue;
    if (tracks.claims[row].length > 0) judgeClaim(state, row, settings);
    if (tracks.serial[row] > 0) {
      ended ??= [];
      groupOf ??= findGroups(tracks, state.timeMs);
      // Who was seen by itself is a target of its own, and is lost rather than merged.
      const mergedInto = isSomebody(tracks, row) ? 0 : heirOf(tracks, groupOf, row, work.keep);
      const end = { serial: tracks.serial[row], endMs: state.timeMs };
      ended.push(mergedInto > 0 ? { ...end, reason: "merged", mergedInto } : { ...end, reason: "existence" });
    }
    endRow(tracks, row);
  }
  addEnds(state, settings, ended);
}

/** Ends the tracks that nothing has detected for so long that nobody is told of them: none is moved on over a lull. */
export function endStale(state: TrackerState, settings: TrackerSettings): void {
  const { tracks, timeMs } = state;
  let ended: TrackEnd[] | undefined;
  for (let row = 0; row < tracks.count; row++) {
    if (tracks.existence[row] === 0 || timeMs - tracks.measuredMs[row] <= settings.staleMs) continue;
    if (tracks.serial[row] > 0) {
      ended ??= [];
      ended.push({ serial: tracks.serial[row], endMs: timeMs, reason: "stale" });
    }
    endRow(tracks, row);
  }
  addEnds(state, settings, ended);
}

function addEnds(state: TrackerState, { lateMs }: TrackerSettings, ended: readonly TrackEnd[] = []): void {
  const horizonMs = state.timeMs - lateMs;
  if (ended.length > 0 || state.ends.length > 0) state.ends = [...state.ends.filter(({ endMs }) => endMs >= horizonMs), ...ended];
}

/** The existence above which a track is confirmed. */
function enoughFor(tracks: TrackStore, row: number, settings: TrackerSettings): number {
  const isAccompanied = tracks.inCompany[row] === 1 && !livesByClaim(tracks, row);
  return isAccompanied ? settings.confirmInCompanyAbove : settings.confirmAbove;
}

/** Gives a number to every track that is worth telling; one whose end was told, and that a late look brings back, gets another. */
export function numberTracks(state: TrackerState, { serials, settings }: Context): void {
  const { tracks } = state;
  for (let row = 0; row < tracks.count; row++) {
    if (serials.over.has(tracks.serial[row])) tracks.serial[row] = 0;
    if (tracks.serial[row] > 0 || tracks.existence[row] < settings.tellAbove) continue;
    const key = keyOf(state, row);
    const given = serials.given.get(key)?.serial;
    const serial = given === undefined || serials.over.has(given) ? serials.next++ : given;
    serials.given.set(key, { serial, atMs: state.timeMs });
    tracks.serial[row] = serial;
  }
}

/** The end of each track that somebody has been told of, and that is no more, or has not been detected for too long by `nowMs`. */
export function endsOf(
  state: TrackerState,
  told: Iterable<number>,
  nowMs: number,
  { serials, settings }: Context,
): readonly TrackEnd[] {
  const { tracks } = state;
  const rowOf = new Map<number, number>();
  for (let row = 0; row < tracks.count; row++) if (tracks.serial[row] > 0) rowOf.set(tracks.serial[row], row);
  const ended: TrackEnd[] = [];
  for (const serial of told) {
    const row = rowOf.get(serial);
    if (row === undefined)
      ended.push(state.ends.find((end) => end.serial === serial) ?? { serial, endMs: state.timeMs, reason: "existence" });
    else if (nowMs - tracks.measuredMs[row] > settings.staleMs) {
      ended.push({ serial, endMs: nowMs, reason: "stale" });
      serials.given.delete(keyOf(state, row));
      tracks.serial[row] = 0;
    } else continue;
    serials.over.set(serial, state.timeMs);
  }
  return ended;
}

/** Gives tracks back the numbers that they had when these looks were taken before, but none whose end was told by then. */
export function numberAgain(state: TrackerState, { serials }: Context): void {
  const { tracks } = state;
  if (serials.given.size === 0 && serials.over.size === 0) return;
  const isOver = (serial: number): boolean => (serials.over.get(serial) ?? Number.POSITIVE_INFINITY) <= state.timeMs;
  for (let row = 0; row < tracks.count; row++) {
    if (isOver(tracks.serial[row])) tracks.serial[row] = 0;
    if (tracks.serial[row] > 0) continue;
    const given = serials.given.get(keyOf(state, row))?.serial ?? 0;
    tracks.serial[row] = isOver(given) ? 0 : given;
  }
}

/** What began a track. */
const keyOf = ({ tracks }: TrackerState, row: number): string =>
  `${tracks.firstMs[row]}/${tracks.birthSensor[row]}/${tracks.birthDetection[row]}`;
