import { type DecodeError, describe } from "@picket/bytes";
import type { Input } from "@picket/model";
import type { FeedState } from "@picket/server";

/** How many of each thing are kept for the report; what comes after is counted only. */
const MOST_KEPT = 1000;
const FIRST_OCTETS = 256;

type Counted = { count: number; first: string };
export type Position = Readonly<{ latDeg: number; lonDeg: number }>;

/** What was heard of one feed in a while. Bounded, however much comes. */
export type Tally = {
  states: FeedState[];
  chunks: number;
  octets: number;
  /** The first octets of the first chunk. */
  head: Uint8Array;
  firstMs?: number;
  lastMs?: number;
  senders: Set<string>;
  refused: Counted;
  lost: number;
  records: number;
  rejected: Map<string, Counted>;
  inputs: Map<Input["kind"], number>;
  detections: number;
  positions: Position[];
  positionCount: number;
  /** Sender's clock less ours, as each message that states its time bounds it from above. */
  clockOffsetsMs: number[];
  /** Received less measured, of each scan. */
  agesMs: number[];
  reports: Map<string, string>;
};

export const createTally = (): Tally => ({
  states: [],
  chunks: 0,
  octets: 0,
  head: new Uint8Array(0),
  senders: new Set(),
  refused: { count: 0, first: "" },
  lost: 0,
  records: 0,
  rejected: new Map(),
  inputs: new Map(),
  detections: 0,
  positions: [],
  positionCount: 0,
  clockOffsetsMs: [],
  agesMs: [],
  reports: new Map(),
});

export function tallyChunk(tally: Tally, chunk: Uint8Array, receivedMs: number, from: string): void {
  if (tally.chunks === 0) tally.head = chunk.slice(0, FIRST_OCTETS);
  tally.chunks++;
  tally.octets += chunk.length;
  tally.firstMs ??= receivedMs;
  tally.lastMs = receivedMs;
  if (tally.senders.size < MOST_KEPT) tally.senders.add(from);
}

export function tallyRefused(tally: Tally, from: string): void {
  if (tally.refused.count++ === 0) tally.refused.first = from;
}

export function tallyState(tally: Tally, state: FeedState): void {
  if (tally.states.length === MOST_KEPT) tally.states.shift();
  tally.states.push(state);
}

export function tallyMeaning(
  tally: Tally,
  { inputs, records, rejected }: Readonly<{ inputs: readonly Input[]; records: number; rejected: readonly DecodeError[] }>,
): void {
  tally.records += records;
  for (const error of rejected) {
    const before = tally.rejected.get(error.code);
    if (before) before.count++;
    else if (tally.rejected.size < MOST_KEPT) tally.rejected.set(error.code, { count: 1, first: describe(error) });
  }
  for (const input of inputs) tallyInput(tally, input);
}

function tallyInput(tally: Tally, input: Input): void {
  tally.inputs.set(input.kind, (tally.inputs.get(input.kind) ?? 0) + 1);
  if (input.kind === "sensorReport") tally.reports.set(input.sensor, [input.state, input.detail].filter(Boolean).join(": "));
  if (input.kind !== "scan" && input.kind !== "claim") return;
  if (input.clockOffsetMs !== undefined && tally.clockOffsetsMs.length < MOST_KEPT)
    tally.clockOffsetsMs.push(input.clockOffsetMs);
  if (input.kind === "claim") return;
  if (tally.agesMs.length < MOST_KEPT) tally.agesMs.push(input.receivedMs - input.measuredMs);
  for (const { measurement } of input.detections) {
    tally.detections++;
    if (measurement.kind !== "position") continue;
    tally.positionCount++;
    if (tally.positions.length < MOST_KEPT) tally.positions.push({ latDeg: measurement.latDeg, lonDeg: measurement.lonDeg });
  }
}
