import { type Reality, type TrackId, trackId } from "@picket/model";
import { createTracker, type Tracker, type TrackerLook, type TrackerSensor } from "@picket/tracker";
import { type Rejections, reject } from "../rejections.ts";

/** One tracker's snapshot per reality that was heard. Plain data. */
export type TrackersState = [Reality, Uint8Array][];

/** What is live, exercised or simulated never mixes: each reality has its own tracker, so that no track is half real. */
export type Trackers = {
  look(reality: Reality, look: TrackerLook): void;
  sensors(sensors: readonly TrackerSensor[]): void;
  /** In the order in which realities were first heard. */
  each(): Iterable<[Reality, Tracker]>;
  countRejections(rejections: Rejections): void;
  state(): TrackersState;
};

export function createTrackers(sensors: readonly TrackerSensor[], saved: TrackersState = []): Trackers {
  let known = sensors;
  const trackers = new Map<Reality, Tracker>(
    saved.map(([reality, snapshot]) => [reality, createTracker({ sensors: known }, snapshot)]),
  );
  return {
    look(reality, look) {
      const tracker = trackers.get(reality) ?? createTracker({ sensors: known });
      trackers.set(reality, tracker);
      tracker.look(look);
    },
    sensors(next) {
      known = next;
      for (const tracker of trackers.values()) tracker.sensors(next);
    },
    each: () => trackers,
    countRejections(rejections) {
      for (const tracker of trackers.values())
        for (const { code, count } of tracker.takeRejections()) reject(rejections, code, count);
    },
    state: () => [...trackers].map(([reality, tracker]) => [reality, tracker.snapshot()]),
  };
}

const MARK: Readonly<Record<Reality, string>> = { live: "", exercise: "x", simulated: "s", test: "e", replay: "r" };

/** `t<boot>-<serial>`, with a letter before the serial for all but live, whose trackers count apart. */
export const toTrackId = (boot: number, reality: Reality, serial: number): TrackId =>
  trackId.parse(`t${boot}-${MARK[reality]}${serial}`);
