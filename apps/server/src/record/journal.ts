import { mkdirSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { backUpJournal } from "./back-up.ts";
import type { AlertRecord, FrameHash, TrackPoint } from "./derived.ts";
import { checkIntegrity, type IntegrityDepth, type IntegrityFindings } from "./integrity-check.ts";
import type { AppendOptions, Erasure, JournalEntry } from "./journal-entry.ts";
import { PendingQueue, type QueueCounters } from "./pending-queue.ts";
import type { RetentionPolicy } from "./retention.ts";
import type { FromWriter, SetAside, StopReason, ToWriter, WriterStart } from "./writer-messages.ts";

export type JournalOptions = Readonly<{
  /** The data directory, on a local disk; made when missing. One process at a time. */
  dir: string;
  /** The program's version, for the boot entry. */
  version: string;
  nowMs: () => number;
  /** How long a commit gathers what comes in, at most; 4 ms unless told. Fewer, larger commits spare the disk. */
  gatherMs?: number;
  /** The most that waits in memory; 64 MiB unless told. {@link PendingQueue} says what is refused beyond. */
  queueBytes?: number;
  /** Room kept for the day the disk is full; 16 MiB unless told. Below 6 MiB there may be too little to erase anything in. */
  ballastBytes?: number;
  /** A commit that takes longer than this counts as stopped; 1,500 ms unless told. */
  overdueMs?: number;
  /** How long the writer waits for another connection's lock; 5,000 ms unless told. */
  busyTimeoutMs?: number;
  /** When after the start the file is checked: later than a restart's first seconds. 5,000 ms unless told. */
  checkAfterMs?: number;
}>;

/** `stopped` is an alarm: what happens now may be lost. Alerts go on, and recording resumes by itself. */
export type RecordState =
  | Readonly<{ kind: "recording" }>
  | Readonly<{ kind: "stopped"; why: StopReason | "overdue" | "writer-died"; detail: string }>;

export type JournalCounters = Readonly<
  QueueCounters & { commits: number; stops: number; queuedBytes: number; queueLimitBytes: number; freeBytes: number | undefined }
>;

/** The record of everything that came in. Nothing here blocks; a writer thread has the disk. */
export type Journal = Readonly<{
  /** One more than the last time, on disk before the journal opened, never used twice. */
  bootNumber: number;
  /** The journal found at the start could not be carried on: an operator must know. */
  setAside: SetAside | undefined;
  /** SQLite's quick check, made once at the start in the background. */
  startCheck: Promise<IntegrityFindings>;
  /** Sequence of the newest entry that is safe on disk. */
  readonly committed: number;
  readonly state: RecordState;
  readonly counters: JournalCounters;
  /** Answers the entry's sequence at once; `undefined` when it was refused because too much waits. */
  append(entry: JournalEntry, options?: AppendOptions): number | undefined;
  /** Seals the running segment after what was appended so far, and opens the next with `snapshot`. */
  beginSegment(snapshot: Uint8Array): void;
  addTrackPoints(points: readonly TrackPoint[]): void;
  putAlert(record: AlertRecord): void;
  addFrameHash(frame: FrameHash): void;
  /** `listener` hears the newest sequence on disk after each commit. Answers how to stop. */
  onCommit(listener: (sequence: number) => void): () => void;
  onState(listener: (state: RecordState) => void): () => void;
  /** Erases what the policy no longer lets us keep, and journals what it erased. */
  retain(policy: RetentionPolicy): Promise<readonly Erasure[]>;
  /** Copies the journal to the new file `path` while recording goes on; the private key is not in it. Answers its length. */
  backup(path: string): Promise<number>;
  /** Reads the whole file in the background; `integrity` is for once a week. */
  check(depth: IntegrityDepth): Promise<IntegrityFindings>;
  /** Commits what waits, or tries once more when stopped. Answers how many entries could not be written. */
  close(): Promise<number>;
}>;

const DEFAULTS = {
  gatherMs: 4,
  queueBytes: 64 * 1024 * 1024,
  ballastBytes: 16 * 1024 * 1024,
  overdueMs: 1_500,
  busyTimeoutMs: 5_000,
  checkAfterMs: 5_000,
};
const RECORDING: RecordState = { kind: "recording" };

/**
 * Opens the journal of a data directory, or makes one. The boot entry is on disk when this resolves. Rejects when another process has
 * the directory, when it is on a network file system, or when not even the boot entry can be written.
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const settings = { ...DEFAULTS, ...options };
  mkdirSync(settings.dir, { recursive: true, mode: 0o700 });
  const { dir, version, ballastBytes, busyTimeoutMs } = settings;
  const workerData: WriterStart = { dir, version, nowMs: settings.nowMs(), ballastBytes, busyTimeoutMs };
  const worker = new Worker(new URL("./writer-thread.ts", import.meta.url), { workerData, name: "journal" });
  const opened = await new Promise<Opened>((resolve, reject) => {
    worker.once("error", reject);
    worker.once("message", (message: FromWriter) => {
      if (message.kind === "opened") resolve(message);
      else reject(message.kind === "refused" ? message.error : new Error(`The journal's writer began with ${message.kind}`));
    });
  });
  worker.removeAllListeners("error");
  return new RunningJournal(worker, opened, settings);
}

type Opened = Extract<FromWriter, { kind: "opened" }>;
type Settings = Required<JournalOptions>;
type Waiting = Readonly<{ resolve: (erasures: readonly Erasure[]) => void; reject: (error: unknown) => void }>;

class RunningJournal implements Journal {
  readonly bootNumber: number;
  readonly setAside: SetAside | undefined;
  readonly startCheck: Promise<IntegrityFindings>;
  readonly #ending = new AbortController();
  readonly #worker: Worker;
  readonly #settings: Settings;
  readonly #queue: PendingQueue;
  readonly #onCommit = new Set<(sequence: number) => void>();
  readonly #onState = new Set<(state: RecordState) => void>();
  readonly #requests = new Map<number, Waiting>();
  #lastRequest = 0;
  #committed: number;
  #state: RecordState = RECORDING;
  #commits = 0;
  #stops = 0;
  #freeBytes: number | undefined;
  #gathering: NodeJS.Timeout | undefined;
  #overdue: NodeJS.Timeout | undefined;
  #isFlying = false;
  #closing: { resolve: (unwritten: number) => void } | undefined;
  #isClosed = false;

  constructor(worker: Worker, opened: Opened, settings: Settings) {
    this.bootNumber = opened.bootNumber;
    this.setAside = opened.setAside;
    this.#worker = worker;
    this.#settings = settings;
    this.#committed = opened.sequence;
    this.#queue = new PendingQueue(settings.queueBytes, opened.sequence + 1);
    this.startCheck = pause(settings.checkAfterMs, undefined, { signal: this.#ending.signal, ref: false }).then(
      () => this.check("quick"),
      () => ({ kind: "unfinished", why: "closed" }),
    );
    worker.on("message", (message: FromWriter) => this.#hear(message));
    worker.on("error", (error) => this.#writerDied(String(error)));
    worker.on("exit", (code) => this.#writerDied(`exit code ${code}`));
  }

  get committed(): number {
    return this.#committed;
  }

  get state(): RecordState {
    return this.#state;
  }

  get counters(): JournalCounters {
    return {
      ...this.#queue.counters,
      refused: { ...this.#queue.counters.refused },
      commits: this.#commits,
      stops: this.#stops,
      queuedBytes: this.#queue.bytes,
      queueLimitBytes: this.#settings.queueBytes,
      freeBytes: this.#freeBytes,
    };
  }

  append(entry: JournalEntry, options?: AppendOptions): number | undefined {
    this.#refuseWhenClosing();
    const sequence = this.#queue.append(entry, options);
    this.#gather();
    return sequence;
  }

  beginSegment(snapshot: Uint8Array): void {
    this.#refuseWhenClosing();
    this.#queue.beginSegment(snapshot, this.#settings.nowMs());
    this.#gather();
  }

  addTrackPoints(points: readonly TrackPoint[]): void {
    this.#queue.addTrackPoints(points);
    this.#gather();
  }

  putAlert(record: AlertRecord): void {
    this.#queue.putAlert(record);
    this.#gather();
  }

  addFrameHash(frame: FrameHash): void {
    this.#queue.addFrameHash(frame);
    this.#gather();
  }

  onCommit(listener: (sequence: number) => void): () => void {
    this.#onCommit.add(listener);
    return () => this.#onCommit.delete(listener);
  }

  onState(listener: (state: RecordState) => void): () => void {
    this.#onState.add(listener);
    return () => this.#onState.delete(listener);
  }

  async retain(policy: RetentionPolicy): Promise<readonly Erasure[]> {
    if (this.#isClosed) throw new Error("The journal is closed");
    const id = ++this.#lastRequest;
    const erasures = await new Promise<readonly Erasure[]>((resolve, reject) => {
      this.#requests.set(id, { resolve, reject });
      this.#tell({ kind: "retain", id, policy });
    });
    for (const erasure of erasures) this.append({ kind: "erasure", nowMs: this.#settings.nowMs(), erasure });
    return erasures;
  }

  backup(path: string): Promise<number> {
    return backUpJournal(this.#settings.dir, path);
  }

  check(depth: IntegrityDepth): Promise<IntegrityFindings> {
    return checkIntegrity(this.#settings.dir, depth, this.#ending.signal);
  }

  close(): Promise<number> {
    this.#refuseWhenClosing();
    this.#ending.abort();
    return new Promise((resolve) => {
      this.#closing = { resolve };
      if (this.#isClosed) resolve(this.#queue.lastSequence - this.#committed);
      else this.#flush();
    });
  }

  #gather(): void {
    if (this.#isFlying || this.#gathering || this.#isClosed) return;
    this.#gathering = setTimeout(() => this.#flush(), this.#settings.gatherMs);
  }

  /** Sends what waits unless a batch is under way; when closing and nothing waits, ends the writer. */
  #flush(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    if (this.#closing && (this.#state.kind === "stopped" || (!this.#isFlying && this.#queue.isEmpty))) {
      this.#tell({ kind: "close" });
      return;
    }
    if (this.#isFlying || this.#queue.isEmpty) return;
    this.#isFlying = true;
    const batch = this.#queue.take();
    const detail = `no answer from the disk for ${this.#settings.overdueMs} ms`;
    this.#overdue = setTimeout(() => this.#enter({ kind: "stopped", why: "overdue", detail }), this.#settings.overdueMs);
    this.#tell({ kind: "batch", batch }, [batch.octets.buffer as ArrayBuffer]);
  }

  #hear(message: FromWriter): void {
    switch (message.kind) {
      case "committed":
        this.#land(message.sequence, message.freeBytes);
        return;
      case "stopped":
        this.#freeBytes = message.freeBytes;
        this.#enter({ kind: "stopped", why: message.why, detail: message.detail });
        if (this.#closing) this.#flush();
        return;
      case "retained":
        this.#requests.get(message.id)?.resolve(message.erasures);
        this.#requests.delete(message.id);
        return;
      case "failed":
        this.#requests.get(message.id)?.reject(message.error);
        this.#requests.delete(message.id);
        return;
      case "closed":
        this.#isClosed = true;
        this.#closing?.resolve(this.#queue.lastSequence - this.#committed);
        return;
      case "refused":
        this.#writerDied(String(message.error));
        return;
      case "opened":
        this.#writerDied("it opened twice");
        return;
      default:
        message satisfies never;
    }
  }

  #land(sequence: number, freeBytes: number): void {
    clearTimeout(this.#overdue);
    this.#isFlying = false;
    this.#queue.landed();
    this.#commits++;
    this.#committed = sequence;
    this.#freeBytes = freeBytes;
    this.#enter(RECORDING);
    for (const listener of this.#onCommit) listener(sequence);
    if (this.#closing) this.#flush();
    else if (!this.#queue.isEmpty) this.#gather();
  }

  #enter(state: RecordState): void {
    if (state.kind === "stopped") clearTimeout(this.#overdue);
    if (state.kind === this.#state.kind && (state.kind === "recording" || sameReason(state, this.#state))) return;
    if (state.kind === "stopped" && this.#state.kind === "recording") this.#stops++;
    this.#state = state;
    for (const listener of this.#onState) listener(state);
  }

  /** Rare, and never silent: entries wait in memory and are refused in their order, until the process is started anew. */
  #writerDied(detail: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#enter({ kind: "stopped", why: "writer-died", detail });
    for (const { reject } of this.#requests.values()) reject(new Error(`The journal's writer died: ${detail}`));
    this.#requests.clear();
    this.#closing?.resolve(this.#queue.lastSequence - this.#committed);
  }

  #tell(message: ToWriter, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  #refuseWhenClosing(): void {
    if (this.#closing) throw new Error("The journal is closed");
  }
}

const sameReason = (a: RecordState, b: RecordState): boolean => a.kind === "stopped" && b.kind === "stopped" && a.why === b.why;
