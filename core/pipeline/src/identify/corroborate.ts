import { degFromRad, turnRad } from "@picket/geo";
import type { Scan, TrackId } from "@picket/model";
import type { TrackerSensor } from "@picket/tracker";
import { statedDetection } from "../coverage/detection-probability.ts";
import { rss } from "../track/site-frame.ts";
import type { Picture } from "../track/track.ts";
import type { ClaimLedger } from "./claim-ledger.ts";
import {
  apartM,
  type ClaimedPlace,
  type ClaimRecord,
  FRESH_MS,
  isAircraft,
  LATEST_S,
  moved,
  OFFSET_M,
  type SensorEvidence,
} from "./claim-record.ts";
import { type Eyesight, noteLook, sightOf } from "./eyesight.ts";
import { type KnownObject, ownersOf, type Plot, type SeenLook, seenLook } from "./plots.ts";

const HEIGHT_OFFSET_M = 200;
/**
 * What a sheet says of detection is often too good: so much of it is believed, and of what the sensor was seen to do. Less where the claimed place is so low above the
 * sensor's horizon, or of so unknown a height, that it may be hidden by what no sheet tells of.
 */
const BELIEVED = 0.75;
const BELIEVED_SEEN = 0.9;
const BELIEVED_LOW = 0.5;
const LOW_ELEVATION_RAD = 0.017;
/** A false detection, or another object, is found within the gate at least this often. */
const FALSE_LEAST = 0.05;
const LLR_LEAST = -15;
const LLR_MOST = 8;
/** As evidence is bounded, old evidence fades; so does what may be taken back. */
const KEPT_A_LOOK = 0.9;
/** Bearings to an airframe that names itself agree within this, or three of their sigma. */
const BEARING_RAD = 0.26;

/** Asks one look, of a sensor that measures for itself, about every claimed place that it should have seen. */
export function corroborate(ledger: ClaimLedger, eyesight: Eyesight, scan: Scan, picture: Picture, nowMs: number): void {
  const pose = picture.poses.get(scan.sensor);
  if (!pose || ledger.records.size === 0) return;
  const covering = picture.sensors.find(({ sensor }) => sensor.id === scan.sensor)?.covering ?? false;
  const look = seenLook(scan, pose, covering ? picture.tracks : [], nowMs);
  if (covering) noteLook(eyesight, look);
  const believed = Math.min(BELIEVED, BELIEVED_SEEN * sightOf(eyesight, scan.reality, scan.sensor));
  for (const record of ledger.records.values()) {
    const [place] = record.places;
    if (!place || record.reality !== scan.reality) continue;
    const aheadS = (scan.measuredMs - place.measuredMs) / 1000;
    if (Math.abs(aheadS) * 1000 > FRESH_MS) continue;
    if (covering) weighLook(record, look, moved(place, aheadS), believed);
    weighBearings(record, scan, pose, moved(place, aheadS));
  }
}

/**
 * Adds the log-likelihood ratio of the look given something there against nothing there: a hit ln((pD + (1 − pD)·pF) / pF), a miss
 * ln(1 − pD), where pD is the part of the stated one that is believed and pF the probability of a stranger in the gate. What an object gave
 * that flies another path is no hit; what one gave of which that is not known yet can be taken back.
 */
function weighLook(record: ClaimRecord, { scan, pose, plots, objects }: SeenLook, place: ClaimedPlace, believed: number): void {
  const at = [place.eastM, place.northM, place.upM] as const;
  const stated = Math.min(0.95, statedDetection(pose, scan.sector, at, [place.eastMps, place.northMps, 0]));
  if (stated === 0) return;
  const pD = stated * (isLow(place, pose) ? Math.min(BELIEVED_LOW, believed) : believed);
  const gateM = OFFSET_M + 3 * place.sigmaM;
  const near = plots.filter((plot) => isNear(plot, place, gateM));
  // An aircraft of unknown height may fly far above all that the sensor sees: its absence says nothing.
  if (near.length === 0 && !place.heightKnown && isAircraft(record)) return;
  const evidence = record.sensors.get(scan.sensor) ?? { looks: 0, hits: 0, llr: 0, doubtful: new Map() };
  record.sensors.set(scan.sensor, evidence);
  const missLlr = Math.log(1 - pD);
  evidence.looks++;
  for (const doubtful of evidence.doubtful.values()) doubtful.llr *= KEPT_A_LOOK;
  evidence.llr = Math.max(LLR_LEAST, evidence.llr + missLlr);
  const hit = hitOf(record, near, objects);
  if (hit === undefined) return;
  const strangers = strangerProbability(plots, place, gateM);
  const llr = Math.min(LLR_MOST - evidence.llr, Math.log((pD + (1 - pD) * strangers) / strangers) - missLlr);
  evidence.hits++;
  evidence.llr += llr;
  if (hit === "sure") return;
  const doubtful = evidence.doubtful.get(hit) ?? { hits: 0, llr: 0 };
  evidence.doubtful.set(hit, { hits: doubtful.hits + 1, llr: doubtful.llr + llr });
}

/** Whose the hit is: that of an object which may fly another path, or surely one; `undefined` when all that is near is known to be another's. */
function hitOf({ near }: ClaimRecord, plots: readonly Plot[], objects: readonly KnownObject[]): TrackId | "sure" | undefined {
  let hit: TrackId | undefined;
  for (const plot of plots) {
    const owners = ownersOf(plot, objects);
    if (owners.length === 0 || owners.some((owner) => near.get(owner) === "same")) return "sure";
    hit ??= owners.find((owner) => !near.has(owner));
  }
  return hit;
}

/** What an object gave stays when it flies the claimed path or is no more, and is taken back when it flies another. */
export function settle(
  evidence: SensorEvidence,
  near: ReadonlyMap<TrackId, "same" | "other">,
  alive: ReadonlySet<TrackId>,
): void {
  for (const [id, { hits, llr }] of evidence.doubtful) {
    const is = near.get(id) ?? (alive.has(id) ? undefined : "same");
    if (is === undefined) continue;
    evidence.doubtful.delete(id);
    if (is === "same") continue;
    evidence.hits -= hits;
    evidence.llr = Math.max(LLR_LEAST, evidence.llr - llr);
  }
}

function isLow({ eastM, northM, upM, heightKnown }: ClaimedPlace, { posEnuM }: TrackerSensor): boolean {
  const [de, dn] = [eastM - posEnuM[0], northM - posEnuM[1]];
  return !heightKnown || Math.atan2(upM - posEnuM[2], Math.sqrt(de * de + dn * dn)) < LOW_ELEVATION_RAD;
}

/** A ring this many gates wide around the gate tells how crowded it is there. */
const RING_GATES = 5;

/** Probability that a detection of something else falls into the gate: by the density around it, and never below a floor. */
function strangerProbability(plots: readonly Plot[], place: ClaimedPlace, gateM: number): number {
  let around = 0;
  for (const plot of plots) {
    const awayM = apartM(plot, place);
    if (awayM > gateM && awayM <= RING_GATES * gateM && isOfHeight(plot, place)) around++;
  }
  return Math.max(FALSE_LEAST, 1 - Math.exp(-around / (RING_GATES * RING_GATES - 1)));
}

/** Is the plot within the gate of where the claim says, or of where an honest but late sender has flown since? */
function isNear(plot: Plot, place: ClaimedPlace, gateM: number): boolean {
  if (!isOfHeight(plot, place)) return false;
  const [de, dn] = [plot.eastM - place.eastM, plot.northM - place.northM];
  const speed2 = place.eastMps * place.eastMps + place.northMps * place.northMps;
  const lateS = speed2 > 0.1 ? Math.min(LATEST_S, Math.max(0, (de * place.eastMps + dn * place.northMps) / speed2)) : 0;
  const [me, mn] = [de - place.eastMps * lateS, dn - place.northMps * lateS];
  return me * me + mn * mn <= gateM * gateM;
}

/** Heights may be off by a datum too, and are compared only where both are known. */
const isOfHeight = ({ upM, upSigmaM }: Plot, place: ClaimedPlace): boolean =>
  upM === undefined || !place.heightKnown || Math.abs(upM - place.upM) <= HEIGHT_OFFSET_M + 3 * rss(upSigmaM, place.upSigmaM);

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
