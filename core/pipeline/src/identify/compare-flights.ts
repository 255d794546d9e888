import type { TrackId } from "@picket/model";
import { type ClaimRecord, SENDER_LLR, STRANGER_LLR } from "./claim-record.ts";
import { flownPathLlr } from "./same-path.ts";
import { aloneSince, PLOT, type Trail, type Trails } from "./trails.ts";

/** A broadcast with the objects in its reach whose drift could be told: the log-likelihood ratio of each being its sender, by drift. */
export type ByDrift = Readonly<{ record: ClaimRecord; llrs: ReadonlyMap<TrackId, number>; perM2: number }>;

/** Plots of an object, while nothing else was near, from which its flight is known. */
const LEAST_ALONE = 4;
/** Each takes half a millisecond: the tick must not wait for all of them. */
const MOST_FLIGHTS_A_TICK = 20;

/**
 * Whom drift does not show to be sender or stranger the whole flight may: asked of so many pairs a tick, those first of which it was asked longest ago, so
 * that of n pairs each has its turn within n/20 comparisons. What it said stands until then, for as long as nothing else comes near the object.
 */
export function compareFlights(compared: readonly ByDrift[], trails: Trails, nowMs: number): void {
  const open: { pair: ByDrift; id: TrackId; alone: Trail; lastMs: number }[] = [];
  for (const pair of compared) {
    const { record, llrs } = pair;
    const before = record.flown;
    record.flown = new Map();
    for (const [id, llr] of llrs) {
      const alone = aloneSince(trails.get(id) ?? []);
      const last = before.get(id);
      if (alone.length < LEAST_ALONE * PLOT) continue;
      const stands = last && (alone[0] as number) <= last.atMs;
      if (stands) record.flown.set(id, last);
      if (llr > STRANGER_LLR && llr < SENDER_LLR) open.push({ pair, id, alone, lastMs: stands ? last.atMs : 0 });
    }
  }
  open.sort((a, b) => a.lastMs - b.lastMs);
  for (const { pair, id, alone } of open.slice(0, MOST_FLIGHTS_A_TICK))
    pair.record.flown.set(id, { llr: flownPathLlr(pair.record, alone, pair.perM2), atMs: nowMs });
}

/** By the whole flight where that shows a stranger, else by drift. */
export function pathLlr({ record, llrs }: ByDrift, id: TrackId): number | undefined {
  const llr = llrs.get(id);
  if (llr === undefined || llr <= STRANGER_LLR || llr >= SENDER_LLR) return llr;
  const flownLlr = record.flown.get(id)?.llr ?? llr;
  return flownLlr <= STRANGER_LLR ? flownLlr : llr;
}
