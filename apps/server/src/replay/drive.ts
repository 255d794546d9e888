import type { Command, FeedId, Frame } from "@picket/model";
import type { Engine } from "../engine.ts";
import type { JournalEntry } from "../record/journal-entry.ts";

/** Gives one journal entry to the engine as it was given live. Answers the frame when the entry was a clock mark. */
export function drive(engine: Engine, entry: JournalEntry, sequence: number): Frame | undefined {
  switch (entry.kind) {
    case "bytes":
      engine.bytes(entry.feed as FeedId, entry.bytes, entry.receivedMs, entry.from, sequence);
      return undefined;
    case "command":
      engine.command(entry.command as Command);
      return undefined;
    case "mark":
      return engine.tick(entry.nowMs);
    case "boot":
    case "configuration":
    case "erasure":
      return undefined;
    default:
      return entry satisfies never;
  }
}
