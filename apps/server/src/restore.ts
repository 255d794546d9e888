import { createEngine, type Engine, type EngineOptions } from "./engine.ts";
import { openJournalReader } from "./record/journal-reader.ts";
import { drive } from "./replay/drive.ts";
import { recordedConfiguration } from "./replay/recorded-configuration.ts";

/**
 * The engine of this boot. What the last boot left open (unacknowledged alerts, warnings, zones people drew) is carried over; its
 * tracks are ended, never shown as live: the pipeline sees that its snapshot is of another boot.
 */
export function restoreEngine(options: EngineOptions, journalDir: string): Engine {
  const last = lastState(journalDir, options.bootNumber);
  return createEngine(options, last);
}

/** State at the newest entry of the boots before `bootNumber`; undefined when there is none. */
function lastState(journalDir: string, bootNumber: number): Uint8Array | undefined {
  const reader = openJournalReader(journalDir);
  try {
    const opened = reader.segments().findLast(({ segment }) => reader.snapshot(segment));
    const snapshot = opened && reader.snapshot(opened.segment);
    if (!opened || !snapshot) return undefined;
    let engine: Engine | undefined;
    for (const { sequence, entry } of reader.entries({ fromSequence: opened.firstSequence })) {
      if (!entry) continue;
      if (entry.kind === "boot" && entry.bootNumber === bootNumber) break;
      const recorded = engine ? undefined : recordedConfiguration(entry);
      if (recorded) engine = createEngine(recorded, snapshot);
      else if (engine) drive(engine, entry, sequence);
    }
    engine?.settle();
    return engine?.snapshot();
  } finally {
    reader.close();
  }
}
