import type { Reality } from "@picket/model";
import type { TrackerLook, TrackerSensor, TrackState } from "@picket/tracker";

type Place = readonly [eastM: number, northM: number];

/** How many detections were taken in the second that runs, by the clock of arrivals, and where tracks were last told. Plain data. */
export type ShedState = {
  secondMs: number;
  taken: number;
  tracks: Map<Reality, { confirmed: Place[]; tentative: Place[] }>;
};
export const newShedState = (): ShedState => ({ secondMs: 0, taken: 0, tracks: new Map() });

/** So many detections a second one machine surely finishes in time. Work is counted, never timed: the same looks shed the same. */
export const DETECTIONS_PER_S = 8000;
/** Around what is protected everything is taken. */
const GUARDED_M = 3000;
/** A detection this near to a track, in its cell or the next, may be of it. */
const CELL_M = 300;

/**
 * The look as far as it can be worked off in its second. What is left out is, in this order: what is near no track, then what is near a track
 * that is not confirmed; each the farthest from everything protected first. Never left out is what is near a confirmed track or near what is
 * protected, and what gives no place by itself.
 */
export function shed(
  state: ShedState,
  { look, reality, pose }: Readonly<{ look: TrackerLook; reality: Reality; pose: TrackerSensor }>,
  awayFromProtectedM: (place: Place) => number,
): Readonly<{ look: TrackerLook; left: number }> {
  const secondMs = Math.floor(look.receivedMs / 1000) * 1000;
  if (secondMs !== state.secondMs) [state.secondMs, state.taken] = [secondMs, 0];
  const room = Math.max(0, DETECTIONS_PER_S - state.taken);
  const { detections } = look;
  if (detections.length <= room) {
    state.taken += detections.length;
    return { look, left: 0 };
  }
  const tracks = state.tracks.get(reality);
  const confirmed = cellsOf(tracks?.confirmed ?? []);
  const tentative = cellsOf(tracks?.tentative ?? []);
  const ranked = detections.map((_, index) => {
    const at = placeOf(detections[index] as TrackerLook["detections"][number], pose);
    const awayM = at === undefined ? 0 : awayFromProtectedM(at);
    const mustStay = at === undefined || awayM <= GUARDED_M || isBeside(confirmed, at);
    return { index, awayM, rank: mustStay ? 0 : isBeside(tentative, at) ? 1 : 2 };
  });
  const kept = ranked
    .toSorted((a, b) => a.rank - b.rank || a.awayM - b.awayM || a.index - b.index)
    .filter(({ rank }, place) => rank === 0 || place < room)
    .map(({ index }) => index)
    .toSorted((a, b) => a - b);
  state.taken += kept.length;
  return {
    look: { ...look, detections: kept.map((index) => detections[index] as TrackerLook["detections"][number]) },
    left: detections.length - kept.length,
  };
}

/** Remembers where the tracks of a reality are, for the looks of the next tick. */
export function noteTracks(state: ShedState, reality: Reality, tracks: readonly TrackState[]): void {
  const placed = (confirmed: boolean): Place[] =>
    tracks.filter((track) => track.confirmed === confirmed).map(({ posEnuM }) => [posEnuM[0], posEnuM[1]]);
  state.tracks.set(reality, { confirmed: placed(true), tentative: placed(false) });
}

/** Where a plot lies on the ground; `undefined` for a bearing, and for a position that somebody broadcasts: there are few of those. */
function placeOf({ measurement: m }: TrackerLook["detections"][number], { posEnuM, toSite }: TrackerSensor): Place | undefined {
  if (m.kind !== "polar") return undefined;
  const groundM = m.rangeM * Math.cos(m.elevationRad ?? 0);
  const [x, y] = [groundM * Math.sin(m.azimuthRad), groundM * Math.cos(m.azimuthRad)];
  const [r0 = 1, r1 = 0, , r3 = 0, r4 = 1] = toSite ?? [];
  return [posEnuM[0] + r0 * x + r1 * y, posEnuM[1] + r3 * x + r4 * y];
}

const cellOf = ([e, n]: Place, de = 0, dn = 0): string => `${Math.floor(e / CELL_M) + de} ${Math.floor(n / CELL_M) + dn}`;

/** The cells of tracks and those around them. */
function cellsOf(places: readonly Place[]): ReadonlySet<string> {
  const cells = new Set<string>();
  for (const place of places) for (const de of [-1, 0, 1]) for (const dn of [-1, 0, 1]) cells.add(cellOf(place, de, dn));
  return cells;
}

const isBeside = (cells: ReadonlySet<string>, at: Place): boolean => cells.has(cellOf(at));
