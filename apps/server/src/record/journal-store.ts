import { type KeyObject, randomFillSync } from "node:crypto";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import {
  chainHead,
  type EvidenceCrypto,
  HASH_LENGTH,
  leafHash,
  type Opening,
  openingHead,
  openingText,
  parseOpening,
  SALT_LENGTH,
  sealHash,
  signSeal,
  toHex,
} from "@picket/evidence";
import type { DerivedBatch } from "./derived.ts";
import { createDerivedWriter, type DerivedWriter } from "./derived-store.ts";
import { decodeHeader, encodeEntry } from "./entry-codec.ts";
import { evidenceCrypto, rawPublicKey } from "./evidence-crypto.ts";
import { JOURNAL_MIGRATIONS, journalPath } from "./journal-schema.ts";
import { inTransaction, openDatabase } from "./open-database.ts";

/** Entries in a row, one after another in `octets`; entry i ends at `ends[i]`. */
export type JournalBatch = Readonly<{
  firstSequence: number;
  octets: Uint8Array;
  ends: Uint32Array;
  segments: readonly SegmentStart[];
  derived: DerivedBatch;
}>;

/** Seals the running segment in front of entry `beforeSequence` and opens the next with `snapshot`. */
export type SegmentStart = Readonly<{ beforeSequence: number; snapshot: Uint8Array; nowMs: number }>;

/** Where the chain stands. Replaced only after a commit: what failed to commit never happened. */
type Tip = Readonly<{ opening: Opening; head: Uint8Array; nextSequence: number }>;

/** The file belongs to another key: its chain cannot be carried on under this one. */
export class ForeignKeyError extends Error {}

/**
 * The one writer of a journal: synchronous, for a thread of its own. Every call is one transaction, on disk when it returns. After a
 * call that threw, nothing of it is in the file and the same call may be made again.
 */
export class JournalStore {
  readonly database: DatabaseSync;
  readonly #busyTimeoutMs: number;
  readonly #crypto: EvidenceCrypto;
  readonly #insertEntry: StatementSync;
  readonly #insertBody: StatementSync;
  readonly #writeDerived: DerivedWriter;
  #tip: Tip | undefined;

  constructor(dir: string, siteKey: KeyObject, busyTimeoutMs: number) {
    this.#busyTimeoutMs = busyTimeoutMs;
    this.database = openDatabase(journalPath(dir), { migrations: JOURNAL_MIGRATIONS, busyTimeoutMs });
    this.#crypto = evidenceCrypto(siteKey);
    try {
      this.#bindKey(rawPublicKey(siteKey));
      this.#tip = this.#readTip();
      this.#insertEntry = this.database.prepare("INSERT INTO entries VALUES (?, ?, ?, ?, ?)");
      this.#insertBody = this.database.prepare("INSERT INTO bodies VALUES (?, ?, ?)");
      this.#writeDerived = createDerivedWriter(this.database);
    } catch (cause) {
      this.database.close();
      throw cause;
    }
  }

  /** The newest entry on disk; 0 before the first. */
  get lastSequence(): number {
    return (this.#tip?.nextSequence ?? 1) - 1;
  }

  get lastBootNumber(): number {
    return Number(this.database.prepare("SELECT max(boot_number) AS boot FROM boots").get()?.["boot"] ?? 0);
  }

  /** Writes the boot entry; in a new journal it opens segment 1, with no snapshot to start from. */
  boot(bootNumber: number, version: string, nowMs: number): void {
    this.#transact(() => {
      this.database.prepare("INSERT INTO boots VALUES (?, ?, ?)").run(bootNumber, nowMs, version);
      const tip = this.#tip ?? this.#openSegment(undefined, new Uint8Array(0), nowMs);
      const octets = encodeEntry({ kind: "boot", bootNumber, version, nowMs });
      return this.#addEntry(tip, octets, newSalts(1));
    });
  }

  /** Adds a batch that begins where the journal ends. */
  write(batch: JournalBatch): void {
    this.#transact((start) => {
      if (!start || start.nextSequence !== batch.firstSequence)
        throw new RangeError(`The journal goes on at ${start?.nextSequence ?? "its boot entry"}, got ${batch.firstSequence}`);
      let tip = start;
      let nextSegment = 0;
      const openDue = () => {
        for (; batch.segments[nextSegment]?.beforeSequence === tip.nextSequence; nextSegment++) {
          const { snapshot, nowMs } = batch.segments[nextSegment] as SegmentStart;
          tip = this.#openSegment(this.#sealSegment(tip, nowMs), snapshot, nowMs);
        }
      };
      const salts = newSalts(batch.ends.length);
      let at = 0;
      for (const [index, end] of batch.ends.entries()) {
        openDue();
        tip = this.#addEntry(tip, batch.octets.subarray(at, end), salts.subarray(index * SALT_LENGTH));
        at = end;
      }
      openDue();
      this.#writeDerived(batch.derived);
      return tip;
    });
  }

  /** Empties the log into the file and shortens it to nothing; later, when a reader is on it: nothing waits for that here. */
  checkpoint(): void {
    this.database.exec("PRAGMA busy_timeout = 0");
    try {
      this.database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    } finally {
      this.database.exec(`PRAGMA busy_timeout = ${this.#busyTimeoutMs}`);
    }
  }

  close(): void {
    this.database.close();
  }

  #transact(change: (tip: Tip | undefined) => Tip): void {
    this.#tip = inTransaction(this.database, () => change(this.#tip));
  }

  #addEntry({ opening, head, nextSequence }: Tip, octets: Uint8Array, salts: Uint8Array): Tip {
    const salt = salts.subarray(0, SALT_LENGTH);
    const leaf = leafHash(this.#crypto, salt, octets);
    const next = chainHead(this.#crypto, head, leaf);
    const { timeMs, retention } = decodeHeader(octets);
    this.#insertEntry.run(nextSequence, timeMs, retention, leaf, next);
    this.#insertBody.run(nextSequence, salt, octets);
    return { opening, head: next, nextSequence: nextSequence + 1 };
  }

  #sealSegment({ opening, head, nextSequence }: Tip, nowMs: number): SealedTip {
    const lastSequence = nextSequence - 1;
    const count = nextSequence - opening.firstSequence;
    const seal = signSeal(this.#crypto, { ...opening, lastSequence, count, head: toHex(head), sealedMs: nowMs });
    this.database
      .prepare("UPDATE segments SET last_sequence = ?, sealed_ms = ?, seal = ?, signature = ? WHERE segment = ?")
      .run(lastSequence, nowMs, seal.text, seal.signature, opening.segment);
    return { segment: opening.segment, nextSequence, sealHash: sealHash(this.#crypto, seal) };
  }

  #openSegment(before: SealedTip | undefined, snapshot: Uint8Array, nowMs: number): Tip {
    const opening: Opening = {
      version: 1,
      segment: (before?.segment ?? 0) + 1,
      firstSequence: before?.nextSequence ?? 1,
      openedMs: nowMs,
      snapshotHash: toHex(this.#crypto.sha256(snapshot)),
      ...(before ? { previousSeal: before.sealHash } : {}),
    };
    this.database
      .prepare("INSERT INTO segments (segment, first_sequence, opened_ms, opening, snapshot) VALUES (?, ?, ?, ?, ?)")
      .run(opening.segment, opening.firstSequence, nowMs, openingText(opening), snapshot);
    return { opening, head: openingHead(this.#crypto, opening), nextSequence: opening.firstSequence };
  }

  #readTip(): Tip | undefined {
    const row = this.database.prepare("SELECT opening FROM segments ORDER BY segment DESC LIMIT 1").get();
    if (!row) return undefined;
    const opening = parseOpening(String(row["opening"]));
    if (!opening) throw new DamagedJournalError("the opening of the running segment cannot be read");
    const last = this.database.prepare("SELECT sequence, head FROM entries ORDER BY sequence DESC LIMIT 1").get();
    const lastSequence = Number(last?.["sequence"] ?? 0);
    if (!last || lastSequence < opening.firstSequence)
      return { opening, head: openingHead(this.#crypto, opening), nextSequence: opening.firstSequence };
    const head = last["head"] as Uint8Array;
    if (head.length !== HASH_LENGTH) throw new DamagedJournalError(`the head of entry ${lastSequence} has ${head.length} octets`);
    return { opening, head, nextSequence: lastSequence + 1 };
  }

  #bindKey(publicKey: Uint8Array): void {
    this.database.prepare("INSERT OR IGNORE INTO site VALUES (1, ?)").run(publicKey);
    const row = this.database.prepare("SELECT public_key FROM site").get();
    if (toHex(row?.["public_key"] as Uint8Array) !== toHex(publicKey))
      throw new ForeignKeyError("the journal was written under another site key");
  }
}

/** What SQLite's own checks cannot see: rows that are whole but make no sense. */
export class DamagedJournalError extends Error {}

type SealedTip = Readonly<{ segment: number; nextSequence: number; sealHash: string }>;

const newSalts = (count: number): Uint8Array => randomFillSync(new Uint8Array(count * SALT_LENGTH));
