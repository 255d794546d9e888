import type { Tracked } from "../track/tracked.ts";
import type { ClaimLedger } from "./claim-ledger.ts";
import { apartM, type ClaimedPlace, type ClaimRecord, FRESH_MS, moved } from "./claim-record.ts";

/** A companion flies the same velocity at the same offset, near enough to be meant and too far to be the same. */
const COMPANION_FROM_M = 250;
const COMPANION_TO_M = 3000;
const COMPANION_DRIFT_M = 60;
const COMPANION_MPS = 4;
const COMPANION_LEAST_MPS = 5;

/**
 * Looks for an object without identity that flies the claimed path at a steady offset: the true place of a sender that states another.
 * An offset that drifts begins anew.
 */
export function findCompanions(ledger: ClaimLedger, tracks: readonly Tracked[], nowMs: number): void {
  for (const record of ledger.records.values()) {
    const [place] = record.places;
    delete record.companion;
    if (!place || nowMs - place.receivedMs > FRESH_MS) {
      record.companions.clear();
      continue;
    }
    const now = moved(place, (nowMs - place.measuredMs) / 1000);
    const still = new Set<string>();
    for (const track of tracks)
      if (track.reality === record.reality && fliesBeside(track, now)) still.add(noteCompanion(record, track, now, nowMs));
    for (const id of record.companions.keys()) if (!still.has(id)) record.companions.delete(id);
  }
}

function fliesBeside({ state }: Tracked, place: ClaimedPlace): boolean {
  if (!state.confirmed || state.claims.length > 0) return false;
  const speedMps = Math.sqrt(place.eastMps * place.eastMps + place.northMps * place.northMps);
  if (speedMps < COMPANION_LEAST_MPS) return false;
  const offM = apartM({ eastM: state.posEnuM[0], northM: state.posEnuM[1] }, place);
  const slipE = state.velEnuMps[0] - place.eastMps;
  const slipN = state.velEnuMps[1] - place.northMps;
  return offM >= COMPANION_FROM_M && offM <= COMPANION_TO_M && Math.sqrt(slipE * slipE + slipN * slipN) <= COMPANION_MPS;
}

function noteCompanion(record: ClaimRecord, { id, state }: Tracked, place: ClaimedPlace, nowMs: number): string {
  const offset = { eastM: state.posEnuM[0] - place.eastM, northM: state.posEnuM[1] - place.northM };
  const before = record.companions.get(id);
  if (!before || apartM(before, offset) > COMPANION_DRIFT_M) record.companions.set(id, { sinceMs: nowMs, ...offset });
  else {
    const forS = (nowMs - before.sinceMs) / 1000;
    if (forS > (record.companion?.forS ?? 0)) record.companion = { offsetM: apartM({ eastM: 0, northM: 0 }, offset), forS };
  }
  return id;
}
