import type { Scan, SensorState } from "@picket/model";
import type { TrackerSensor } from "@picket/tracker";
import { bounded, type ClaimedPlace, type ClaimRecord, evidenceOf, type SensorEvidence } from "./claim-record.ts";
import { hitLlr, isNear } from "./near-claim.ts";
import { type Placed, plotsOf } from "./plots.ts";
import { withoutBias } from "./registered.ts";

/** So far from how it was registered a sensor's references say that it stands, before they have said it long enough for an alarm. */
const SUSPECT_DEG = 1;

/** Where a look's plots lie if its sensor stands as its references say, which nobody has accepted yet; `undefined` where they say nothing else. */
export function plotsIfTurned(
  heard: Scan,
  pose: TrackerSensor,
  registration: SensorState["registration"],
): readonly Placed[] | undefined {
  if (!registration) return undefined;
  const { state, applied, estimate } = registration;
  const isFarOff = Math.abs(estimate.azimuthDeg - applied.azimuthDeg) > SUSPECT_DEG;
  const isSuspect = state === "turned" || (isFarOff && (state === "registered" || state === "lost"));
  return isSuspect ? plotsOf(withoutBias(heard, estimate), pose) : undefined;
}

/**
 * Weighs the look as though the sensor stood as is suspected, beside what it says as it stands: a broadcast is contradicted only by both, and borne out by
 * the latter alone. Who lies by something else than that turn stays contradicted, so that who makes a sensor suspect silences it for nobody else. Answers
 * the log-likelihood ratio of this look.
 */
export function weighIfTurned(
  { near }: ClaimRecord,
  evidence: SensorEvidence,
  ifTurned: readonly Placed[],
  place: ClaimedPlace,
  pD: number,
): number {
  const before = evidence.turnedLlr ?? evidenceOf(evidence, near).llr;
  const isHit = ifTurned.some((plot) => isNear(plot, place));
  const lookLlr = isHit ? hitLlr(ifTurned, place, pD) : Math.log(1 - pD);
  evidence.turnedLlr = bounded(before + lookLlr);
  return lookLlr;
}

/** Of a sensor that points right again, wherever it looks, misses that its turn explains are no misses. */
export function forgetSuspicion(evidence: SensorEvidence | undefined): void {
  if (evidence?.turnedLlr === undefined) return;
  evidence.llr = Math.max(evidence.llr, Math.min(0, evidence.turnedLlr));
  delete evidence.turnedLlr;
}
