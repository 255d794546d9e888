import type { Command, FeedId, Frame, Site } from "@picket/model";
import { createEngine, type Engine, type EngineOptions, type Ingested, internalFault } from "./engine.ts";
import type { JournalEntry } from "./record/journal-entry.ts";
import type { Recorder } from "./recorder.ts";
import { drive } from "./replay/drive.ts";

/** A new segment, opened by a snapshot, this often: a restart, a recovery or a replay goes through at most this much. */
const SEGMENT_MS = 10_000;
/** Under load sooner, once what came since took this long to decide: a restart has to decide it again before it can warn. */
const SEGMENT_WORK_MS = 400;
/** But not sooner than this: a snapshot of hundreds of tracks takes time and room too. */
const SHORTEST_SEGMENT_MS = 2000;
/** And at the latest when the bytes since the last snapshot come to this much: they are held for a recovery. */
const SEGMENT_BYTES = 32 * 1024 * 1024;
/** An engine that fails this often in a row does not mend: the process ends, and whoever supervises it starts it anew. */
const MOST_FAULTS_IN_A_ROW = 2;

/** The engine at work: what it is given is journalled first, and a fault of ours in it costs one batch of bytes, not the watch. */
export type Decider = {
  bytes(feed: FeedId, chunk: Uint8Array, receivedMs: number, from: string): Ingested;
  /** Answers the command's journal sequence. */
  command(command: Command): number;
  /** The next frame; undefined when a fault cost it. Throws when faults do not end. */
  tick(nowMs: number): Frame | undefined;
  /** Decides on what waits, and leaves all of it in sealed segments. */
  seal(nowMs: number): void;
  site(): Site;
  /** How often the engine failed since the start. */
  faults(): number;
};

type Given = Readonly<{ entry: JournalEntry; sequence: number }>;

export type DeciderOptions = Readonly<{
  engine: Engine;
  engineOptions: EngineOptions;
  recorder: Recorder;
  nowMs: number;
  /** Hears of a fault, in words. */
  report: (fault: string) => void;
  /** How an engine is made again after a fault. */
  create?: typeof createEngine;
}>;

export function createDecider(options: DeciderOptions): Decider {
  const { engine: first, engineOptions, recorder, nowMs: startMs, report, create = createEngine } = options;
  let engine = first;
  let snapshot: Uint8Array;
  let snapshotMs: number;
  /** Given and decided since the snapshot, and how long deciding took. */
  let decided: Given[] = [];
  let decidedBytes = 0;
  let workMs = 0;
  /** Given since the last clock mark. */
  let batch: Given[] = [];
  /** Commands of a batch that failed, to be given once more, and the one of them that is in this batch. */
  let again: readonly Command[] = [];
  let trying: Command | undefined;
  let faults = 0;
  let faultsInARow = 0;

  const openSegment = (nowMs: number) => {
    snapshot = engine.snapshot();
    snapshotMs = nowMs;
    decided = [];
    decidedBytes = 0;
    workMs = 0;
    recorder.beginSegment(snapshot, engineOptions, nowMs);
  };
  const journal = (entry: JournalEntry): number => {
    const sequence = recorder.append(entry);
    batch.push({ entry, sequence });
    return sequence;
  };
  const timed = <T>(work: () => T): T => {
    const startMs = performance.now();
    const done = work();
    workMs += performance.now() - startMs;
    return done;
  };
  const isSegmentDue = (nowMs: number): boolean =>
    nowMs - snapshotMs >= SEGMENT_MS ||
    decidedBytes >= SEGMENT_BYTES ||
    (workMs >= SEGMENT_WORK_MS && nowMs - snapshotMs >= SHORTEST_SEGMENT_MS);
  const giveCommand = (command: Command): number => {
    const sequence = journal({ kind: "command", receivedMs: command.atMs, command });
    engine.command(command);
    return sequence;
  };

  /**
   * Back to the state before the batch that failed. What people said in it is given once more, one command a tick, so that one at fault
   * takes no other with it; the bytes are gone, for they are the likelier cause.
   */
  const recover = (error: unknown, nowMs: number) => {
    faults++;
    if (++faultsInARow > MOST_FAULTS_IN_A_ROW) throw error;
    report(`A fault in deciding; going on without what came last: ${error instanceof Error ? error.stack : String(error)}`);
    if (trying) report(`This command was given twice and failed twice: ${JSON.stringify(trying)}`);
    const commands = batch.flatMap(({ entry }) => (entry.kind === "command" ? [entry.command as Command] : []));
    again = [...again, ...commands.filter((command) => command !== trying)];
    trying = undefined;
    const before = decided;
    batch = [];
    engine = create(engineOptions, snapshot);
    for (const { entry, sequence } of before) drive(engine, entry, sequence);
    openSegment(nowMs);
  };

  openSegment(startMs);
  return {
    bytes(feed, chunk, receivedMs, from) {
      const sequence = journal({ kind: "bytes", feed, from, receivedMs, bytes: chunk });
      decidedBytes += chunk.length;
      try {
        return timed(() => engine.bytes(feed, chunk, receivedMs, from, sequence));
      } catch (error) {
        recover(error, receivedMs);
        return { records: 0, rejected: [internalFault(error)] };
      }
    },
    command: giveCommand,
    tick(nowMs) {
      [trying, ...again] = again;
      if (trying) giveCommand(trying);
      journal({ kind: "mark", nowMs });
      let frame: Frame;
      try {
        frame = timed(() => engine.tick(nowMs));
      } catch (error) {
        recover(error, nowMs);
        return undefined;
      }
      faultsInARow = 0;
      for (const given of batch) decided.push(given);
      batch = [];
      if (isSegmentDue(nowMs)) openSegment(nowMs);
      return frame;
    },
    seal(nowMs) {
      this.tick(nowMs);
      if (decided.length > 0) openSegment(nowMs);
    },
    site: () => engine.site(),
    faults: () => faults,
  };
}
