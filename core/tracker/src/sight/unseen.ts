import type { Detections } from "../looks/detections.ts";
import { COV, DIM } from "../store/store.ts";
import { type SensorModel, shareUnseen } from "./clutter.ts";
import { view, visibility } from "./visibility.ts";

/** Below this nobody is left who was there before. */
const NEGLIGIBLE = 1e-4;

const x = new Float64Array(DIM);
const cov = new Float64Array(COV);

/**
 * Writes, per detection, the share of targets at its place that were there before anybody looked and that no look of any sensor has detected yet:
 * they thin out with every look that could have seen them. 0 for a sensor that hears what happens to be sent.
 *
 * @source Williams (2015), section IV-A: the Poisson of targets never detected, lambda' = (1 - pD) lambda.
 */
export function sharesUnseenInto(
  shares: Float64Array,
  models: readonly SensorModel[],
  learned: readonly Float64Array[],
  slot: number,
  d: Detections,
): void {
  const isLooking = models[slot].sensor.revisitMs !== undefined;
  const own = isLooking ? shareUnseen(models[slot], learned[slot]) : 0;
  shares.fill(own < NEGLIGIBLE ? 0 : own, 0, d.count);
  if (own < NEGLIGIBLE) return;
  for (let other = 0; other < models.length; other++) {
    const { sensor } = models[other];
    if (other === slot || sensor.revisitMs === undefined) continue;
    const unseen = shareUnseen(models[other], learned[other]);
    if (unseen < 1) for (let j = 0; j < d.count; j++) shares[j] *= 1 - (1 - unseen) * chanceInView(sensor, d, j);
  }
}

/** Probability that a detection's place is in a sensor's view. */
function chanceInView(sensor: SensorModel["sensor"], d: Detections, j: number): number {
  for (let k = 0; k < 3; k++) x[k] = d.posM[3 * j + k];
  cov[0] = d.spreadM2[j];
  cov[3] = d.spreadM2[j];
  cov[5] = d.spreadM2[j];
  visibility(sensor, undefined, x, cov);
  return view.inView;
}
