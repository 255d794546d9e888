import { timeOf } from "../record/journal-entry.ts";
import type { JournalReader, SegmentInfo } from "../record/journal-reader.ts";
import { recordedConfiguration } from "./recorded-configuration.ts";

/** A stretch of the record that can be played again: one boot's. */
export type ReplayRange = Readonly<{ fromMs: number; toMs: number; boot: number }>;

/** Segments that hold their configuration say so in their first entries. */
const LOOK_AT = 3;

/** Answers the stretches of the record, one for each boot, oldest first. Boot numbers only rise, so few segments need to be opened. */
export function createReplayRanges(reader: Pick<JournalReader, "segments" | "entries">): (nowMs: number) => ReplayRange[] {
  const boots = new Map<number, number | undefined>();
  const ends = new Map<number, number>();
  const bootOf = ({ segment }: SegmentInfo) => remembered(boots, segment, () => readBoot(reader, segment));
  /** A killed boot's last segment is sealed by the next boot, perhaps hours later: what counts is its newest entry. */
  const endOf = ({ segment, openedMs }: SegmentInfo) => remembered(ends, segment, () => readEnd(reader, segment, openedMs));

  const stretches = (segments: readonly SegmentInfo[]): readonly (readonly SegmentInfo[])[] => {
    const [first, last] = [segments[0], segments.at(-1)];
    if (!first || !last || bootOf(first) === bootOf(last)) return [segments];
    const middle = segments.length >> 1;
    return [...stretches(segments.slice(0, middle)), ...stretches(segments.slice(middle))];
  };

  return (nowMs) => {
    const ranges = new Map<number, ReplayRange>();
    for (const stretch of stretches(reader.segments())) {
      const [first, last] = [stretch[0], stretch.at(-1)];
      const boot = first && bootOf(first);
      if (!first || !last || boot === undefined) continue;
      const toMs = last.sealedMs === undefined ? nowMs : endOf(last);
      ranges.set(boot, { fromMs: ranges.get(boot)?.fromMs ?? first.openedMs, toMs, boot });
    }
    return [...ranges.values()];
  };
}

function remembered<T>(known: Map<number, T>, key: number, find: () => T): T {
  if (!known.has(key)) known.set(key, find());
  return known.get(key) as T;
}

function readBoot(reader: Pick<JournalReader, "entries">, segment: number): number | undefined {
  let looked = 0;
  for (const { entry } of reader.entries({ segment })) {
    const configuration = entry && recordedConfiguration(entry);
    if (configuration) return configuration.bootNumber;
    if (++looked === LOOK_AT) return undefined;
  }
  return undefined;
}

/** The newest clock mark: the boot entry of the next boot lies in this segment too. */
function readEnd(reader: Pick<JournalReader, "entries">, segment: number, openedMs: number): number {
  let endMs = openedMs;
  for (const { entry } of reader.entries({ segment })) if (entry?.kind === "mark") endMs = Math.max(endMs, timeOf(entry));
  return endMs;
}
