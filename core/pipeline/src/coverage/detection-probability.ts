import { isInArc } from "@picket/geo";
import type { TrackerLook, TrackerSensor } from "@picket/tracker";

/** A point of the site's frame, metres. */
export type PointEnuM = readonly [number, number, number];

/**
 * Probability that one look of a sensor detects a small drone at a point that moves towards or away from it at `radialMps`: 0 outside
 * its field of view, the sector looked at, or behind terrain; the notch's figure below the notch's radial speed.
 */
export function detectionProbability(
  sensor: TrackerSensor,
  sector: TrackerLook["sector"],
  [east, north, up]: PointEnuM,
  radialMps: number,
): number {
  const [de, dn, du] = [east - sensor.posEnuM[0], north - sensor.posEnuM[1], up - sensor.posEnuM[2]];
  const r = sensor.toSite;
  const e = r ? cell(r, 0) * de + cell(r, 3) * dn + cell(r, 6) * du : de;
  const n = r ? cell(r, 1) * de + cell(r, 4) * dn + cell(r, 7) * du : dn;
  const u = r ? cell(r, 2) * de + cell(r, 5) * dn + cell(r, 8) * du : du;
  const groundM = Math.sqrt(e * e + n * n);
  const rangeM = Math.sqrt(groundM * groundM + u * u);
  const azimuthRad = Math.atan2(e, n);
  const elevationRad = Math.atan2(u, groundM);
  const field = sensor.fieldOfView;
  if (field) {
    if (rangeM < field.rangeMinM || rangeM > field.rangeMaxM) return 0;
    if (elevationRad < field.elevationMinRad || elevationRad > field.elevationMaxRad) return 0;
    if (!isInField(azimuthRad, field.azimuthFromRad, field.azimuthToRad)) return 0;
  }
  if (sector && !isInArc(azimuthRad, sector.azimuthFromRad, sector.azimuthToRad)) return 0;
  for (const shadow of sensor.shadows ?? [])
    if (
      rangeM >= shadow.rangeFromM &&
      rangeM <= shadow.rangeToM &&
      elevationRad < shadow.elevationBelowRad &&
      isInField(azimuthRad, shadow.azimuthFromRad, shadow.azimuthToRad)
    )
      return 0;
  if (sensor.notch && Math.abs(radialMps) < sensor.notch.belowMps) return sensor.notch.pD;
  return sensor.detectionProbability;
}

/** As {@link detectionProbability}, of what is at a place with a velocity of the site's frame. */
export function statedDetection(
  sensor: TrackerSensor,
  sector: TrackerLook["sector"],
  at: PointEnuM,
  velEnuMps: PointEnuM,
): number {
  const [e, n, u] = [at[0] - sensor.posEnuM[0], at[1] - sensor.posEnuM[1], at[2] - sensor.posEnuM[2]];
  const rangeM = Math.sqrt(e * e + n * n + u * u);
  const radialMps = rangeM > 1 ? (e * velEnuMps[0] + n * velEnuMps[1] + u * velEnuMps[2]) / rangeM : 0;
  return detectionProbability(sensor, sector, at, radialMps);
}

/** A field of view of a whole turn holds every azimuth, from wherever it is counted. */
const isInField = (azimuthRad: number, fromRad: number, toRad: number): boolean =>
  toRad - fromRad >= 2 * Math.PI - 1e-9 || isInArc(azimuthRad, fromRad, toRad);

const cell = (rotation: readonly number[], at: number): number => rotation[at] as number;
