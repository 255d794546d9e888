import { normalCdf } from "./normal.ts";
import type { FieldOfView, Shadow, TrackerLook, TrackerSensor } from "./types.ts";

const PARALLEL = [1, 0, 0, 0, 1, 0, 0, 0, 1] as const;

/** Where a state lies as its sensor sees it, and how sure that is along and across the line of sight. */
const seen = { rangeM: 0, azimuthRad: 0, elevationRad: 0, groundM: 0, alongSigmaM: 0, acrossSigmaM: 0, upSigmaM: 0 };

/**
 * What the last {@link visibility} found: probability of being in the sensor's field, of being in view there, and of being in view
 * below the notch's radial speed.
 */
export const view = { inField: 0, inView: 0, inNotch: 0 };

/**
 * Probability that a state with position and velocity uncertainty lies where the look can see it: field of view, sector, box, not in
 * a shadow. Each edge is crossed with the probability Phi(distance / sigma). Leaves the parts in {@link view}.
 */
export function visibility(sensor: TrackerSensor, sector: TrackerLook["sector"], x: Float64Array, cov: Float64Array): void {
  let inView = sensor.boxEnuM ? withinBox(sensor.boxEnuM, x, cov) : 1;
  view.inNotch = 0;
  view.inView = inView;
  view.inField = inView;
  if (inView === 0) return;
  resolve(sensor, x, cov);
  if (sensor.fieldOfView) inView *= withinField(sensor.fieldOfView);
  view.inField = inView;
  if (sector && inView > 0) inView *= withinAzimuth(sector.azimuthFromRad, sector.azimuthToRad);
  if (sensor.shadows && inView > 0) for (const shadow of sensor.shadows) inView *= 1 - withinShadow(shadow);
  view.inView = inView;
  view.inNotch = sensor.notch && inView > 0 ? radialBelow(sensor, x, cov, sensor.notch.belowMps) : 0;
}

function withinBox(box: NonNullable<TrackerSensor["boxEnuM"]>, x: Float64Array, cov: Float64Array): number {
  const east = between(x[0], box.min[0], box.max[0], Math.sqrt(cov[0]));
  if (east === 0) return 0;
  const north = between(x[1], box.min[1], box.max[1], Math.sqrt(cov[3]));
  return north === 0 ? 0 : east * north * between(x[2], box.min[2], box.max[2], Math.sqrt(cov[5]));
}

function resolve(sensor: TrackerSensor, x: Float64Array, cov: Float64Array): void {
  const [se, sn, su] = sensor.posEnuM;
  const rotation = sensor.toSite ?? PARALLEL;
  const de = x[0] - se;
  const dn = x[1] - sn;
  const du = x[2] - su;
  const e = rotation[0] * de + rotation[3] * dn + rotation[6] * du;
  const n = rotation[1] * de + rotation[4] * dn + rotation[7] * du;
  const u = rotation[2] * de + rotation[5] * dn + rotation[8] * du;
  seen.groundM = Math.sqrt(e * e + n * n);
  seen.rangeM = Math.sqrt(e * e + n * n + u * u);
  seen.azimuthRad = Math.atan2(e, n);
  seen.elevationRad = Math.atan2(u, seen.groundM);
  const g2 = Math.max(de * de + dn * dn, 1);
  const along = (de * de * cov[0] + 2 * de * dn * cov[1] + dn * dn * cov[3]) / g2;
  const across = (dn * dn * cov[0] - 2 * de * dn * cov[1] + de * de * cov[3]) / g2;
  seen.alongSigmaM = Math.sqrt(Math.max(along, 1e-6));
  seen.acrossSigmaM = Math.sqrt(Math.max(across, 1e-6));
  seen.upSigmaM = Math.sqrt(Math.max(cov[5], 1e-6));
}

function withinField(field: FieldOfView): number {
  const range = between(seen.rangeM, field.rangeMinM, field.rangeMaxM, seen.alongSigmaM);
  if (range === 0) return 0;
  const azimuth = withinAzimuth(field.azimuthFromRad, field.azimuthToRad);
  if (azimuth === 0) return 0;
  const up = Math.max(seen.rangeM, 1);
  return range * azimuth * between(seen.elevationRad * up, field.elevationMinRad * up, field.elevationMaxRad * up, seen.upSigmaM);
}

/** Probability of an azimuth between two, clockwise; a full turn holds everything. */
function withinAzimuth(fromRad: number, toRad: number): number {
  const width = toRad - fromRad;
  if (width >= 2 * Math.PI - 1e-6) return 1;
  const span = width < 0 ? width + 2 * Math.PI : width;
  const middle = fromRad + span / 2;
  const off = seen.azimuthRad - middle;
  const fromMiddle = Math.abs(off - 2 * Math.PI * Math.round(off / (2 * Math.PI)));
  return normalCdf(((span / 2 - fromMiddle) * Math.max(seen.groundM, 1)) / seen.acrossSigmaM);
}

function withinShadow(shadow: Shadow): number {
  const range = between(seen.rangeM, shadow.rangeFromM, shadow.rangeToM, seen.alongSigmaM);
  if (range === 0) return 0;
  const below = normalCdf(((shadow.elevationBelowRad - seen.elevationRad) * seen.rangeM) / seen.upSigmaM);
  return below === 0 ? 0 : range * below * withinAzimuth(shadow.azimuthFromRad, shadow.azimuthToRad);
}

/** Probability that the radial speed is below the notch's: u·v is normal with variance uᵀ Pvv u. */
function radialBelow(sensor: TrackerSensor, x: Float64Array, cov: Float64Array, belowMps: number): number {
  const r = Math.max(seen.rangeM, 1);
  const ue = (x[0] - sensor.posEnuM[0]) / r;
  const un = (x[1] - sensor.posEnuM[1]) / r;
  const uu = (x[2] - sensor.posEnuM[2]) / r;
  const rate = ue * x[3] + un * x[4] + uu * x[5];
  const variance =
    ue * ue * cov[15] + un * un * cov[18] + uu * uu * cov[20] + 2 * (ue * un * cov[16] + ue * uu * cov[17] + un * uu * cov[19]);
  return between(rate, -belowMps, belowMps, Math.sqrt(Math.max(variance, 1e-4)));
}

/** Probability that a value lies between two; far from both edges it is worked out in place. */
function between(value: number, low: number, high: number, sigma: number): number {
  if (value - low > 5 * sigma && high - value > 5 * sigma) return 1;
  if (low - value > 5 * sigma || value - high > 5 * sigma) return 0;
  return chanceBetween(value, low, high, sigma);
}

function chanceBetween(value: number, low: number, high: number, sigma: number): number {
  return Math.max(0, normalCdf((high - value) / sigma) - normalCdf((low - value) / sigma));
}
