import { statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { type ChainEntry, type ChainFault, type ChainVerdict, type SegmentEvidence, verifyChain } from "@picket/evidence";
import { createDerivedReader, type DerivedReader } from "./derived-store.ts";
import { decodeEntry, decodeHeader } from "./entry-codec.ts";
import { hashing } from "./evidence-crypto.ts";
import type { StoredEntry } from "./journal-entry.ts";
import { JOURNAL_MIGRATIONS, journalPath } from "./journal-schema.ts";
import { openReadOnly } from "./open-database.ts";

/** A segment's place in the journal. `lastSequence` and `sealedMs` are absent while it runs. */
export type SegmentInfo = Readonly<{
  segment: number;
  firstSequence: number;
  lastSequence?: number;
  openedMs: number;
  sealedMs?: number;
}>;

/** Which entries: one segment's, or all from a sequence on. */
export type EntrySpan = Readonly<{ segment: number }> | Readonly<{ fromSequence: number }>;

/** Reads a journal, also one that is being written or whose process was killed. Synchronous; holds at most one page of entries. */
export type JournalReader = Readonly<{
  segments(): SegmentInfo[];
  /** Oldest first, up to what is on disk when each page is read. Throws on an entry that cannot be decoded, naming it. */
  entries(span: EntrySpan): Generator<StoredEntry>;
  /** The state that opens a segment; `undefined` when there is no such segment or its snapshot was erased. */
  snapshot(segment: number): Uint8Array | undefined;
  /** The newest sequence on disk; 0 in an empty journal. */
  lastSequence(): number;
  /** Recomputes the chain from `fromSegment` (the first unless told), against `publicKey` or else the journal's own. */
  verify(options?: VerifyOptions): ChainVerdict;
  derived: DerivedReader;
  /** SQLite's own check of the file; empty when all is well. `integrity` also compares indexes and takes longer. */
  check(depth: "quick" | "integrity"): string[];
  close(): void;
}>;

export type VerifyOptions = Readonly<{ publicKey?: Uint8Array; fromSegment?: number }>;

/** Rows read at once: each page is a short read, so that a slow replay never holds the writer's log open. */
const PAGE_ROWS = 256;

type EntryRow = Readonly<{ sequence: number; retention: string; body: Uint8Array | null }>;
type ChainRow = EntryRow & Readonly<{ at_ms: number; leaf: Uint8Array; head: Uint8Array; salt: Uint8Array | null }>;
type SegmentRow = Readonly<{
  segment: number;
  first_sequence: number;
  last_sequence: number | null;
  opened_ms: number;
  sealed_ms: number | null;
}>;

/** Opens a data directory, or a file that `backup` made. */
export function openJournalReader(dirOrFile: string): JournalReader {
  const path = statSync(dirOrFile).isDirectory() ? journalPath(dirOrFile) : dirOrFile;
  const database = openReadOnly(path, JOURNAL_MIGRATIONS.length);
  const segments = (): SegmentInfo[] =>
    (
      database
        .prepare(
          "SELECT segment, first_sequence, last_sequence, opened_ms, sealed_ms FROM segments INDEXED BY segment_spans ORDER BY segment",
        )
        .all() as unknown as SegmentRow[]
    ).map(toSegmentInfo);
  return {
    segments,
    entries: (span) => readEntries(database, span),
    snapshot: (segment) => {
      const row = database.prepare("SELECT snapshot FROM segments WHERE segment = ?").get(segment);
      return (row?.["snapshot"] as Uint8Array | null | undefined) ?? undefined;
    },
    lastSequence: () => Number(database.prepare("SELECT max(sequence) AS last FROM entries").get()?.["last"] ?? 0),
    verify: (options) => verifyJournal(database, options ?? {}),
    derived: createDerivedReader(database),
    check: (depth) => {
      const rows = database
        .prepare(`PRAGMA ${depth}_check`)
        .all()
        .map((row) => String(Object.values(row)[0]));
      return rows.length === 1 && rows[0] === "ok" ? [] : rows;
    },
    close: () => database.close(),
  };
}

function* readEntries(database: DatabaseSync, span: EntrySpan): Generator<StoredEntry> {
  const [from, to] = "segment" in span ? bounds(database, span.segment) : [span.fromSequence, Number.MAX_SAFE_INTEGER];
  for (const row of pages<EntryRow>(database, "sequence, retention, body", from, to)) {
    const { sequence, retention, body } = row;
    if (!body) yield { sequence, retention, entry: undefined };
    else {
      const decoded = decodeEntry(body);
      if (!decoded.ok) throw new Error(`Entry ${sequence} of the journal: ${decoded.error.code} (${decoded.error.detail})`);
      yield { sequence, retention: decoded.value.retention, entry: decoded.value.entry };
    }
  }
}

/** Checks the rows' search columns too: under a wrong time or label an entry would be kept too long, or not long enough. */
function verifyJournal(database: DatabaseSync, { publicKey, fromSegment = 1 }: VerifyOptions): ChainVerdict {
  const own = database.prepare("SELECT public_key FROM site").get()?.["public_key"] as Uint8Array;
  const mislabelled: ChainFault[] = [];
  const verdict = verifyChain(hashing, publicKey ?? own, readEvidence(database, fromSegment, mislabelled));
  const [fault] = mislabelled;
  return fault && verdict.ok ? { ok: false, fault } : verdict;
}

function* readEvidence(database: DatabaseSync, fromSegment: number, mislabelled: ChainFault[]): Generator<SegmentEvidence> {
  const next = database.prepare(
    "SELECT segment, opening, seal, signature, snapshot FROM segments WHERE segment >= ? ORDER BY segment LIMIT 1",
  );
  for (let row = next.get(fromSegment); row; row = next.get(Number(row["segment"]) + 1)) {
    const segment = Number(row["segment"]);
    const snapshot = row["snapshot"] as Uint8Array | null;
    const seal = row["seal"] as string | null;
    yield {
      opening: String(row["opening"]),
      ...(snapshot ? { snapshot } : {}),
      ...(seal === null ? {} : { seal: { text: seal, signature: row["signature"] as Uint8Array } }),
      entries: readChain(database, segment, mislabelled),
    };
  }
}

/** Notes the first entry whose columns are not what its octets say. */
function* readChain(database: DatabaseSync, segment: number, mislabelled: ChainFault[]): Generator<ChainEntry> {
  const columns = "sequence, at_ms, retention, leaf, head, salt, body";
  for (const row of pages<ChainRow>(database, columns, ...bounds(database, segment))) {
    const { sequence, leaf, head, salt, body } = row;
    if (!salt || !body) {
      yield { kind: "erased", sequence, leaf, head };
      continue;
    }
    const { timeMs, retention } = decodeHeader(body);
    if (mislabelled.length === 0 && (timeMs !== row.at_ms || retention !== row.retention))
      mislabelled.push({
        code: "bad-entry",
        segment,
        sequence,
        detail: "its time or label in the table is not that of its bytes",
      });
    yield { kind: "whole", sequence, leaf, head, salt, bytes: body };
  }
}

function* pages<Row extends { sequence: number }>(
  database: DatabaseSync,
  columns: string,
  from: number,
  to: number,
): Generator<Row> {
  const page = database.prepare(
    `SELECT ${columns} FROM entries LEFT JOIN bodies USING (sequence)
     WHERE sequence >= ? AND sequence <= ? ORDER BY sequence LIMIT ${PAGE_ROWS}`,
  );
  for (let next = from; ; ) {
    const rows = page.all(next, to) as unknown as Row[];
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_ROWS) return;
    next = last.sequence + 1;
  }
}

/** First and last sequence of a segment; the running one ends where the journal does, a missing one holds nothing. */
function bounds(database: DatabaseSync, segment: number): readonly [number, number] {
  const row = database.prepare("SELECT first_sequence, last_sequence FROM segments WHERE segment = ?").get(segment);
  if (!row) return [1, 0];
  return [Number(row["first_sequence"]), Number(row["last_sequence"] ?? Number.MAX_SAFE_INTEGER)];
}

const toSegmentInfo = (row: SegmentRow): SegmentInfo => ({
  segment: row.segment,
  firstSequence: row.first_sequence,
  openedMs: row.opened_ms,
  ...(row.last_sequence === null ? {} : { lastSequence: row.last_sequence }),
  ...(row.sealed_ms === null ? {} : { sealedMs: row.sealed_ms }),
});
