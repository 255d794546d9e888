import type { DatabaseSync } from "node:sqlite";
import type { Erasure } from "./journal-entry.ts";
import { inTransaction } from "./open-database.ts";

/**
 * What may go: entries with the label `retention` that came before `beforeMs`. The label `snapshot` stands for the snapshots that
 * open segments; `track-point`, `alert` and `frame` for what was derived. Only sealed segments are touched.
 */
export type RetentionPolicy = Readonly<{ rules: readonly RetentionRule[]; holds: readonly Hold[] }>;
export type RetentionRule = Readonly<{ retention: string; beforeMs: number }>;

/** A legal hold: every segment that overlaps this time is kept whole, so that it can still be replayed. Both ends included. */
export type Hold = Readonly<{ fromMs: number; toMs: number }>;

/** One transaction is small: commits of new entries wait behind it, and on a full disk it must fit into what the ballast left. */
const ROWS_AT_ONCE = 500;
const BYTES_AT_ONCE = 256 * 1024;
/** Rows and segments read at once. */
const PAGE_ROWS = 256;

const DERIVED = new Map([
  ["track-point", { table: "track_points", key: "track_id, now_ms", time: "now_ms" }],
  ["alert", { table: "alerts", key: "alert_id", time: "opened_ms" }],
  ["frame", { table: "frames", key: "sequence", time: "now_ms" }],
]);

/**
 * Erases what the policy no longer lets us keep. The bytes and salt of an entry are overwritten; its leaf stays and the chain holds.
 * Yields between transactions, so that the caller can let new entries through; returns what was erased from the chain.
 */
export function* eraseExpired(database: DatabaseSync, { rules, holds }: RetentionPolicy): Generator<void, Erasure[]> {
  const erasures: Erasure[] = [];
  for (const rule of rules) {
    if (DERIVED.has(rule.retention)) yield* deleteDerived(database, rule, holds);
    else {
      const erasure = yield* eraseFromChain(database, rule, holds);
      if (erasure) erasures.push(erasure);
    }
  }
  return erasures;
}

type SegmentSpan = Readonly<{ segment: number; first: number; last: number; openedMs: number; sealedMs: number }>;
type ExpiredRow = Readonly<{ sequence: number; bytes: number }>;
type Work =
  | Readonly<{ kind: "entry"; segment: number; row: ExpiredRow }>
  | Readonly<{ kind: "snapshot"; segment: number }>
  | Readonly<{ kind: "finished"; segment: number }>;

function* eraseFromChain(
  database: DatabaseSync,
  rule: RetentionRule,
  holds: readonly Hold[],
): Generator<void, Erasure | undefined> {
  const eraseEntry = database.prepare("DELETE FROM bodies WHERE sequence = ?");
  const eraseSnapshot = database.prepare("UPDATE segments SET snapshot = NULL WHERE segment = ? AND snapshot IS NOT NULL");
  const finish = database.prepare("INSERT INTO erased VALUES (?, ?)");
  let erasure: Erasure | undefined;
  const count = (segment: number, entries: number) => {
    const { retention, beforeMs } = rule;
    if (entries > 0)
      erasure = {
        retention,
        beforeMs,
        fromSegment: erasure?.fromSegment ?? segment,
        toSegment: segment,
        entries: (erasure?.entries ?? 0) + entries,
      };
  };
  const work = expiredWork(database, rule, holds);
  for (let slice = takeSlice(work); slice.length > 0; slice = takeSlice(work)) {
    inTransaction(database, () => {
      for (const item of slice) {
        if (item.kind === "finished") finish.run(item.segment, rule.retention);
        else if (item.kind === "snapshot") count(item.segment, Number(eraseSnapshot.run(item.segment).changes));
        else count(item.segment, Number(eraseEntry.run(item.row.sequence).changes));
      }
    });
    yield;
  }
  return erasure;
}

/** What is to be erased, segment by segment. A segment is finished once nothing in it can expire later. */
function* expiredWork(database: DatabaseSync, rule: RetentionRule, holds: readonly Hold[]): Generator<Work> {
  const nextRows = database.prepare(
    `SELECT sequence, length(body) AS bytes FROM bodies CROSS JOIN entries USING (sequence)
     WHERE sequence > ? AND sequence <= ? AND retention = ? AND at_ms < ? ORDER BY sequence LIMIT ${PAGE_ROWS}`,
  );
  for (const { segment, first, last, openedMs, sealedMs } of unfinishedSegments(database, rule)) {
    if (holds.some((hold) => hold.fromMs <= sealedMs && hold.toMs >= openedMs)) continue;
    const isPast = sealedMs < rule.beforeMs;
    if (rule.retention === "snapshot" && isPast) yield { kind: "snapshot", segment };
    for (let after = first - 1; after < last; ) {
      const rows = nextRows.all(after, last, rule.retention, rule.beforeMs) as unknown as ExpiredRow[];
      for (const row of rows) yield { kind: "entry", segment, row };
      after = rows.at(-1)?.sequence ?? last;
    }
    if (isPast) yield { kind: "finished", segment };
  }
}

function* unfinishedSegments(database: DatabaseSync, { retention, beforeMs }: RetentionRule): Generator<SegmentSpan> {
  const next = database.prepare(
    `SELECT segment, first_sequence AS first, last_sequence AS last, opened_ms AS openedMs, sealed_ms AS sealedMs
     FROM segments INDEXED BY segment_spans
     WHERE segment > ? AND sealed_ms IS NOT NULL AND min(opened_ms, sealed_ms) < ?
       AND NOT EXISTS (SELECT 1 FROM erased WHERE erased.segment = segments.segment AND erased.retention = ?)
     ORDER BY segment LIMIT ${PAGE_ROWS}`,
  );
  for (let after = 0; ; ) {
    const spans = next.all(after, beforeMs, retention) as unknown as SegmentSpan[];
    yield* spans;
    const last = spans.at(-1);
    if (!last) return;
    after = last.segment;
  }
}

function* deleteDerived(database: DatabaseSync, rule: RetentionRule, holds: readonly Hold[]): Generator<void, void> {
  const derived = DERIVED.get(rule.retention);
  if (!derived) return;
  const { table, key, time } = derived;
  const notHeld = holds.map(() => ` AND ${time} NOT BETWEEN ? AND ?`).join("");
  const remove = database.prepare(
    `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE ${time} < ?${notHeld} LIMIT ${ROWS_AT_ONCE})`,
  );
  const times = holds.flatMap(({ fromMs, toMs }) => [fromMs, toMs]);
  while (Number(remove.run(rule.beforeMs, ...times).changes) > 0) yield;
}

function takeSlice(work: Iterator<Work>): Work[] {
  const slice: Work[] = [];
  for (let bytes = 0; slice.length < ROWS_AT_ONCE && bytes < BYTES_AT_ONCE; ) {
    const next = work.next();
    if (next.done) break;
    slice.push(next.value);
    if (next.value.kind === "entry") bytes += next.value.row.bytes;
  }
  return slice;
}
