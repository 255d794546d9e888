import { BEARING, type Detections, POINT, POLAR_2D, RANGE, RANGE_DIFFERENCE } from "../looks/detections.ts";
import {
  clutterPerDifference,
  clutterPerMetre,
  clutterRateDensity,
  createPlace,
  falseReportsPerLook,
  findClutter,
  perM3,
  type SensorModel,
} from "./clutter.ts";

/** False positions of broadcasts per m³, and the volume of velocity that they may claim, (m/s)³. */
const FALSE_POSITION_PER_M3 = 1e-9;
const CLAIMED_VELOCITY_VOLUME = 50 * 50 * 10;

const place = createPlace();

/** Writes the density of false alarms at each detection, in the units of its likelihood. */
export function clutterDensitiesInto(out: Float64Array, model: SensorModel, learned: Float64Array, d: Detections): void {
  for (let j = 0; j < d.count; j++) {
    layDensity(out, model, learned, d, j);
    if (d.rangeRateVariance[j] > 0) out[j] *= clutterRateDensity(learned, d.rangeRateMps[j]);
  }
}

function layDensity(out: Float64Array, model: SensorModel, learned: Float64Array, d: Detections, j: number): void {
  place.rangeM = d.rangeM[j];
  place.azimuthRad = d.azimuthRad[j];
  place.elevationRad = d.elevationRad[j];
  switch (d.shape[j]) {
    case POINT:
      if (d.rangeM[j] > 0) {
        findClutter(model, learned, place);
        out[j] = perM3(place);
      } else
        out[j] =
          (FALSE_POSITION_PER_M3 * (d.axisCount[j] === 2 ? 500 : 1)) / (d.velVariance[j] > 0 ? CLAIMED_VELOCITY_VOLUME : 1);
      return;
    case POLAR_2D:
      findClutter(model, learned, place);
      out[j] = place.perUnit * spanOf(model.elevation);
      return;
    case BEARING:
      findClutter(model, learned, place);
      out[j] = place.perUnit * spanOf(model.range) * (d.hasElevation[j] === 1 ? 1 : spanOf(model.elevation));
      return;
    case RANGE:
      out[j] = clutterPerMetre(model, learned, d.rangeM[j]);
      return;
    case RANGE_DIFFERENCE:
      out[j] = clutterPerDifference(model, learned, apartM(d, j));
      return;
    default:
      out[j] = falseReportsPerLook(model, d.fromRad[j], d.toRad[j]);
  }
}

const spanOf = ({ low, high }: SensorModel["range"]): number => high - low;

/** How far a range difference's two sensors stand from each other. */
function apartM({ sensorPosM, otherPosM }: Detections, j: number): number {
  const e = sensorPosM[0] - otherPosM[3 * j];
  const n = sensorPosM[1] - otherPosM[3 * j + 1];
  const u = sensorPosM[2] - otherPosM[3 * j + 2];
  return Math.sqrt(e * e + n * n + u * u);
}
