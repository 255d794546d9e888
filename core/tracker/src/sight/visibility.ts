import { normalCdfInPlace } from "../measure/normal.ts";
import type { FieldOfView, Shadow, TrackerLook, TrackerSensor } from "../types.ts";

const PARALLEL = [1, 0, 0, 0, 1, 0, 0, 0, 1] as const;

/** Where a state lies as its sensor sees it, and how sure that is along and across the line of sight. */
const seen = { rangeM: 0, azimuthRad: 0, elevationRad: 0, groundM: 0, alongSigmaM: 0, acrossSigmaM: 0, upSigmaM: 0 };

/**
 * What the last {@link visibility} found: probability of being in the sensor's field, of being in view there, and of being in view
 * below the notch's radial speed.
 */
export const view = { inField: 0, inView: 0, inNotch: 0 };

/**
 * A value with its standard deviation, the bounds that it may lie between, and the probability that it does. What is handed over here is not
 * boxed, as numbers are that a call takes and answers which the engine does not inline: they were most of what a look allocated.
 */
const bounded = { value: 0.5, sigma: 0.5, low: 0.5, high: 0.5, chance: 0.5 };

/** Where the variances of east, north and up lie in a covariance. */
const VARIANCE = [0, 3, 5] as const;

/**
 * Probability that a state with position and velocity uncertainty lies where the look can see it: field of view, sector, box, not in
 * a shadow. Each edge is crossed with the probability Phi(distance / sigma). Leaves the parts in {@link view}.
 */
export function visibility(sensor: TrackerSensor, sector: TrackerLook["sector"], x: Float64Array, cov: Float64Array): void {
  view.inView = 1;
  view.inNotch = 0;
  if (sensor.boxEnuM) narrowToBox(sensor.boxEnuM, x, cov);
  view.inField = view.inView;
  if (view.inView === 0) return;
  resolve(sensor, x, cov);
  if (sensor.fieldOfView) narrowToField(sensor.fieldOfView);
  view.inField = view.inView;
  if (sector && view.inView > 0) {
    findWithinAzimuth(sector);
    view.inView *= bounded.chance;
  }
  if (sensor.shadows) for (let k = 0; k < sensor.shadows.length && view.inView > 0; k++) narrowBy(sensor.shadows[k]);
  if (sensor.notch && view.inView > 0) findRadialBelow(sensor, x, cov, sensor.notch);
}

/** Probability that a state lies within `reachM` of the sensor and between two azimuths of the sensor's frame, clockwise. */
export function chanceWithin(
  sensor: TrackerSensor,
  area: Readonly<{ reachM: number; azimuthFromRad: number; azimuthToRad: number }>,
  x: Float64Array,
  cov: Float64Array,
): number {
  resolve(sensor, x, cov);
  bounded.value = seen.rangeM;
  bounded.sigma = seen.alongSigmaM;
  bounded.low = -area.reachM;
  bounded.high = area.reachM;
  findBetween();
  const inReach = bounded.chance;
  if (inReach > 0) findWithinAzimuth(area);
  return inReach * bounded.chance;
}

function narrowToBox({ min, max }: NonNullable<TrackerSensor["boxEnuM"]>, x: Float64Array, cov: Float64Array): void {
  for (let k = 0; k < 3 && view.inView > 0; k++) {
    bounded.value = x[k];
    bounded.sigma = Math.sqrt(cov[VARIANCE[k]]);
    bounded.low = min[k];
    bounded.high = max[k];
    findBetween();
    view.inView *= bounded.chance;
  }
}

function resolve(sensor: TrackerSensor, x: Float64Array, cov: Float64Array): void {
  const { posEnuM } = sensor;
  const rotation = sensor.toSite ?? PARALLEL;
  const de = x[0] - posEnuM[0];
  const dn = x[1] - posEnuM[1];
  const du = x[2] - posEnuM[2];
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

function narrowToField(field: FieldOfView): void {
  bounded.value = seen.rangeM;
  bounded.sigma = seen.alongSigmaM;
  bounded.low = field.rangeMinM;
  bounded.high = field.rangeMaxM;
  findBetween();
  const range = bounded.chance;
  if (range > 0) findWithinAzimuth(field);
  const azimuth = bounded.chance;
  if (azimuth > 0) {
    const up = Math.max(seen.rangeM, 1);
    bounded.value = seen.elevationRad * up;
    bounded.sigma = seen.upSigmaM;
    bounded.low = field.elevationMinRad * up;
    bounded.high = field.elevationMaxRad * up;
    findBetween();
  }
  view.inView *= range * azimuth * bounded.chance;
}

const tails = new Float64Array(2);
const tail = new Float64Array(1);

/** Finds the probability of an azimuth between two, clockwise; a full turn holds everything. */
function findWithinAzimuth({ azimuthFromRad, azimuthToRad }: NonNullable<TrackerLook["sector"]>): void {
  const width = azimuthToRad - azimuthFromRad;
  bounded.chance = 1;
  if (width >= 2 * Math.PI - 1e-6) return;
  const span = width < 0 ? width + 2 * Math.PI : width;
  const middle = azimuthFromRad + span / 2;
  const off = seen.azimuthRad - middle;
  const fromMiddle = Math.abs(off - 2 * Math.PI * Math.round(off / (2 * Math.PI)));
  tail[0] = ((span / 2 - fromMiddle) * Math.max(seen.groundM, 1)) / seen.acrossSigmaM;
  normalCdfInPlace(tail);
  bounded.chance = tail[0];
}

/** Takes away what the shadow hides. */
function narrowBy(shadow: Shadow): void {
  bounded.value = seen.rangeM;
  bounded.sigma = seen.alongSigmaM;
  bounded.low = shadow.rangeFromM;
  bounded.high = shadow.rangeToM;
  findBetween();
  const range = bounded.chance;
  if (range === 0) return;
  tail[0] = ((shadow.elevationBelowRad - seen.elevationRad) * seen.rangeM) / seen.upSigmaM;
  normalCdfInPlace(tail);
  const below = tail[0];
  if (below === 0) return;
  findWithinAzimuth(shadow);
  view.inView *= 1 - range * below * bounded.chance;
}

/** Finds the probability that the radial speed is below the notch's: u·v is normal with variance uᵀ Pvv u. */
function findRadialBelow(
  { posEnuM }: TrackerSensor,
  x: Float64Array,
  cov: Float64Array,
  { belowMps }: NonNullable<TrackerSensor["notch"]>,
): void {
  const r = Math.max(seen.rangeM, 1);
  const ue = (x[0] - posEnuM[0]) / r;
  const un = (x[1] - posEnuM[1]) / r;
  const uu = (x[2] - posEnuM[2]) / r;
  const variance =
    ue * ue * cov[15] + un * un * cov[18] + uu * uu * cov[20] + 2 * (ue * un * cov[16] + ue * uu * cov[17] + un * uu * cov[19]);
  bounded.value = ue * x[3] + un * x[4] + uu * x[5];
  bounded.sigma = Math.sqrt(Math.max(variance, 1e-4));
  bounded.low = -belowMps;
  bounded.high = belowMps;
  findBetween();
  view.inNotch = bounded.chance;
}

/** Finds the probability that the value lies between its bounds; far from both nothing need be worked out. */
function findBetween(): void {
  const { value, sigma, low, high } = bounded;
  if (value - low > 5 * sigma && high - value > 5 * sigma) bounded.chance = 1;
  else if (low - value > 5 * sigma || value - high > 5 * sigma) bounded.chance = 0;
  else {
    tails[0] = (high - value) / sigma;
    tails[1] = (low - value) / sigma;
    normalCdfInPlace(tails);
    bounded.chance = Math.max(0, tails[0] - tails[1]);
  }
}
