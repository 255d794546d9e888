import { type Reality, type TrackId, trackId } from "@picket/model";
import { type Crowding, createTracker, type Tracker, type TrackerLook, type TrackerSensor } from "@picket/tracker";
import { type Rejections, reject } from "../rejections.ts";

/** Per reality that was heard: how many tracks were numbered before this tracker, the highest serial it told, and its snapshot. Plain data. */
export type TrackersState = { reality: Reality; before: number; highest: number; snapshot: Uint8Array }[];

/** A reality's tracker, and the id of a track of a given serial. */
type Numbered = { readonly reality: Reality; readonly tracker: Tracker; toId(serial: number): TrackId };

/** What is live, exercised or simulated never mixes: each reality has its own tracker, so that no track is half real. */
export type Trackers = {
  look(reality: Reality, look: TrackerLook): void;
  sensors(sensors: readonly TrackerSensor[]): void;
  /** In the order in which realities were first heard. */
  each(): Iterable<Numbered>;
  /** Begins anew, without a track. No number is given twice. */
  reset(): void;
  countRejections(rejections: Rejections): void;
  /** By sensor, what its looks were too crowded for; of one that several realities heard, where that was last. */
  crowding(): ReadonlyMap<string, Crowding>;
  state(): TrackersState;
};

type Own = { tracker: Tracker; before: number; highest: number };

export function createTrackers(boot: number, sensors: readonly TrackerSensor[], saved: TrackersState): Trackers {
  let known = sensors;
  const trackers = new Map<Reality, Own>(
    saved.map(({ reality, before, highest, snapshot }) => [
      reality,
      { before, highest, tracker: createTracker({ sensors: known }, snapshot) },
    ]),
  );
  return {
    look(reality, look) {
      const own = trackers.get(reality) ?? { before: 0, highest: 0, tracker: createTracker({ sensors: known }) };
      trackers.set(reality, own);
      own.tracker.look(look);
    },
    sensors(next) {
      known = next;
      for (const { tracker } of trackers.values()) tracker.sensors(next);
    },
    *each() {
      for (const [reality, own] of trackers) {
        const toId = (serial: number) => {
          own.highest = Math.max(own.highest, serial);
          return toTrackId(boot, reality, own.before + serial);
        };
        yield { reality, tracker: own.tracker, toId };
      }
    },
    reset() {
      for (const own of trackers.values()) {
        own.before += own.highest;
        own.highest = 0;
        own.tracker = createTracker({ sensors: known });
      }
    },
    countRejections(rejections) {
      for (const { tracker } of trackers.values())
        for (const { code, count } of tracker.takeRejections()) reject(rejections, code, count);
    },
    crowding() {
      const all = [...trackers.values()].flatMap(({ tracker }) => [...tracker.crowding()]);
      return new Map(all.sort(([, a], [, b]) => lastOf(a) - lastOf(b)));
    },
    state: () =>
      [...trackers].map(([reality, { before, highest, tracker }]) => ({
        reality,
        before,
        highest,
        snapshot: tracker.snapshot(),
      })),
  };
}

const lastOf = ({ pairedOnce, unsettled }: Crowding): number => Math.max(pairedOnce?.lastMs ?? 0, unsettled?.lastMs ?? 0);

const MARK: Readonly<Record<Reality, string>> = { live: "", exercise: "x", simulated: "s", test: "e", replay: "r" };

/** What tells apart the numbers of one reality from another's; nothing for live. */
export const realityMark = (reality: Reality): string => MARK[reality];

/** `t<boot>-<number>`, with a letter before the number for all but live, whose trackers count apart. */
const toTrackId = (boot: number, reality: Reality, number: number): TrackId =>
  trackId.parse(`t${boot}-${MARK[reality]}${number}`);
