import { radFromDeg } from "@picket/geo";
import type { Scan, SensorState } from "@picket/model";
import type { TrackerSensor } from "@picket/tracker";
import { bounded, type ClaimedPlace, type ClaimRecord, evidenceOf, type SensorEvidence, STRANGER_LLR } from "./claim-record.ts";
import { hitLlr, isNear } from "./near-claim.ts";
import { type Plot, plotsOf, type SeenLook } from "./plots.ts";
import { withoutBias } from "./registered.ts";
import { samePathLlr, strangersPerM2 } from "./same-path.ts";
import { PLOT, type Trail, type Trails } from "./trails.ts";

/** So far from how it was registered a sensor's references say that it stands, before they have said it long enough for an alarm. */
const SUSPECT_DEG = 1;

/** A look if its sensor stands as its references say, which nobody has accepted yet: so far clockwise of where it points otherwise. Owners are as it stands. */
export type TurnedLook = Readonly<{ plots: readonly Plot[]; pose: TrackerSensor; turnRad: number; trails: Trails }>;

/** The look as its sensor's references say that it was; `undefined` where they say nothing else. */
export function lookIfTurned(
  heard: Scan,
  { pose, plots }: Pick<SeenLook, "pose" | "plots">,
  registration: SensorState["registration"],
  trails: Trails,
): TurnedLook | undefined {
  if (!registration) return undefined;
  const { state, applied, estimate } = registration;
  const turnDeg = estimate.azimuthDeg - applied.azimuthDeg;
  const isFarOff = Math.abs(turnDeg) > SUSPECT_DEG;
  const isSuspect = state === "turned" || (isFarOff && (state === "registered" || state === "lost"));
  if (!isSuspect) return undefined;
  const placed = plotsOf(withoutBias(heard, estimate), pose);
  return { plots: placed.map((plot, k) => ({ ...plot, owner: plots[k]?.owner })), pose, turnRad: radFromDeg(turnDeg), trails };
}

/**
 * Weighs the look as though the sensor stood as is suspected, beside what it says as it stands: a broadcast is contradicted only by both, and borne out by
 * the latter alone. Who lies by something else than that turn stays contradicted, so that who makes a sensor suspect silences it for nobody else. Answers
 * the log-likelihood ratio of this look.
 */
export function weighIfTurned(
  record: ClaimRecord,
  evidence: SensorEvidence,
  look: TurnedLook,
  place: ClaimedPlace,
  pD: number,
): number {
  const before = evidence.turnedLlr ?? evidenceOf(evidence, record.near).llr;
  const isHit = look.plots.some((plot) => isNear(plot, place) && !isStrangers(record, plot, look));
  const lookLlr = isHit ? hitLlr(look.plots, place, pD) : Math.log(1 - pD);
  evidence.turnedLlr = bounded(before + lookLlr);
  return lookLlr;
}

/** Did an object give the plot that flies another path, where it was seen as well as where it would have been? */
function isStrangers(record: ClaimRecord, { owner }: Plot, { pose, turnRad, trails }: TurnedLook): boolean {
  const trail = owner && trails.get(owner.track.id);
  if (!trail || (record.near.get(owner.track.id) ?? STRANGER_LLR) > STRANGER_LLR) return false;
  const llr = samePathLlr(record, turnedBack(trail, pose, turnRad), strangersPerM2(0));
  return llr !== undefined && llr <= STRANGER_LLR;
}

/** What was measured of an object, about a sensor by so much anticlockwise. */
function turnedBack(trail: Trail, { posEnuM: [eastM, northM] }: TrackerSensor, byRad: number): Trail {
  const [sin, cos] = [Math.sin(byRad), Math.cos(byRad)];
  const out: number[] = [];
  for (let at = 0; at < trail.length; at += PLOT) {
    const [ms = 0, east = 0, north = 0, ee = 0, en = 0, nn = 0, isAlone = 0] = trail.slice(at, at + PLOT);
    const [e, n] = [east - eastM, north - northM];
    out.push(ms, eastM + cos * e - sin * n, northM + sin * e + cos * n);
    out.push(cos * cos * ee - 2 * cos * sin * en + sin * sin * nn, cos * sin * (ee - nn) + (cos * cos - sin * sin) * en);
    out.push(sin * sin * ee + 2 * cos * sin * en + cos * cos * nn, isAlone);
  }
  return out;
}

/** Of a sensor that points right again, wherever it looks, misses that its turn explains are no misses. */
export function forgetSuspicion(evidence: SensorEvidence | undefined): void {
  if (evidence?.turnedLlr === undefined) return;
  evidence.llr = Math.max(evidence.llr, Math.min(0, evidence.turnedLlr));
  delete evidence.turnedLlr;
}
