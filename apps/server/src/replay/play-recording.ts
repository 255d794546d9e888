import { setImmediate } from "node:timers/promises";
import type { Frame, Site } from "@picket/model";
import { createEngine, type Engine, isOwnState } from "../engine.ts";
import { openJournalReader } from "../record/journal-reader.ts";
import { drive } from "./drive.ts";
import { recordedConfiguration } from "./recorded-configuration.ts";

/** One frame computed again, the segment it lies in, and the journal sequence of its clock mark. */
export type PlayedFrame = Readonly<{
  frame: Frame;
  site: Site;
  segment: number;
  sequence: number;
  /** Another version recorded it: computed anew, it may differ from what was decided then. */
  isAnew: boolean;
}>;

export type PlayOptions = Readonly<{
  /** The journal's directory. */
  dir: string;
  /** Frames from the beginning of the segment that holds this time; the whole recording unless told. */
  fromMs?: number;
  toMs?: number;
  /** Hears, at each end of a segment whose next one opens with a snapshot, whether the state came to the same bytes. */
  onSegmentEnd?: (end: Readonly<{ segment: number; isSame: boolean }>) => void;
  /** Hears where the engine failed, as it did live; the recording goes on with the next segment. */
  onFault?: (fault: Readonly<{ segment: number; sequence: number; error: unknown }>) => void;
}>;

/**
 * Plays a recording through the same engine that ran live: the same frames, byte for byte. Every segment starts from its own
 * snapshot; one without (its snapshot was erased, or another version wrote it) goes on from the state before it. What another version
 * recorded is computed anew from what stood at its beginning. Entries that were erased are passed over.
 */
export async function* playRecording({
  dir,
  fromMs = 0,
  toMs = Number.POSITIVE_INFINITY,
  onSegmentEnd,
  onFault,
}: PlayOptions): AsyncGenerator<PlayedFrame> {
  const reader = openJournalReader(dir);
  try {
    const all = reader.segments();
    const first = Math.max(
      0,
      all.findLastIndex((segment) => segment.openedMs <= fromMs),
    );
    let engine: Engine | undefined;
    let boot: number | undefined;
    let isAnew = false;
    for (const { segment, openedMs } of all.slice(first)) {
      if (openedMs > toMs) return;
      const snapshot = reader.snapshot(segment);
      const before = engine;
      let isOpened = false;
      for (const { sequence, entry } of reader.entries({ segment })) {
        if (!entry) continue;
        const options = isOpened ? undefined : recordedConfiguration(entry);
        if (options && snapshot && snapshot.length > 0) {
          const isOwn = isOwnState(snapshot);
          const goesOn = before !== undefined && boot === options.bootNumber;
          if (goesOn && isOwn)
            onSegmentEnd?.({ segment: segment - 1, isSame: Buffer.compare(before.snapshot(), snapshot) === 0 });
          if (!goesOn || isOwn) engine = createEngine({ ...options, isAnew: true }, snapshot);
          isAnew = !isOwn;
          boot = options.bootNumber;
          isOpened = true;
        }
        if (!engine) continue;
        let frame: Frame | undefined;
        try {
          frame = drive(engine, entry, sequence);
        } catch (error) {
          onFault?.({ segment, sequence, error });
          engine = undefined;
          break;
        }
        if (!frame) continue;
        if (frame.nowMs > toMs) return;
        yield { frame, site: engine.site(), segment, sequence, isAnew };
      }
      await setImmediate();
    }
  } finally {
    reader.close();
  }
}
