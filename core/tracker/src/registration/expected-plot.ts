import type { TrackerLook, TrackerSensor } from "../types.ts";
import type { SensorBias } from "./bias.ts";
import { BIAS_UNIT } from "./evidence.ts";
import { type Offset, offsetOf, type Plot, type Sight } from "./pair.ts";
import type { ReferenceState } from "./reference-path.ts";
import { biasOf, type SensorRegistration } from "./registration.ts";

/** A plot this far from a reference in range is not of it. */
export const NEAR_M = 600;
const GATE_SIGMAS = 3;
const ROUNDING_RAD = 1e-6;

/** Does the look reach to where the reference is? */
export function isInView(
  { fieldOfView: view, shadows }: TrackerSensor,
  sector: TrackerLook["sector"],
  { rangeM, azimuthRad, elevationRad }: Sight,
): boolean {
  if (sector && !isInArc(azimuthRad, sector.azimuthFromRad, sector.azimuthToRad)) return false;
  const isHidden = shadows?.some(
    ({ azimuthFromRad, azimuthToRad, rangeFromM, rangeToM, elevationBelowRad }) =>
      elevationRad < elevationBelowRad &&
      rangeM >= rangeFromM &&
      rangeM <= rangeToM &&
      isInArc(azimuthRad, azimuthFromRad, azimuthToRad),
  );
  if (isHidden) return false;
  if (view === undefined) return true;
  const isInReach = rangeM <= view.rangeMaxM && rangeM >= view.rangeMinM;
  const isInHeight = elevationRad >= view.elevationMinRad && elevationRad <= view.elevationMaxRad;
  return isInReach && isInHeight && isInArc(azimuthRad, view.azimuthFromRad, view.azimuthToRad);
}

/** Clockwise from one azimuth to another; a whole turn holds everything. */
function isInArc(azimuthRad: number, fromRad: number, toRad: number): boolean {
  if (toRad - fromRad >= 2 * Math.PI - ROUNDING_RAD) return true;
  return clockwise(fromRad, azimuthRad) <= clockwise(fromRad, toRad);
}

const clockwise = (fromRad: number, toRad: number): number => {
  const turns = (toRad - fromRad) / (2 * Math.PI);
  return turns - Math.floor(turns);
};

/** Is the plot where the newest estimate of the sensor's bias has it? */
export function isAsEstimated(
  plot: Plot,
  off: Offset,
  sight: Sight,
  reference: ReferenceState,
  registration: SensorRegistration,
): boolean {
  const estimate = biasOf(registration.estimate);
  const sigma = biasOf(registration.sigma);
  const [ve, vn] = reference.velEnuMps;
  const speedMps = Math.sqrt(ve * ve + vn * vn);
  const placeM =
    reference.horizontalSigmaM + speedMps * (sigma.clockS + Math.abs(estimate.clockS - biasOf(registration.applied).clockS));
  const azimuth = plot.azimuthSigmaRad + sigma.azimuthRad + placeM / sight.rangeM;
  if (besideRad(off.azimuthRad - estimate.azimuthRad) > GATE_SIGMAS * azimuth) return false;
  if (off.rangeM === undefined || plot.kind !== "polar" || reference.verticalSigmaM === undefined) return true;
  return Math.abs(off.rangeM - estimate.rangeM) <= GATE_SIGMAS * (plot.rangeSigmaM + sigma.rangeM + placeM);
}

/** Is the plot where the reference would be plotted, within what is thought possible of the sensor, or within so much to either side? */
export function isWithin(plot: Plot, sight: Sight, reference: ReferenceState, bias: SensorBias, searchedRad: number): boolean {
  const off: Offset = offsetOf(plot, sight);
  const { horizontalSigmaM, verticalSigmaM } = reference;
  const [ve, vn] = reference.velEnuMps;
  const speedMps = Math.sqrt(ve * ve + vn * vn);
  const placeM = horizontalSigmaM + speedMps * BIAS_UNIT[3];
  const rangeGate = BIAS_UNIT[0] + placeM + (plot.kind === "polar" ? plot.rangeSigmaM : 0);
  const azimuthGate = BIAS_UNIT[1] + placeM / sight.rangeM + plot.azimuthSigmaRad;
  if (besideRad(off.azimuthRad - bias.azimuthRad) > Math.max(searchedRad, GATE_SIGMAS * azimuthGate)) return false;
  // Of a reference whose height nobody knows neither range nor elevation can be foretold well.
  if (verticalSigmaM === undefined) return off.rangeM === undefined || Math.abs(off.rangeM - bias.rangeM) <= NEAR_M;
  if (off.rangeM !== undefined && Math.abs(off.rangeM - bias.rangeM) > GATE_SIGMAS * rangeGate) return false;
  if (off.elevationRad === undefined) return true;
  const elevationGate = BIAS_UNIT[2] + verticalSigmaM / sight.rangeM + (plot.elevationSigmaRad ?? plot.azimuthSigmaRad);
  return Math.abs(off.elevationRad - bias.elevationRad) <= GATE_SIGMAS * elevationGate;
}

/** How far an angle is from none, to either side. */
const besideRad = (angleRad: number): number => Math.abs(angleRad - 2 * Math.PI * Math.round(angleRad / (2 * Math.PI)));
