import type { Tracked } from "../track/tracked.ts";

/** Where a track was, every two seconds, newest last: [ms, east, north, up] each. Plain data. */
export type History = Map<string, number[]>;

const EVERY_MS = 2000;
/** Two minutes: long enough to see a loiter or an orbit. */
const POINTS = 60;
export const STRIDE = 4;

/** Notes where every track is; a track that is no more is forgotten. */
export function noteHistory(history: History, tracks: readonly Tracked[], nowMs: number): void {
  const alive = new Set<string>(tracks.map(({ id }) => id));
  for (const id of history.keys()) if (!alive.has(id)) history.delete(id);
  for (const { id, state } of tracks) {
    const points = history.get(id) ?? [];
    history.set(id, points);
    const newestMs = points.at(-STRIDE);
    if (newestMs !== undefined && nowMs - newestMs < EVERY_MS) continue;
    points.push(nowMs, state.posEnuM[0], state.posEnuM[1], state.posEnuM[2]);
    if (points.length > POINTS * STRIDE) points.splice(0, STRIDE);
  }
}
