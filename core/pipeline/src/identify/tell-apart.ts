import type { TrackId } from "@picket/model";
import { claimKey } from "../track/looks.ts";
import type { Tracked } from "../track/tracked.ts";
import type { ClaimLedger } from "./claim-ledger.ts";
import { apartM, type ClaimedPlace, type ClaimRecord, FRESH_MS, LATEST_S, OFFSET_M } from "./claim-record.ts";
import { settle } from "./corroborate.ts";
import { isObject } from "./plots.ts";
import { type Trails, unsteadinessM } from "./trails.ts";

/**
 * How unsteadily an object keeps its offset from a path, metres: the sender's own in a hundred comparisons once more than the first, another
 * mostly more than the second.
 */
const SAME_M = 22;
const OTHER_M = 35;

/** Paths grow by a point a second, and in a swarm each is compared with a hundred others: the tick must not wait for all of them. */
const EVERY_MS = 900;
const MOST_A_TICK = 40;

/** Tells apart, of the objects near where a broadcast says it is, those that fly its path from those that fly another. */
export function tellApart(ledger: ClaimLedger, trails: Trails, tracks: readonly Tracked[], nowMs: number): void {
  const objects = tracks.filter(isObject);
  const due = [...ledger.records.values()].filter(({ comparedMs = 0 }) => nowMs - comparedMs >= EVERY_MS);
  due.sort((a, b) => (a.comparedMs ?? 0) - (b.comparedMs ?? 0));
  for (const record of due.slice(0, MOST_A_TICK)) {
    record.near = compare(record, trails, objects);
    record.comparedMs = nowMs;
  }
  const alive = new Set(tracks.map(({ id }) => id));
  for (const { sensors, near } of ledger.records.values()) for (const evidence of sensors.values()) settle(evidence, near, alive);
}

function compare(record: ClaimRecord, trails: Trails, objects: readonly Tracked[]): Map<TrackId, "same" | "other"> {
  const near = new Map<TrackId, "same" | "other">();
  const [place] = record.places;
  if (!place) return near;
  for (const track of objects) {
    if (track.reality !== record.reality || !mayGiveHits(track, place)) continue;
    const is = pathOf(record, track, trails) ?? record.near.get(track.id);
    if (is) near.set(track.id, is);
  }
  return near;
}

function pathOf(record: ClaimRecord, track: Tracked, trails: Trails): "same" | "other" | undefined {
  if (bears(track, record)) return "same";
  const unsteadyM = unsteadinessM(record, trails.get(track.id));
  if (unsteadyM === undefined) return undefined;
  return unsteadyM <= SAME_M ? "same" : unsteadyM > OTHER_M ? "other" : undefined;
}

/** The tracker takes it for the sender. */
const bears = ({ state }: Tracked, record: ClaimRecord): boolean =>
  state.claims.some(({ claim, hits }) => hits >= 2 && record.claims.some((own) => claimKey(own) === claim));

/** Near enough that its detections may fall into the gate. */
function mayGiveHits({ state }: Tracked, place: ClaimedPlace): boolean {
  const speedMps = Math.sqrt(place.eastMps * place.eastMps + place.northMps * place.northMps);
  const reachM = 2 * OFFSET_M + 3 * place.sigmaM + (LATEST_S + FRESH_MS / 1000) * speedMps;
  return apartM({ eastM: state.posEnuM[0], northM: state.posEnuM[1] }, place) <= reachM;
}
