import { type Reality, type TrackId, trackId } from "@picket/model";
import {
  createTriangulator,
  newTriangulatorState,
  type TrackEnd,
  type TrackerLook,
  type TrackerSensor,
  type TrackState,
  type Triangulator,
  type TriangulatorState,
} from "@picket/tracker";
import { realityMark } from "./trackers.ts";

/** Plain data: what only bearings tell of, by reality. */
export type PlacersState = Map<Reality, TriangulatorState>;

/** Places what only direction finders and microphones hear, one triangulator a reality. */
export type Placers = {
  hear(reality: Reality, look: TrackerLook): void;
  /** Tracks of a reality that rest on bearings alone, and those that ended. `known` is what its tracker holds. */
  place(
    reality: Reality,
    known: readonly TrackState[],
    nowMs: number,
  ): Readonly<{ tracks: readonly TrackState[]; ended: readonly TrackEnd[] }>;
  sensors(sensors: readonly TrackerSensor[]): void;
  toId(reality: Reality, serial: number): TrackId;
  state: PlacersState;
};

const NOTHING = { tracks: [], ended: [] } as const;

export function createPlacers(boot: number, sensors: readonly TrackerSensor[], state: PlacersState): Placers {
  let finders = sensors;
  const placers = new Map<Reality, Triangulator>([...state].map(([reality, own]) => [reality, createTriangulator(finders, own)]));
  return {
    hear(reality, look) {
      if (!look.detections.some(({ measurement }) => measurement.kind === "bearing") && !placers.has(reality)) return;
      const own = state.get(reality) ?? newTriangulatorState();
      state.set(reality, own);
      const placer = placers.get(reality) ?? createTriangulator(finders, own);
      placers.set(reality, placer);
      placer.hear(look);
    },
    place(reality, known, nowMs) {
      const placer = placers.get(reality);
      if (!placer) return NOTHING;
      const places = known.map(({ posEnuM: [eastM, northM], covariance }) => ({
        eastM,
        northM,
        sigmaM: Math.sqrt((covariance[0] as number) + (covariance[7] as number)),
      }));
      return { tracks: placer.advance(nowMs, places), ended: placer.takeEnded() };
    },
    sensors(next) {
      finders = next;
      for (const placer of placers.values()) placer.sensors(next);
    },
    toId: (reality, serial) => trackId.parse(`t${boot}-${realityMark(reality)}b${serial}`),
    state,
  };
}
