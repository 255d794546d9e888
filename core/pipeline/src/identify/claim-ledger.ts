import type { BroadcastClaim, Detection, IdentityClaim, Reality, Scan } from "@picket/model";
import { dropOldest } from "../bounded.ts";
import { type Rejections, reject } from "../rejections.ts";
import { claimKey, leadingClaim } from "../track/looks.ts";
import { frameHeight, placeIn } from "../track/site-frame.ts";
import type { Picture } from "../track/track.ts";
import { type ClaimedPlace, type ClaimRecord, newRecord, notePlace } from "./claim-record.ts";

/** Every airframe that broadcasts, by reality and the claim that leads; a claim that was led before leads to the same record. Plain data. */
export type ClaimLedger = { records: Map<string, ClaimRecord>; leads: Map<string, string> };

export const newLedger = (): ClaimLedger => ({ records: new Map(), leads: new Map() });

/** Bounded memory: beyond this many airframes one goes, and is counted. */
const RECORD_LIMIT = 5000;
const ESTABLISHED_PLACES = 3;
/** An airframe that is not heard for two minutes is forgotten. */
const FORGET_MS = 120_000;
const TRANSMITTERS_KEPT = 8;
const CLAIMS_KEPT = 4;
/** A broadcast is from farther than its receiver can hear when it is this many times the stated range away. */
const TOO_FAR_RANGES = 2;

/** The record of an identity claim, as the tracker names it (`serial:…`), if it is still heard. */
export const recordOf = (ledger: ClaimLedger, reality: Reality, key: string): ClaimRecord | undefined =>
  ledger.records.get(ledger.leads.get(`${reality} ${key}`) ?? "");

/** Takes what a broadcast says of its sender. */
export function hearClaim(ledger: ClaimLedger, claim: BroadcastClaim, rejections: Rejections): void {
  const record = recordFor(ledger, claim.reality, claim.identities, claim.receivedMs, rejections);
  if (!record) return;
  noteTransmitter(record, claim.origin, claim.receivedMs);
  if (claim.uaType !== undefined) record.uaType = claim.uaType;
  if (claim.description !== undefined) record.description = claim.description;
  if (claim.operatorId !== undefined) record.operatorId = claim.operatorId;
  if (claim.status === "ground") record.onGroundMs = claim.receivedMs;
  else if (claim.status !== undefined) delete record.onGroundMs;
  if (claim.operator) {
    record.operator = claim.operator;
    record.operatorMs = claim.measuredMs;
  }
  if (claim.clockOffsetMs !== undefined) record.clockOffsetMs = claim.clockOffsetMs;
}

/** Takes the places and bearings that detections with an identity claim give. */
export function hearClaimedDetections(ledger: ClaimLedger, scan: Scan, picture: Picture, rejections: Rejections): void {
  for (const detection of scan.detections) {
    if (!detection.claims || detection.measurement.kind !== "position") continue;
    const record = recordFor(ledger, scan.reality, detection.claims, scan.receivedMs, rejections);
    if (!record) continue;
    if (detection.origin !== undefined) noteTransmitter(record, detection.origin.split("/", 1)[0] ?? "", scan.receivedMs);
    const place = claimedPlace(scan, detection, picture);
    notePlace(record, place, detection.measurement.velocity !== undefined);
    noteReceiver(record, scan, place, picture);
  }
}

/** Forgets airframes that are no longer heard. */
export function forgetSilent({ records, leads }: ClaimLedger, nowMs: number): void {
  for (const [key, { lastMs }] of records) if (nowMs - lastMs > FORGET_MS) records.delete(key);
  for (const [key, lead] of leads) if (!records.has(lead)) leads.delete(key);
}

/** The record of an airframe that says all of these of itself; it is made, or joined from several, as needed. */
function recordFor(
  { records, leads }: ClaimLedger,
  reality: Reality,
  claims: readonly IdentityClaim[],
  receivedMs: number,
  rejections: Rejections,
): ClaimRecord | undefined {
  const first = leadingClaim(claims);
  if (!first) return undefined;
  const keys = claims.map((claim) => `${reality} ${claimKey(claim)}`);
  const known = keys.map((key) => leads.get(key)).find((lead) => lead !== undefined && records.has(lead));
  const lead = known ?? `${reality} ${claimKey(first)}`;
  const record = records.get(lead) ?? newRecord(reality, receivedMs);
  record.lastMs = Math.max(record.lastMs, receivedMs);
  // Newest last, so that the one not heard for longest is dropped first.
  records.delete(lead);
  records.set(lead, record);
  for (const key of keys) leads.set(key, lead);
  for (const claim of claims)
    if (record.claims.length < CLAIMS_KEPT && !record.claims.some((have) => claimKey(have) === claimKey(claim)))
      record.claims.push(claim);
  if (records.size > RECORD_LIMIT) {
    reject(rejections, "claim-limit");
    records.delete(leastKnown(records));
  }
  return record;
}

/** Who goes when there are too many: of those that told fewer than three places the one not heard for longest, else that of all. A flood of new names displaces no drone. */
function leastKnown(records: ReadonlyMap<string, ClaimRecord>): string {
  let oldest: string | undefined;
  for (const [key, { places }] of records) {
    oldest ??= key;
    if (!places.some(({ hits }) => hits >= ESTABLISHED_PLACES)) return key;
  }
  return oldest ?? "";
}

function noteTransmitter({ transmitters }: ClaimRecord, origin: string, receivedMs: number): void {
  transmitters.delete(origin);
  transmitters.set(origin, receivedMs);
  dropOldest(transmitters, TRANSMITTERS_KEPT);
}

function claimedPlace({ sensor, measuredMs, receivedMs }: Scan, { measurement }: Detection, { site }: Picture): ClaimedPlace {
  if (measurement.kind !== "position") throw new TypeError(`Expected a position, got ${measurement.kind}`);
  const { height, velocity, horizontalSigmaM } = measurement;
  const vertical = height && frameHeight(site, height, measurement);
  const [eastM, northM, upM] = placeIn(site, measurement, vertical?.heightM ?? site.groundM);
  return {
    sensor,
    measuredMs,
    receivedMs,
    eastM,
    northM,
    upM,
    upSigmaM: vertical?.sigmaM ?? 0,
    heightKnown: vertical !== undefined,
    eastMps: velocity?.eastMps ?? 0,
    northMps: velocity?.northMps ?? 0,
    sigmaM: horizontalSigmaM,
    hits: 1,
  };
}

/** Could this receiver have heard a sender where the broadcast says it is? */
function noteReceiver(record: ClaimRecord, { sensor, sensorPlace }: Scan, place: ClaimedPlace, { poses, site }: Picture): void {
  const pose = poses.get(sensor);
  const rangeMaxM = pose?.fieldOfView?.rangeMaxM;
  if (!pose || rangeMaxM === undefined) return;
  const [eastM, northM] = sensorPlace ? placeIn(site, sensorPlace, site.groundM) : pose.posEnuM;
  const [de, dn] = [place.eastM - eastM, place.northM - northM];
  const distanceM = Math.sqrt(de * de + dn * dn);
  if (distanceM <= TOO_FAR_RANGES * rangeMaxM) delete record.tooFar;
  else record.tooFar = { count: (record.tooFar?.count ?? 0) + 1, sensor, distanceM };
}
