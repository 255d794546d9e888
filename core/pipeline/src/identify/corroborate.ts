import { degFromRad, turnRad } from "@picket/geo";
import type { Detection, Scan } from "@picket/model";
import type { TrackerSensor } from "@picket/tracker";
import { detectionProbability } from "../coverage/detection-probability.ts";
import type { Picture } from "../track/track.ts";
import type { Tracked } from "../track/tracked.ts";
import type { ClaimLedger } from "./claim-ledger.ts";
import { apartM, type ClaimedPlace, type ClaimRecord, isAircraft } from "./claim-record.ts";

/** A claimed place is compared with a look this long after it was stated, moved on by its own velocity. */
const FRESH_MS = 6000;
/** Honest broadcasts are off by a datum (a hundred metres) and late (several seconds of their own flight). */
const OFFSET_M = 150;
const LATENCY_S = 10;
/**
 * What a sheet says of detection is often too good: so much of it is believed. Less where the claimed place is so low above the
 * sensor's horizon, or of so unknown a height, that it may be hidden by what no sheet tells of.
 */
const BELIEVED = 0.75;
const BELIEVED_LOW = 0.5;
const LOW_ELEVATION_RAD = 0.017;
/** A false detection, or another object, is found within the gate at least this often. */
const FALSE_LEAST = 0.05;
const LLR_LEAST = -15;
const LLR_MOST = 8;
/** Bearings to an airframe that names itself agree within this, or three of their sigma. */
const BEARING_RAD = 0.26;
/** A companion flies the same velocity at the same offset, near enough to be meant and too far to be the same. */
const COMPANION_FROM_M = 250;
const COMPANION_TO_M = 3000;
const COMPANION_DRIFT_M = 60;
const COMPANION_MPS = 4;
const COMPANION_LEAST_MPS = 5;

/** Asks one look, of a sensor that measures for itself, about every claimed place that it should have seen. */
export function corroborate(ledger: ClaimLedger, scan: Scan, picture: Picture): void {
  const pose = picture.poses.get(scan.sensor);
  const covering = picture.sensors.find(({ sensor }) => sensor.id === scan.sensor)?.covering;
  if (!pose) return;
  for (const record of ledger.records.values()) {
    const [place] = record.places;
    if (!place || record.reality !== scan.reality) continue;
    const aheadS = (scan.measuredMs - place.measuredMs) / 1000;
    if (Math.abs(aheadS) * 1000 > FRESH_MS) continue;
    if (covering) weighLook(record, scan, pose, moved(place, aheadS));
    weighBearings(record, scan, pose, moved(place, aheadS));
  }
}

const moved = (place: ClaimedPlace, aheadS: number): ClaimedPlace => ({
  ...place,
  eastM: place.eastM + place.eastMps * aheadS,
  northM: place.northM + place.northMps * aheadS,
});

/**
 * Adds the log-likelihood ratio of the look given something there against nothing there: a hit ln((pD + (1 − pD)·pF) / pF), a miss
 * ln(1 − pD), where pD is the part of the stated one that is believed and pF the probability of a stranger in the gate.
 */
function weighLook(record: ClaimRecord, scan: Scan, pose: TrackerSensor, place: ClaimedPlace): void {
  const [de, dn, du] = [place.eastM - pose.posEnuM[0], place.northM - pose.posEnuM[1], place.upM - pose.posEnuM[2]];
  const groundM = Math.sqrt(de * de + dn * dn);
  const radialMps = groundM > 1 ? (de * place.eastMps + dn * place.northMps) / groundM : 0;
  const stated = detectionProbability(pose, scan.sector, [place.eastM, place.northM, place.upM], radialMps);
  const isLow = !place.heightKnown || Math.atan2(du, groundM) < LOW_ELEVATION_RAD;
  const pD = (isLow ? BELIEVED_LOW : BELIEVED) * Math.min(0.95, stated);
  if (pD === 0) return;
  const gateM = OFFSET_M + 3 * place.sigmaM;
  const measured = scan.detections.filter(({ claims }) => !claims);
  const isHit = measured.some((detection) => isNear(detection, pose, place, gateM));
  // An aircraft of unknown height may fly far above all that the sensor sees: its absence says nothing.
  if (!isHit && !place.heightKnown && isAircraft(record)) return;
  const evidence = record.sensors.get(scan.sensor) ?? { looks: 0, hits: 0, llr: 0 };
  record.sensors.set(scan.sensor, evidence);
  evidence.looks++;
  if (isHit) evidence.hits++;
  const strangers = strangerProbability(measured, pose, place, gateM);
  const llr = isHit ? Math.log((pD + (1 - pD) * strangers) / strangers) : Math.log(1 - pD);
  evidence.llr = Math.min(LLR_MOST, Math.max(LLR_LEAST, evidence.llr + llr));
}

/** A ring this many gates wide around the gate tells how crowded it is there. */
const RING_GATES = 5;

/** Probability that a detection of something else falls into the gate: by the density around it, and never below a floor. */
function strangerProbability(detections: readonly Detection[], pose: TrackerSensor, place: ClaimedPlace, gateM: number): number {
  let around = 0;
  for (const { measurement } of detections) {
    const ground = groundPlace(measurement, pose);
    const awayM = ground ? apartM(ground, place) : Number.POSITIVE_INFINITY;
    if (awayM > gateM && awayM <= RING_GATES * gateM) around++;
  }
  return Math.max(FALSE_LEAST, 1 - Math.exp(-around / (RING_GATES * RING_GATES - 1)));
}

/** Is the detection within the gate of where the claim says, or of where an honest but late sender has flown since? */
function isNear({ measurement }: Detection, pose: TrackerSensor, place: ClaimedPlace, gateM: number): boolean {
  const ground = groundPlace(measurement, pose);
  if (!ground) return false;
  const [de, dn] = [ground.eastM - place.eastM, ground.northM - place.northM];
  const speed2 = place.eastMps * place.eastMps + place.northMps * place.northMps;
  const lateS = speed2 > 0.1 ? Math.min(LATENCY_S, Math.max(0, (de * place.eastMps + dn * place.northMps) / speed2)) : 0;
  const [me, mn] = [de - place.eastMps * lateS, dn - place.northMps * lateS];
  return me * me + mn * mn <= gateM * gateM;
}

/** East and north of a measurement that has a range or a place; the slant range serves for the ground where no elevation is known. */
function groundPlace(measurement: Detection["measurement"], pose: TrackerSensor): { eastM: number; northM: number } | undefined {
  if (measurement.kind !== "polar") return undefined;
  const groundM = measurement.rangeM * Math.cos(measurement.elevationRad ?? 0);
  const own = [groundM * Math.sin(measurement.azimuthRad), groundM * Math.cos(measurement.azimuthRad)] as const;
  const [r0 = 1, r1 = 0, , r3 = 0, r4 = 1] = pose.toSite ?? [];
  return { eastM: pose.posEnuM[0] + r0 * own[0] + r1 * own[1], northM: pose.posEnuM[1] + r3 * own[0] + r4 * own[1] };
}

/** A direction finder that reads the name on a signal says from where it comes; one that hears the controller says nothing of the aircraft. */
function weighBearings(record: ClaimRecord, { sensor, detections }: Scan, pose: TrackerSensor, place: ClaimedPlace): void {
  for (const { measurement, claims, emitter } of detections) {
    if (measurement.kind !== "bearing" || emitter !== "aircraft") continue;
    if (!claims?.some((claim) => record.claims.some(({ kind, value }) => kind === claim.kind && value === claim.value))) continue;
    const expected = Math.atan2(place.eastM - pose.posEnuM[0], place.northM - pose.posEnuM[1]);
    const offRad = Math.abs(turnRad(expected, measurement.azimuthRad));
    const seen = record.bearings.get(sensor) ?? { agree: 0, disagree: 0, offDeg: 0 };
    record.bearings.set(sensor, seen);
    seen.offDeg = degFromRad(offRad);
    if (offRad <= Math.max(BEARING_RAD, 3 * measurement.azimuthSigmaRad)) seen.agree++;
    else seen.disagree++;
  }
}

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
