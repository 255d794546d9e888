import type { TrackStore } from "../store/store.ts";
import type { TrackGroup, TrackState } from "../types.ts";

/** "At least so many" is true with this probability. */
const SURELY = 0.95;
/** The extent holds every member's place to so many standard deviations. */
const EXTENT_SIGMAS = 2;

/** A track that somebody is told of, and its row. */
export type Told = Readonly<{ row: number; state: TrackState }>;

/** One target gives two plots now and then, and not so often: that many plots which no other track could have given make a target. */
const ALONE_LOOKS = 3;

/** Was the track shown to be a target of its own? */
export const isSomebody = ({ alone }: TrackStore, row: number): boolean => alone[row] >= ALONE_LOOKS;

/** How probably two tracks gave a plot between them, when, until when that makes them a group, and how probably it lasts if they were none yet. */
export type Share = Readonly<{ probability: number; atMs: number; untilMs: number; lasting: number }>;

export function noteShared(tracks: TrackStore, row: number, other: number, share: Share): void {
  const { probability, atMs, untilMs, lasting } = share;
  tracks.partner[row] = tracks.ordinal[other];
  tracks.partner[other] = tracks.ordinal[row];
  for (const one of [row, other]) {
    if (tracks.sharesUntilMs[one] < atMs) tracks.lasting[one] = lasting;
    tracks.together[one] = probability;
    tracks.sharesUntilMs[one] = Math.max(tracks.sharesUntilMs[one], untilMs);
  }
}

/**
 * For every row that shared a plot of late, the first row of its group: all that are linked, directly or by others, through plots which
 * they shared. A row that is not in the answer is in no group.
 */
export function findGroups(tracks: TrackStore, timeMs: number): ReadonlyMap<number, number> {
  const up = new Map<number, number>();
  const top = (row: number): number => {
    let at = row;
    for (let next = up.get(at) ?? at; next !== at; next = up.get(at) ?? at) at = next;
    return at;
  };
  for (let row = 0; row < tracks.count; row++) {
    if (tracks.sharesUntilMs[row] < timeMs) continue;
    const other = rowOf(tracks, tracks.partner[row]);
    if (other < 0 || tracks.existence[other] === 0) continue;
    const first = Math.min(top(row), top(other));
    for (const one of [top(row), top(other), row, other]) up.set(one, first);
  }
  return new Map([...up.keys()].map((row) => [row, top(row)]));
}

/** The row of the track that began as the `ordinal`th, or -1 when it is gone: rows lie in the order in which tracks began. */
function rowOf({ ordinal: ordinals, count }: TrackStore, ordinal: number): number {
  let [low, high] = [0, count - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ordinals[middle] < ordinal) low = middle + 1;
    else high = middle;
  }
  return count > 0 && ordinals[low] === ordinal ? low : -1;
}

/**
 * The states that are told, those of a group's members each with the group's figure. One confirmed track alone is no group, whatever it
 * shares with tentative ones. About so many: the sum of existences, and the companions that no track holds yet. At least so many: of those
 * that were once each shown by a plot which no other could have given, so many are there with a probability of 0.95.
 */
export function withGroups(tracks: TrackStore, timeMs: number, told: readonly Told[], companionRate: number): TrackState[] {
  const groupOf = findGroups(tracks, timeMs);
  if (groupOf.size === 0) return told.map(({ state }) => state);
  const members = Map.groupBy(told, ({ row }) => groupOf.get(row));
  const figures = new Map<number, TrackGroup>();
  for (const [group, own] of members) {
    const sure = own.filter(({ state }) => state.confirmed);
    if (group !== undefined && sure.length > 1) figures.set(group, figureOf(tracks, own, sure, companionRate));
  }
  return told.map(({ row, state }) => {
    const group = figures.get(groupOf.get(row) ?? -1);
    return group ? { ...state, group } : state;
  });
}

function figureOf(tracks: TrackStore, own: readonly Told[], sure: readonly Told[], companionRate: number): TrackGroup {
  const shown = sure.filter(({ row }) => isSomebody(tracks, row)).map(({ state }) => state.existence);
  const [east, north, up] = [0, 1, 2].map((axis) => own.reduce((sum, { state }) => sum + state.posEnuM[axis], 0) / own.length);
  let radiusM = 0;
  for (const { state } of own) {
    const [e, n] = [state.posEnuM[0] - east, state.posEnuM[1] - north];
    const sigmaM = Math.sqrt(Math.max(state.covariance[0], state.covariance[7]));
    radiusM = Math.max(radiusM, Math.sqrt(e * e + n * n) + EXTENT_SIGMAS * sigmaM);
  }
  return {
    leader: Math.min(...sure.map(({ state }) => state.serial)),
    tracks: own.length,
    about: own.reduce((sum, { state }) => sum + state.existence, 0) * (1 + companionRate),
    atLeast: Math.max(1, surelyThere(shown)),
    centreEnuM: [east, north, up],
    radiusM,
  };
}

/**
 * The greatest number of which at least so many exist with probability {@link SURELY}, each by itself: by the distribution of how many do not,
 * p_k(a) = r_k p_k-1(a) + (1 - r_k) p_k-1(a - 1).
 *
 * @source Chen & Liu (1997), "Statistical applications of the Poisson-binomial and conditional Bernoulli distributions".
 */
function surelyThere(existences: readonly number[]): number {
  const absent = new Float64Array(existences.length + 1);
  absent[0] = 1;
  existences.forEach((r, k) => {
    for (let a = k + 1; a > 0; a--) absent[a] = absent[a] * r + absent[a - 1] * (1 - r);
    absent[0] *= r;
  });
  let sum = 0;
  for (let a = 0; a <= existences.length; a++) {
    sum += absent[a];
    if (sum >= SURELY) return existences.length - a;
  }
  return 0;
}

/** The oldest confirmed track that somebody is told of in the group of `row`, among the rows that go on; 0 when there is none. */
export function heirOf(
  { serial, confirmed }: TrackStore,
  groupOf: ReadonlyMap<number, number>,
  row: number,
  keep: Uint8Array,
): number {
  let heir = 0;
  const group = groupOf.get(row);
  if (group === undefined) return heir;
  for (const [other, its] of groupOf)
    if (its === group && keep[other] === 1 && confirmed[other] === 1 && serial[other] > 0)
      heir = heir === 0 ? serial[other] : Math.min(heir, serial[other]);
  return heir;
}
