import type { AlertRecord, DerivedBatch, FrameHash, TrackPoint } from "./derived.ts";
import { encodeEntry } from "./entry-codec.ts";
import type { AppendOptions, JournalEntry, ShedClass } from "./journal-entry.ts";
import type { JournalBatch, SegmentStart } from "./journal-store.ts";

/** Share of the queue at which a class of bytes is refused. */
const REFUSED_AT: Readonly<Record<ShedClass, number>> = { bulk: 0.5, normal: 0.75, vital: 0.9 };
/** What an entry costs beside its octets. */
const ENTRY_OVERHEAD = 64;
const DERIVED_COST = 256;
const BATCH_BYTES = 4 * 1024 * 1024;

/** Counted since the start; a health page shows them. */
export type QueueCounters = {
  appended: number;
  refused: Record<ShedClass, number>;
  refusedBytes: number;
  mergedMarks: number;
  refusedDerived: number;
};

/**
 * What waits for the disk, bounded by `maxBytes`. Beyond a half, bytes of class `bulk` are refused, beyond three quarters `normal`,
 * beyond nine tenths `vital`; track points and frame hashes beyond a quarter. Commands, configurations and snapshots are always
 * taken: people make them, at their own speed. When full, a mark that follows a mark takes its place. Of an alert only the newest
 * form waits.
 */
export class PendingQueue {
  readonly counters: QueueCounters = {
    appended: 0,
    refused: { bulk: 0, normal: 0, vital: 0 },
    refusedBytes: 0,
    mergedMarks: 0,
    refusedDerived: 0,
  };
  readonly #maxBytes: number;
  #nextSequence: number;
  #entries: Uint8Array[] = [];
  #segments: SegmentStart[] = [];
  #trackPoints: TrackPoint[] = [];
  #frames: FrameHash[] = [];
  #alerts = new Map<string, AlertRecord>();
  #waitingBytes = 0;
  #flyingBytes = 0;

  constructor(maxBytes: number, nextSequence: number) {
    this.#maxBytes = maxBytes;
    this.#nextSequence = nextSequence;
  }

  get lastSequence(): number {
    return this.#nextSequence - 1;
  }

  /** Octets held, under way to the disk included. */
  get bytes(): number {
    return this.#waitingBytes + this.#flyingBytes;
  }

  get isEmpty(): boolean {
    return (
      this.#entries.length + this.#segments.length + this.#trackPoints.length + this.#frames.length + this.#alerts.size === 0
    );
  }

  /** The entry's sequence, or `undefined` when it was refused. */
  append(entry: JournalEntry, { shed = "normal", retention }: AppendOptions = {}): number | undefined {
    if (entry.kind === "bytes" && this.bytes >= REFUSED_AT[shed] * this.#maxBytes) {
      this.counters.refused[shed]++;
      this.counters.refusedBytes += entry.bytes.length;
      return undefined;
    }
    const octets = encodeEntry(entry, retention);
    const isFull = this.bytes >= this.#maxBytes;
    if (entry.kind === "mark" && isFull && this.#lastIsMark(octets)) {
      this.#entries[this.#entries.length - 1] = octets;
      this.counters.mergedMarks++;
      return this.lastSequence;
    }
    this.#entries.push(octets);
    this.#waitingBytes += octets.length + ENTRY_OVERHEAD;
    this.counters.appended++;
    return this.#nextSequence++;
  }

  beginSegment(snapshot: Uint8Array, nowMs: number): void {
    this.#segments.push({ beforeSequence: this.#nextSequence, snapshot: snapshot.slice(), nowMs });
    this.#waitingBytes += snapshot.length + ENTRY_OVERHEAD;
  }

  addTrackPoints(points: readonly TrackPoint[]): void {
    if (!this.#hasRoomForDerived(points.length)) return;
    this.#trackPoints.push(...points);
    this.#waitingBytes += points.length * DERIVED_COST;
  }

  addFrameHash(frame: FrameHash): void {
    if (!this.#hasRoomForDerived(1)) return;
    this.#frames.push(frame);
    this.#waitingBytes += DERIVED_COST;
  }

  putAlert(record: AlertRecord): void {
    this.#alerts.set(record.alertId, record);
  }

  /** Hands over what waits, at most 4 MiB of it; it counts as held until {@link landed}. */
  take(): JournalBatch {
    const firstSequence = this.#nextSequence - this.#entries.length;
    const count = this.#countFor(BATCH_BYTES);
    const isAll = count === this.#entries.length;
    const taken = isAll ? this.#entries : this.#entries.slice(0, count);
    this.#entries = isAll ? [] : this.#entries.slice(count);
    const end = firstSequence + count;
    const segments = this.#segments.filter((segment) => segment.beforeSequence <= end);
    this.#segments = this.#segments.filter((segment) => segment.beforeSequence > end);
    const derived = this.#takeDerived();
    const packed = pack(taken);
    const snapshotBytes = segments.reduce((sum, { snapshot }) => sum + snapshot.length + ENTRY_OVERHEAD, 0);
    const derivedBytes = (derived.trackPoints.length + derived.frames.length) * DERIVED_COST;
    this.#flyingBytes = packed.octets.length + count * ENTRY_OVERHEAD + snapshotBytes + derivedBytes;
    this.#waitingBytes -= this.#flyingBytes;
    return { firstSequence, ...packed, segments, derived };
  }

  /** The batch last taken is on disk. */
  landed(): void {
    this.#flyingBytes = 0;
  }

  #hasRoomForDerived(count: number): boolean {
    const hasRoom = this.bytes < this.#maxBytes / 4;
    if (!hasRoom) this.counters.refusedDerived += count;
    return hasRoom;
  }

  #takeDerived(): DerivedBatch {
    const derived = { trackPoints: this.#trackPoints, alerts: [...this.#alerts.values()], frames: this.#frames };
    this.#trackPoints = [];
    this.#frames = [];
    this.#alerts.clear();
    return derived;
  }

  /** Whether nothing came between: the first octet of an entry is its kind. */
  #lastIsMark(mark: Uint8Array): boolean {
    const last = this.#entries.at(-1);
    const isBeforeSegment = this.#segments.at(-1)?.beforeSequence === this.#nextSequence;
    return last !== undefined && !isBeforeSegment && last[0] === mark[0];
  }

  #countFor(maxBytes: number): number {
    let bytes = 0;
    for (const [index, entry] of this.#entries.entries()) {
      bytes += entry.length;
      if (bytes > maxBytes && index > 0) return index;
    }
    return this.#entries.length;
  }
}

function pack(entries: readonly Uint8Array[]): Pick<JournalBatch, "octets" | "ends"> {
  const ends = new Uint32Array(entries.length);
  let length = 0;
  for (const [index, entry] of entries.entries()) {
    length += entry.length;
    ends[index] = length;
  }
  const octets = new Uint8Array(length);
  for (const [index, entry] of entries.entries()) octets.set(entry, (ends[index] ?? 0) - entry.length);
  return { octets, ends };
}
