import type { StatementSync } from "node:sqlite";
import { leafHash } from "@picket/evidence";
import { hashing } from "./evidence-crypto.ts";
import type { Erasure } from "./journal-entry.ts";
import type { JournalStore } from "./journal-store.ts";

/**
 * What may go: entries with a label of `rules` that came before its time. The label `snapshot` stands for the snapshots that open
 * segments, `track-point` and `alert` for what was derived. Only sealed segments are touched, so begin one at least once a day.
 */
export type RetentionPolicy = Readonly<{ rules: readonly RetentionRule[]; holds: readonly Hold[] }>;
export type RetentionRule = Readonly<{ retention: string; beforeMs: number }>;

/** A legal hold: every segment that overlaps this time is kept whole, so that it can still be replayed. Both ends included. */
export type Hold = Readonly<{ fromMs: number; toMs: number }>;

type SegmentSpan = Readonly<{ segment: number; first: number; last: number; openedMs: number; sealedMs: number }>;
type WholeRow = Readonly<{ sequence: number; salt: Uint8Array; body: Uint8Array }>;

/** Rows in one transaction: small, because commits of new entries wait behind it. */
const ROWS_AT_ONCE = 500;

/**
 * Erases what the policy no longer lets us keep. The bytes and salt of an entry are overwritten on disk; its leaf stays and the chain
 * holds. Yields between transactions, so that the caller can let new entries through; returns what was erased.
 */
export function* eraseExpired(store: JournalStore, { rules, holds }: RetentionPolicy): Generator<void, Erasure[]> {
  const erasures: Erasure[] = [];
  for (const rule of rules) {
    if (rule.retention === "track-point") yield* deleteDerived(store, "track_points", "now_ms", rule.beforeMs, holds);
    else if (rule.retention === "alert") yield* deleteDerived(store, "alerts", "opened_ms", rule.beforeMs, holds);
    else
      for (const span of unerasedSegments(store, rule)) {
        const isHeld = holds.some((hold) => hold.fromMs <= span.sealedMs && hold.toMs >= span.openedMs);
        if (isHeld) continue;
        const entries = rule.retention === "snapshot" ? eraseSnapshot(store, span, rule) : yield* eraseEntries(store, span, rule);
        if (entries > 0) erasures.push({ segment: span.segment, retention: rule.retention, beforeMs: rule.beforeMs, entries });
        if (span.sealedMs < rule.beforeMs) markErased(store, span.segment, rule.retention);
      }
    yield;
  }
  store.checkpoint();
  return erasures;
}

function unerasedSegments({ database }: JournalStore, { retention, beforeMs }: RetentionRule): SegmentSpan[] {
  const rows = database
    .prepare(
      `SELECT segment, first_sequence AS first, last_sequence AS last, opened_ms AS openedMs, sealed_ms AS sealedMs FROM segments
       WHERE sealed_ms IS NOT NULL AND min(opened_ms, sealed_ms) < ?
         AND NOT EXISTS (SELECT 1 FROM erased WHERE erased.segment = segments.segment AND erased.retention = ?)
       ORDER BY segment`,
    )
    .all(beforeMs, retention);
  return rows as unknown as SegmentSpan[];
}

function* eraseEntries({ database }: JournalStore, span: SegmentSpan, rule: RetentionRule): Generator<void, number> {
  const next = database.prepare(
    `SELECT sequence, salt, body FROM entries
     WHERE sequence > ? AND sequence <= ? AND retention = ? AND at_ms < ? AND body IS NOT NULL ORDER BY sequence LIMIT ${ROWS_AT_ONCE}`,
  );
  const erase = database.prepare("UPDATE entries SET leaf = ?, salt = NULL, body = NULL WHERE sequence = ?");
  let erased = 0;
  for (let after = span.first - 1; ; yield) {
    const rows = next.all(after, span.last, rule.retention, rule.beforeMs) as unknown as WholeRow[];
    const last = rows.at(-1);
    if (!last) return erased;
    inTransaction(database, () => {
      for (const { sequence, salt, body } of rows) erase.run(leafHash(hashing, salt, body), sequence);
    });
    erased += rows.length;
    after = last.sequence;
  }
}

function eraseSnapshot({ database }: JournalStore, span: SegmentSpan, rule: RetentionRule): number {
  if (span.sealedMs >= rule.beforeMs) return 0;
  const { changes } = database
    .prepare("UPDATE segments SET snapshot = NULL WHERE segment = ? AND snapshot IS NOT NULL")
    .run(span.segment);
  return Number(changes);
}

function* deleteDerived(
  { database }: JournalStore,
  table: "track_points" | "alerts",
  time: "now_ms" | "opened_ms",
  beforeMs: number,
  holds: readonly Hold[],
): Generator<void, void> {
  const key = table === "track_points" ? "(track_id, now_ms)" : "alert_id";
  const held = holds.map(() => ` AND ${time} NOT BETWEEN ? AND ?`).join("");
  const doomed = `SELECT ${key.replace(/[()]/g, "")} FROM ${table} WHERE ${time} < ?${held} LIMIT ${ROWS_AT_ONCE}`;
  const remove: StatementSync = database.prepare(`DELETE FROM ${table} WHERE ${key} IN (${doomed})`);
  while (Number(remove.run(beforeMs, ...holds.flatMap(({ fromMs, toMs }) => [fromMs, toMs])).changes) > 0) yield;
}

const markErased = ({ database }: JournalStore, segment: number, retention: string): void => {
  database.prepare("INSERT OR IGNORE INTO erased VALUES (?, ?)").run(segment, retention);
};

function inTransaction(database: JournalStore["database"], change: () => void): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    change();
    database.exec("COMMIT");
  } catch (cause) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw cause;
  }
}
