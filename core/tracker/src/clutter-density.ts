import {
  clutterPerDifference,
  clutterPerM3,
  clutterPerMetre,
  clutterPerUnit,
  clutterRateDensity,
  falseReportsPerLook,
  type PolarPlace,
  type SensorModel,
} from "./clutter.ts";
import { BEARING, type Detections, POINT, POLAR_2D, RANGE, RANGE_DIFFERENCE } from "./detections.ts";

/** False positions of broadcasts per m³, and the volume of velocity that they may claim, (m/s)³. */
const FALSE_POSITION_PER_M3 = 1e-9;
const CLAIMED_VELOCITY_VOLUME = 50 * 50 * 10;

const place: PolarPlace = { rangeM: 0, azimuthRad: 0, elevationRad: 0, rangeRateMps: Number.NaN };

/** Writes the density of false alarms at each detection, in the units of its likelihood. */
export function clutterDensitiesInto(out: Float64Array, model: SensorModel, learned: Float64Array, d: Detections): void {
  for (let j = 0; j < d.count; j++) {
    out[j] = clutterDensity(model, learned, d, j);
    if (d.rangeRateVariance[j] > 0) out[j] *= clutterRateDensity(learned, d.rangeRateMps[j]);
  }
}

function clutterDensity(model: SensorModel, learned: Float64Array, d: Detections, j: number): number {
  place.rangeM = d.rangeM[j];
  place.azimuthRad = d.azimuthRad[j];
  place.elevationRad = d.elevationRad[j];
  const elevationSpan = model.elevation.high - model.elevation.low;
  switch (d.shape[j]) {
    case POINT:
      if (d.rangeM[j] > 0) return clutterPerM3(model, learned, place);
      return (FALSE_POSITION_PER_M3 * (d.axisCount[j] === 2 ? 500 : 1)) / (d.velVariance[j] > 0 ? CLAIMED_VELOCITY_VOLUME : 1);
    case POLAR_2D:
      return clutterPerUnit(model, learned, place) * elevationSpan;
    case BEARING: {
      const perRadian = clutterPerUnit(model, learned, place) * (model.range.high - model.range.low);
      return d.hasElevation[j] === 1 ? perRadian : perRadian * elevationSpan;
    }
    case RANGE:
      return clutterPerMetre(model, learned, place.rangeM);
    case RANGE_DIFFERENCE:
      return clutterPerDifference(model, learned, apartM(d, j));
    default:
      return falseReportsPerLook(model, d.fromRad[j], d.toRad[j]);
  }
}

/** How far a range difference's two sensors stand from each other. */
function apartM({ sensorPosM, otherPosM }: Detections, j: number): number {
  const e = sensorPosM[0] - otherPosM[3 * j];
  const n = sensorPosM[1] - otherPosM[3 * j + 1];
  const u = sensorPosM[2] - otherPosM[3 * j + 2];
  return Math.sqrt(e * e + n * n + u * u);
}
