import type { Site } from "@picket/model";
import { createEngine, type Engine, type EngineOptions, isOwnState } from "./engine.ts";
import type { StoredEntry } from "./record/journal-entry.ts";
import { openJournalReader } from "./record/journal-reader.ts";
import { drive } from "./replay/drive.ts";
import { recordedConfiguration } from "./replay/recorded-configuration.ts";

/** An engine, the site as it was configured at the last boot, and what kept the newest entries from being played again, if anything did. */
export type Restored = Readonly<{ engine: Engine; configured?: Site; fault?: string }>;

const OF_OTHER_VERSION =
  "another version of Picket wrote it; zones, authorisations and people are kept, open alerts and warnings are not";

/**
 * The engine of this boot. What the last boot left open (unacknowledged alerts, warnings, zones people drew) is carried over; its
 * tracks are ended, never shown as live: the pipeline sees that its snapshot is of another boot. Entries that make the engine
 * fail must not keep a site from starting: it then begins at the newest snapshot, or at nothing, with an alert that says so.
 */
export function restoreEngine(options: EngineOptions, journalDir: string): Restored {
  const reader = openJournalReader(journalDir);
  try {
    const opened = reader.segments().findLast(({ segment }) => reader.snapshot(segment)?.length);
    const snapshot = opened && reader.snapshot(opened.segment);
    if (!opened || !snapshot || snapshot.length === 0) return { engine: createEngine(options) };
    const entries = () => reader.entries({ fromSequence: opened.firstSequence });
    const configured = firstConfiguration(entries())?.site;
    const isOwn = isOwnState(snapshot);
    const restored = firstThatWorks([
      ...(isOwn ? [() => createEngine(options, stateAfter(entries(), snapshot, options.bootNumber))] : []),
      () => createEngine({ ...options, isStateLost: true }, snapshot),
      () => createEngine({ ...options, isStateLost: true }),
    ]);
    return { ...restored, ...(!isOwn && { fault: OF_OTHER_VERSION }), ...(configured && { configured }) };
  } finally {
    reader.close();
  }
}

/** The configuration of the first segment, or undefined when it was erased. */
function firstConfiguration(entries: Iterable<StoredEntry>): EngineOptions | undefined {
  for (const { entry } of entries) {
    if (entry?.kind === "mark") return undefined;
    const recorded = entry && recordedConfiguration(entry);
    if (recorded) return recorded;
  }
  return undefined;
}

/** State after the entries of the boots before `bootNumber`, from the snapshot on. */
function stateAfter(entries: Iterable<StoredEntry>, snapshot: Uint8Array, bootNumber: number): Uint8Array {
  let engine: Engine | undefined;
  for (const { sequence, entry } of entries) {
    if (!entry) continue;
    if (entry.kind === "boot" && entry.bootNumber === bootNumber) break;
    const recorded = engine ? undefined : recordedConfiguration(entry);
    if (recorded) engine = createEngine(recorded, snapshot);
    else if (engine) drive(engine, entry, sequence);
  }
  engine?.settle();
  return engine?.snapshot() ?? snapshot;
}

function firstThatWorks(ways: readonly (() => Engine)[]): Restored {
  let fault: string | undefined;
  for (const [index, way] of ways.entries()) {
    try {
      return { engine: way(), ...(fault && { fault }) };
    } catch (error) {
      if (index === ways.length - 1) throw error;
      fault ??= error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
  }
  throw new RangeError("There must be a way to make an engine");
}
