import type { TrackId } from "@picket/model";
import type { Tracked } from "../track/tracked.ts";
import type { ClaimLedger } from "./claim-ledger.ts";
import {
  apartM,
  type ClaimedPlace,
  type ClaimRecord,
  FRESH_MS,
  LATEST_S,
  OFFSET_M,
  SENDER_LLR,
  STRANGER_LLR,
} from "./claim-record.ts";
import { settle } from "./corroborate.ts";
import { isObject } from "./plots.ts";
import { flownPathLlr, samePathLlr } from "./same-path.ts";
import { aloneSince, forgetTrails, PLOT, type Trails } from "./trails.ts";

/** Strangers are counted this far around, and are thought to be at least so many there. */
const AROUND_M = 1000;
const LEAST_AROUND = 2;

/** Who was the sender in so many comparisons is no stranger for what one sensor says of its path: the sensor may have turned. */
const TRUSTED_AFTER = 10;

/** Paths grow by a point a second, and in a swarm each is compared with a hundred others: the tick must not wait for all of them. */
const EVERY_MS = 900;
const MOST_PAIRS_A_TICK = 1000;
const MOST_FLIGHTS_A_TICK = 20;

/** Tells apart, of the objects near where a broadcast says it is, those that may be its sender from strangers. */
export function tellApart(ledger: ClaimLedger, trails: Trails, tracks: readonly Tracked[], nowMs: number): void {
  const alive = new Set(tracks.map(({ id }) => id));
  forgetTrails(trails, alive);
  const due = [...ledger.records.values()].filter(({ comparedMs = 0 }) => nowMs - comparedMs >= EVERY_MS);
  if (due.length === 0) return;
  due.sort((a, b) => (a.comparedMs ?? 0) - (b.comparedMs ?? 0));
  const known = { trails, tracks, taken: takenBy(ledger), budget: { flights: MOST_FLIGHTS_A_TICK } };
  let pairs = 0;
  for (const record of due) {
    if (pairs >= MOST_PAIRS_A_TICK) break;
    record.comparedMs = nowMs;
    const inReach = compare(record, known);
    pairs += inReach.size;
    for (const evidence of record.sensors.values()) settle(evidence, record.near, inReach, alive);
  }
}

type Taken = ReadonlyMap<TrackId, Readonly<{ by: ClaimRecord; llr: number }>>;

/** Whose sender each object most probably is. */
function takenBy({ records }: ClaimLedger): Taken {
  const taken = new Map<TrackId, { by: ClaimRecord; llr: number }>();
  for (const by of records.values())
    for (const [id, llr] of by.near) if (llr > (taken.get(id)?.llr ?? 0)) taken.set(id, { by, llr });
  return taken;
}

type Known = Readonly<{ trails: Trails; tracks: readonly Tracked[]; taken: Taken; budget: { flights: number } }>;

/** Compares a broadcast's path with those of the objects near by; answers which these are. */
function compare(record: ClaimRecord, known: Known): ReadonlySet<TrackId> {
  const { tracks, taken } = known;
  const [place] = record.places;
  const { near: before, held } = record;
  record.near = new Map();
  record.held = new Map();
  if (!place) return new Set();
  const inReach = tracks.filter((track) => track.reality === record.reality && mayGiveHits(track, place)).map(({ id }) => id);
  const around = tracks.filter(
    (track) => track.reality === record.reality && isObject(track) && apartM(placeOf(track), place) <= AROUND_M,
  ).length;
  const perM2 = Math.max(LEAST_AROUND, around) / (Math.PI * AROUND_M * AROUND_M);
  for (const id of inReach) {
    const llr = pathLlr(record, known, id, perM2);
    const other = taken.get(id);
    const isOthers = llr !== undefined && other !== undefined && other.by !== record && other.llr - llr >= SENDER_LLR;
    const now = llr === undefined ? before.get(id) : llr - (isOthers ? SENDER_LLR : 0);
    if (now === undefined) continue;
    const times = (held.get(id) ?? 0) + (now >= SENDER_LLR ? 1 : 0);
    record.held.set(id, times);
    record.near.set(id, times >= TRUSTED_AFTER ? Math.max(0, now) : now);
  }
  return new Set(inReach);
}

/** Plots of an object, while nothing else was near, from which its flight is known. */
const LEAST_ALONE = 4;

/** Whom drift does not show to be a stranger the whole flight may, which is asked of so many a tick. */
function pathLlr(record: ClaimRecord, known: Known, id: TrackId, perM2: number): number | undefined {
  const trail = known.trails.get(id);
  const llr = samePathLlr(record, trail, perM2);
  if (llr === undefined || !trail || llr <= STRANGER_LLR || llr >= SENDER_LLR || known.budget.flights <= 0) return llr;
  const alone = aloneSince(trail);
  if (alone.length < LEAST_ALONE * PLOT) return llr;
  known.budget.flights--;
  const flownLlr = flownPathLlr(record, alone, perM2);
  return flownLlr <= STRANGER_LLR ? flownLlr : llr;
}

const placeOf = ({ state }: Tracked) => ({ eastM: state.posEnuM[0], northM: state.posEnuM[1] });

/** Near enough that its detections may fall into the gate. */
function mayGiveHits(track: Tracked, place: ClaimedPlace): boolean {
  const speedMps = Math.sqrt(place.eastMps * place.eastMps + place.northMps * place.northMps);
  const reachM = 2 * OFFSET_M + 3 * place.sigmaM + (LATEST_S + FRESH_MS / 1000) * speedMps;
  return apartM(placeOf(track), place) <= reachM;
}
