import type { TrackId } from "@picket/model";
import type { Tracked } from "../track/tracked.ts";
import type { ClaimLedger } from "./claim-ledger.ts";
import { apartM, type ClaimedPlace, type ClaimRecord, FRESH_MS, LATEST_S, OFFSET_M, SENDER_LLR } from "./claim-record.ts";
import { type ByDrift, compareFlights, pathLlr } from "./compare-flights.ts";
import { settle } from "./corroborate.ts";
import { isObject } from "./plots.ts";
import { AROUND_M, samePathLlr, strangersPerM2 } from "./same-path.ts";
import { forgetTrails, type Trails } from "./trails.ts";

/** Who was the sender in so many comparisons is no stranger for what one sensor says of its path: the sensor may have turned. */
const TRUSTED_AFTER = 10;

/** Paths grow by a point a second, and in a swarm each is compared with a hundred others: the tick must not wait for all of them. */
const EVERY_MS = 900;
const MOST_PAIRS_A_TICK = 1000;

/** Tells apart, of the objects near where a broadcast says it is, those that may be its sender from strangers. */
export function tellApart(ledger: ClaimLedger, trails: Trails, tracks: readonly Tracked[], nowMs: number): void {
  const alive = new Set(tracks.map(({ id }) => id));
  forgetTrails(trails, alive);
  const due = [...ledger.records.values()].filter(({ comparedMs = 0 }) => nowMs - comparedMs >= EVERY_MS);
  if (due.length === 0) return;
  due.sort((a, b) => (a.comparedMs ?? 0) - (b.comparedMs ?? 0));
  const taken = takenBy(ledger);
  const compared: Compared[] = [];
  for (let pairs = 0; pairs < MOST_PAIRS_A_TICK && compared.length < due.length; ) {
    const record = due[compared.length] as ClaimRecord;
    record.comparedMs = nowMs;
    const one = compareDrift(record, trails, tracks);
    compared.push(one);
    pairs += one.inReach.size;
  }
  compareFlights(compared, trails, nowMs);
  for (const one of compared) {
    weigh(one, taken);
    for (const evidence of one.record.sensors.values()) settle(evidence, one.record.near, one.inReach, alive);
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

/** With all objects in reach, also those whose path is known too little. */
type Compared = ByDrift & Readonly<{ inReach: ReadonlySet<TrackId> }>;

/** Compares a broadcast's path with those of the objects near by. */
function compareDrift(record: ClaimRecord, trails: Trails, all: readonly Tracked[]): Compared {
  const [place] = record.places;
  if (!place) return { record, llrs: new Map(), perM2: 0, inReach: new Set() };
  const tracks = all.filter(({ reality }) => reality === record.reality);
  const inReach = new Set(tracks.filter((track) => mayGiveHits(track, place)).map(({ id }) => id));
  const around = tracks.filter((track) => isObject(track) && apartM(placeOf(track), place) <= AROUND_M).length;
  const perM2 = strangersPerM2(around);
  const llrs = new Map<TrackId, number>();
  for (const id of inReach) {
    const llr = samePathLlr(record, trails.get(id), perM2);
    if (llr !== undefined) llrs.set(id, llr);
  }
  return { record, llrs, perM2, inReach };
}

/** Notes who of those in reach may be the sender: what could not be compared stays as it was. */
function weigh(compared: Compared, taken: Taken): void {
  const { record, inReach } = compared;
  const { near: before, held } = record;
  record.near = new Map();
  record.held = new Map();
  for (const id of inReach) {
    const llr = pathLlr(compared, id);
    const other = taken.get(id);
    const isOthers = llr !== undefined && other !== undefined && other.by !== record && other.llr - llr >= SENDER_LLR;
    const now = llr === undefined ? before.get(id) : llr - (isOthers ? SENDER_LLR : 0);
    if (now === undefined) continue;
    const times = (held.get(id) ?? 0) + (now >= SENDER_LLR ? 1 : 0);
    record.held.set(id, times);
    record.near.set(id, times >= TRUSTED_AFTER ? Math.max(0, now) : now);
  }
}

const placeOf = ({ state }: Tracked) => ({ eastM: state.posEnuM[0], northM: state.posEnuM[1] });

/** Near enough that its detections may fall into the gate. */
function mayGiveHits(track: Tracked, place: ClaimedPlace): boolean {
  const speedMps = Math.sqrt(place.eastMps * place.eastMps + place.northMps * place.northMps);
  const reachM = 2 * OFFSET_M + 3 * place.sigmaM + (LATEST_S + FRESH_MS / 1000) * speedMps;
  return apartM(placeOf(track), place) <= reachM;
}
