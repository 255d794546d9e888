import type { TrackId } from "@picket/model";
import type { Tracked } from "../track/tracked.ts";
import { type ClaimRecord, LATEST_S } from "./claim-record.ts";

/** Where every track was, once a second, newest last: [ms, east, north] each. Plain data. */
export type Trails = Map<TrackId, number[]>;

const STRIDE = 3;
const EVERY_MS = 900;
/** Where a track is when it begins says little of where it goes. */
const SETTLED_MS = 3000;
/** As far back as a path is compared, by as much as an honest sender may be late, and by what a broadcast takes to come. */
const KEPT_MS = 32_000;

/** Paths are compared over so much of them. */
const COMPARED_MS = 16_000;
const LEAST_COMPARED_MS = 8000;
const LEAST_FIXES = 6;

/** Notes where every track is; one that is no more is forgotten. */
export function noteTrails(trails: Trails, tracks: readonly Tracked[], nowMs: number): void {
  const alive = new Set(tracks.map(({ id }) => id));
  for (const id of trails.keys()) if (!alive.has(id)) trails.delete(id);
  for (const { id, state } of tracks) {
    const trail = trails.get(id) ?? [];
    trails.set(id, trail);
    const newestMs = trail.at(-STRIDE);
    if (nowMs - state.firstMs < SETTLED_MS || (newestMs !== undefined && nowMs - newestMs < EVERY_MS)) continue;
    trail.push(nowMs, state.posEnuM[0], state.posEnuM[1]);
    if (nowMs - (trail[0] as number) > KEPT_MS) trail.splice(0, STRIDE);
  }
}

/**
 * How unsteadily a track keeps its offset from the path that a broadcast tells of, metres, at whatever offset and however late it is told:
 * a wrong datum and a slow link leave both constant; another drone that comes by does not. `undefined` while it cannot be told.
 */
export function unsteadinessM({ path }: ClaimRecord, trail: readonly number[] | undefined): number | undefined {
  if (!trail) return undefined;
  let steadiestM: number | undefined;
  for (let lateS = 0; lateS <= LATEST_S; lateS++) {
    const unsteadyM = offsetSigmaM(path, trail, lateS * 1000);
    if (unsteadyM !== undefined) steadiestM = Math.min(steadiestM ?? unsteadyM, unsteadyM);
  }
  return steadiestM;
}

/** Standard deviation of the offset of a trail from a path that is told so late, metres. */
function offsetSigmaM(path: readonly number[], trail: readonly number[], lateMs: number): number | undefined {
  const newestMs = path.at(-STRIDE) ?? 0;
  let [count, east, north, squares, fromMs] = [0, 0, 0, 0, newestMs];
  let at = trail.length - STRIDE;
  for (let fix = path.length - STRIDE; fix >= 0; fix -= STRIDE) {
    const fixMs = path[fix] as number;
    const thenMs = fixMs - lateMs;
    if (newestMs - fixMs > COMPARED_MS) break;
    while (at > 0 && (trail[at] as number) > thenMs) at -= STRIDE;
    const beforeMs = trail[at] as number;
    // The trail does not reach as far back, or not as far on.
    if (beforeMs > thenMs) break;
    if (at + STRIDE >= trail.length || (trail[at + STRIDE] as number) <= thenMs) continue;
    const share = (thenMs - beforeMs) / ((trail[at + STRIDE] as number) - beforeMs);
    const de = between(trail, at + 1, share) - (path[fix + 1] as number);
    const dn = between(trail, at + 2, share) - (path[fix + 2] as number);
    count++;
    east += de;
    north += dn;
    squares += de * de + dn * dn;
    fromMs = fixMs;
  }
  if (count < LEAST_FIXES || newestMs - fromMs < LEAST_COMPARED_MS) return undefined;
  return Math.sqrt(Math.max(0, squares / count - (east * east + north * north) / (count * count)));
}

/** Between a trail's coordinate at an index and the same of its next point. */
function between(trail: readonly number[], at: number, share: number): number {
  const before = trail[at] as number;
  return before + share * ((trail[at + STRIDE] as number) - before);
}
