import { degFromRad, turnRad } from "@picket/geo";
import type { Scan, TrackId } from "@picket/model";
import type { TrackerSensor } from "@picket/tracker";
import { statedDetection } from "../coverage/detection-probability.ts";
import type { Picture } from "../track/track.ts";
import type { ClaimLedger } from "./claim-ledger.ts";
import {
  bounded,
  type ClaimedPlace,
  type ClaimRecord,
  FRESH_MS,
  isAircraft,
  LLR_LEAST,
  LLR_MOST,
  moved,
  SENDER_LLR,
  type SensorEvidence,
  STRANGER_LLR,
} from "./claim-record.ts";
import { believedOf, type Eyesight, noteLook } from "./eyesight.ts";
import { hitLlr, isNear } from "./near-claim.ts";
import { type Plot, type SeenLook, seenLook } from "./plots.ts";
import { withoutBias } from "./registered.ts";
import { forgetSuspicion, lookIfTurned, type TurnedLook, weighIfTurned } from "./suspected-turn.ts";
import { noteTrails, type Trails } from "./trails.ts";

/** Bearings to an airframe that names itself agree within this, or three of their sigma. */
const BEARING_RAD = 0.26;

/** Asks one look, of a sensor that measures for itself, about every claimed place that it should have seen. */
export function corroborate(
  ledger: ClaimLedger,
  { eyesight, trails }: Readonly<{ eyesight: Eyesight; trails: Trails }>,
  heard: Scan,
  picture: Pick<Picture, "poses" | "sensors" | "registrations" | "tracks">,
  nowMs: number,
): void {
  const pose = picture.poses.get(heard.sensor);
  if (!pose || ledger.records.size === 0) return;
  const { covering = false } = picture.sensors.find(({ sensor }) => sensor.id === heard.sensor) ?? {};
  const registration = picture.registrations.get(heard.reality)?.get(heard.sensor);
  const scan = withoutBias(heard, registration?.applied);
  const look = seenLook(scan, pose, covering ? picture.tracks : [], nowMs);
  const ifTurned = lookIfTurned(heard, look, registration, trails);
  if (covering) {
    noteLook(eyesight, look);
    noteTrails(trails, look);
  }
  for (const record of ledger.records.values()) {
    if (record.reality !== scan.reality) continue;
    if (!ifTurned) forgetSuspicion(record.sensors.get(scan.sensor));
    const [place] = record.places;
    if (!place) continue;
    const aheadS = (scan.measuredMs - place.measuredMs) / 1000;
    if (Math.abs(aheadS) * 1000 > FRESH_MS) continue;
    if (covering) weighLook(record, look, moved(place, aheadS), eyesight, ifTurned);
    weighBearings(record, scan, pose, moved(place, aheadS));
  }
}

/**
 * Adds the log-likelihood ratio of the look given something there against nothing there: a hit ln((pD + (1 − pD)·pF) / pF), a miss
 * ln(1 − pD), where pD is the part of the stated one that is believed and pF the probability of a stranger in the gate. What a
 * stranger gave is no hit; what an object gave that may yet prove one is kept apart.
 */
function weighLook(
  record: ClaimRecord,
  { scan, pose, plots }: SeenLook,
  place: ClaimedPlace,
  eyesight: Eyesight,
  ifTurned: TurnedLook | undefined,
): void {
  const at = [place.eastM, place.northM, place.upM] as const;
  const stated = Math.min(0.95, statedDetection(pose, scan.sector, at, [place.eastMps, place.northMps, 0]));
  if (stated === 0) return;
  // What is of unknown height is taken to be as low as it can be.
  const pD =
    stated *
    believedOf(eyesight, scan.reality, pose, place.heightKnown ? at : [place.eastM, place.northM, Number.NEGATIVE_INFINITY]);
  const near = plots.filter((plot) => isNear(plot, place));
  // An aircraft of unknown height may fly far above all that the sensor sees: its absence says nothing.
  if (near.length === 0 && !place.heightKnown && isAircraft(record)) return;
  const evidence = record.sensors.get(scan.sensor) ?? { looks: 0, hits: 0, llr: 0, given: new Map(), lastMs: scan.measuredMs };
  record.sensors.set(scan.sensor, evidence);
  evidence.lastMs = Math.max(evidence.lastMs, scan.measuredMs);
  const ifTurnedLlr = ifTurned && weighIfTurned(record, evidence, ifTurned, place, pD);
  const missLlr = Math.log(1 - pD);
  const hit = hitOf(record, near);
  const lookLlr = hit === undefined ? missLlr : hitLlr(plots, place, pD);
  record.seenLlr = bounded((record.seenLlr ?? 0) + Math.max(lookLlr, ifTurnedLlr ?? lookLlr));
  evidence.looks++;
  evidence.llr = Math.max(LLR_LEAST, evidence.llr + missLlr);
  if (hit === undefined) return;
  const llr = Math.min(LLR_MOST - withGiven(evidence), lookLlr - missLlr);
  if (hit === "nobody") {
    evidence.hits++;
    evidence.llr += llr;
    return;
  }
  const given = evidence.given.get(hit) ?? { hits: 0, llr: 0, trusted: false };
  evidence.given.set(hit, { ...given, hits: given.hits + 1, llr: given.llr + llr });
}

function withGiven({ llr, given }: SensorEvidence): number {
  let sum = llr;
  for (const one of given.values()) sum += one.llr;
  return sum;
}

/** Whose the hit is: that of an object which may be the sender, or of nobody known; `undefined` when all that is near is strangers'. */
function hitOf({ near }: ClaimRecord, plots: readonly Plot[]): TrackId | "nobody" | undefined {
  let hit: TrackId | undefined;
  let bestLlr = STRANGER_LLR;
  for (const { owner } of plots) {
    if (!owner) return "nobody";
    const llr = near.get(owner.track.id) ?? 0;
    if (llr <= bestLlr) continue;
    hit = owner.track.id;
    bestLlr = llr;
  }
  return hit;
}

/**
 * What a stranger gave is taken back; what an object gave that is no more stays. Where one that was taken for the sender turns out to be a stranger, the
 * sender may have gone on as another: evidence begins anew.
 */
export function settle(
  evidence: SensorEvidence,
  near: ClaimRecord["near"],
  inReach: ReadonlySet<TrackId>,
  alive: ReadonlySet<TrackId>,
): void {
  for (const [id, one] of evidence.given) {
    const isGone = !alive.has(id);
    const llr = near.get(id) ?? 0;
    one.trusted ||= llr >= SENDER_LLR;
    if (!isGone && inReach.has(id) && llr > STRANGER_LLR) continue;
    evidence.given.delete(id);
    if (isGone) evidence.hits += one.hits;
    if (isGone || one.trusted) evidence.llr = Math.min(isGone ? LLR_MOST : 0, evidence.llr + one.llr);
  }
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
