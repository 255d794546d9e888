import { type Reality, type TrackId, trackId } from "@picket/model";
import {
  createMultilaterator,
  createTriangulator,
  type Multilaterator,
  type MultilateratorState,
  newMultilateratorState,
  newTriangulatorState,
  type TrackEnd,
  type TrackerLook,
  type TrackerSensor,
  type TrackState,
  type Triangulator,
  type TriangulatorState,
} from "@picket/tracker";
import { realityMark } from "./trackers.ts";

/** Plain data: what only bearings, and what only ranges and their differences tell of, by reality. */
export type PlacersState = Map<Reality, Readonly<{ bearings: TriangulatorState; distances: MultilateratorState }>>;

type Placed = Readonly<{
  tracks: readonly Readonly<{ id: TrackId; state: TrackState }>[];
  /** With the id that a serial of theirs stands for. */
  ended: readonly Readonly<{ end: TrackEnd; idOf(serial: number): TrackId }>[];
}>;

/** Places what no sensor sees that gives places: where bearings cross, and where distances do. */
export type Placers = {
  hear(reality: Reality, look: TrackerLook): void;
  /** Tracks of a reality that rest on bearings or on distances alone, and those that ended. `known` is what its tracker holds. */
  place(reality: Reality, known: readonly TrackState[], nowMs: number): Placed;
  sensors(sensors: readonly TrackerSensor[]): void;
  /** Forgets every place: the frame that they stood in is gone. Numbers go on. */
  reset(): void;
  state: PlacersState;
};

/** One of each a reality. */
type Own = Readonly<{ bearings: Triangulator; distances: Multilaterator }>;

const NOTHING: Placed = { tracks: [], ended: [] };
const HEARD: ReadonlySet<string> = new Set<TrackerLook["detections"][number]["measurement"]["kind"]>([
  "bearing",
  "range",
  "rangeDifference",
]);

/** A track whose place is known no better than this explains no bearing: what is heard on that line may be another. */
const VAGUE_M = 150;

/** Where a track is that bearings may be of. */
function placeOf({ confirmed, posEnuM: [eastM, northM], covariance }: TrackState) {
  const sigmaM = Math.sqrt((covariance[0] as number) + (covariance[7] as number));
  return confirmed && sigmaM <= VAGUE_M ? [{ eastM, northM, sigmaM }] : [];
}

export function createPlacers(boot: number, sensors: readonly TrackerSensor[], state: PlacersState): Placers {
  let finders = sensors;
  const placers = new Map<Reality, Own>();
  for (const reality of state.keys()) begin(reality);
  return {
    hear(reality, look) {
      if (!look.detections.some(({ measurement }) => HEARD.has(measurement.kind)) && !placers.has(reality)) return;
      const { bearings, distances } = placers.get(reality) ?? begin(reality);
      bearings.hear(look);
      distances.hear(look);
    },
    place(reality, known, nowMs) {
      const own = placers.get(reality);
      if (!own) return NOTHING;
      const places = known.flatMap(placeOf);
      const byBearings = own.bearings.advance(nowMs, places);
      const byDistances = own.distances.advance(nowMs, known);
      return joined(reality, [
        { mark: "b", tracks: byBearings, ended: own.bearings.takeEnded() },
        { mark: "d", tracks: byDistances, ended: own.distances.takeEnded() },
      ]);
    },
    sensors(next) {
      finders = next;
      for (const { bearings, distances } of placers.values()) for (const placer of [bearings, distances]) placer.sensors(next);
    },
    reset() {
      for (const [reality, { bearings, distances }] of [...state]) {
        state.set(reality, {
          bearings: { ...newTriangulatorState(), next: bearings.next },
          distances: { ...newMultilateratorState(), next: distances.next },
        });
        begin(reality);
      }
    },
    state,
  };

  function begin(reality: Reality): Own {
    const kept = state.get(reality) ?? { bearings: newTriangulatorState(), distances: newMultilateratorState() };
    state.set(reality, kept);
    const own = {
      bearings: createTriangulator(finders, kept.bearings),
      distances: createMultilaterator(finders, kept.distances),
    };
    placers.set(reality, own);
    return own;
  }

  /** Each counts its own tracks: a mark tells their numbers apart. */
  function joined(
    reality: Reality,
    parts: readonly Readonly<{ mark: string; tracks: readonly TrackState[]; ended: readonly TrackEnd[] }>[],
  ): Placed {
    const idsOf =
      (mark: string) =>
      (serial: number): TrackId =>
        trackId.parse(`t${boot}-${realityMark(reality)}${mark}${serial}`);
    return {
      tracks: parts.flatMap(({ mark, tracks }) => tracks.map((one) => ({ id: idsOf(mark)(one.serial), state: one }))),
      ended: parts.flatMap(({ mark, ended }) => ended.map((end) => ({ end, idOf: idsOf(mark) }))),
    };
  }
}
