import { CLASSES } from "../store/store.ts";
import { CLASS_NAMES, type EnuM, type TrackerDetection, type TrackerMeasurement, type TrackerSensor } from "../types.ts";
import {
  AREA,
  BEARING,
  createDetections,
  type Detections,
  givesPlace,
  PARALLEL,
  POINT,
  POLAR_2D,
  RANGE,
  RANGE_DIFFERENCE,
} from "./detections.ts";

/** Errors of a broadcast position live about so long: they are used at their spectral density. */
const CORRELATION_S = 8;
/** What a sensor that does not say how far it hears may hear. */
const UNSTATED_REACH_M = 10_000;
/** No feature speaks against a class more strongly than this. */
const LEAST_LIKELIHOOD = 1e-6;

/** Columns that a detection writes only as far as it measures them. */
const PARTLY_WRITTEN = [
  ...(["axisCount", "axes", "posM", "value", "variance", "spreadM2", "rangeM", "azimuthRad", "azimuthVariance"] as const),
  ...(["hasElevation", "elevationRad", "elevationVariance", "velMps", "velVariance", "classLog", "clutterLog"] as const),
  ...(["rangeRateMps", "rangeRateVariance", "differenceM", "otherPosM", "reachM", "fromRad", "toRad"] as const),
];

/** Where a sensor stands, by its id. */
export type PlaceOf = (sensor: string) => EnuM;

/** Lays a look's detections out in arrays, which only grow. */
export function layOutInto(
  d: Detections,
  detections: readonly TrackerDetection[],
  sensor: TrackerSensor,
  timeSigmaMs: number | undefined,
  placeOf: PlaceOf,
): void {
  const n = detections.length;
  if (d.shape.length < n) Object.assign(d, createDetections(2 * n));
  d.count = n;
  d.timeVarianceS2 = square((timeSigmaMs ?? 0) / 1000);
  d.sensorPosM = sensor.posEnuM;
  d.rotation = sensor.toSite ?? PARALLEL;
  d.source = detections;
  d.hasUnplaced = false;
  for (let k = 0; k < PARTLY_WRITTEN.length; k++) d[PARTLY_WRITTEN[k]].fill(0);
  for (let j = 0; j < n; j++) {
    const detection = detections[j];
    layMeasurement(d, j, detection.measurement, sensor, placeOf);
    layFeatures(d, j, detection);
    d.hasUnplaced ||= !givesPlace(d.shape[j]);
    d.isSound[j] = detection.propagation === "sound" ? 1 : 0;
    const isBare = d.rangeRateVariance[j] === 0 && d.velVariance[j] === 0 && d.isSound[j] === 0;
    d.isPlainPoint[j] = d.shape[j] === POINT && d.axisCount[j] === 3 && isBare ? 1 : 0;
    d.isFiltered[j] = detection.filtered ? 1 : 0;
    d.correlationS[j] = detection.filtered || detection.claim !== undefined ? CORRELATION_S : 0;
  }
}

function layMeasurement(d: Detections, j: number, m: TrackerMeasurement, sensor: TrackerSensor, placeOf: PlaceOf): void {
  switch (m.kind) {
    case "polar":
      if (m.elevationRad === undefined) layPolar2d(d, j, m);
      else layPolar3d(d, j, m);
      d.rangeRateMps[j] = m.rangeRateMps ?? 0;
      d.rangeRateVariance[j] = m.rangeRateMps === undefined ? 0 : square(m.rangeRateSigmaMps ?? 1);
      return;
    case "bearing":
      d.shape[j] = BEARING;
      layAngles(d, j, m);
      return;
    case "position":
      layPosition(d, j, m);
      return;
    case "range":
      d.shape[j] = RANGE;
      d.rangeM[j] = m.rangeM;
      d.variance[3 * j] = square(m.rangeSigmaM);
      return;
    case "rangeDifference":
      d.shape[j] = RANGE_DIFFERENCE;
      d.differenceM[j] = m.differenceM;
      d.otherPosM.set(placeOf(m.otherSensor), 3 * j);
      d.variance[3 * j] = square(m.sigmaM);
      return;
    case "sector":
      layArea(d, j, sensor, { reachM: m.rangeMaxM, fromRad: m.azimuthFromRad, toRad: m.azimuthToRad });
      return;
    case "presence":
      layArea(d, j, sensor, { reachM: m.radiusM, fromRad: -Math.PI, toRad: Math.PI });
      return;
    default:
      m satisfies never;
  }
}

/**
 * A polar plot as three orthogonal measurements along and across the measured line of sight. With errors a and b of azimuth and elevation the
 * true position seen along the measured axes is r·(1 - (a²·cos²el + b²)/2) along, -r·a·cos el to the right, and r·(a²·sin el·cos el/2 - b) up:
 * an error of azimuth cuts the cone of equal elevation short, so that in the mean the target lies r·(σaz²·cos²el + σel²)/2 nearer and
 * r·σaz²·sin el·cos el/2 higher, with variances r²·(σaz⁴·cos⁴el + σel⁴)/2 and r²·σaz⁴·sin²el·cos²el/2 more.
 *
 * @source Lerro & Bar-Shalom (1993), "Tracking with debiased consistent converted measurements", eq. 10 to 14, here to second order in the
 * line-of-sight frame.
 */
function layPolar3d(d: Detections, j: number, m: Extract<TrackerMeasurement, { kind: "polar" }>): void {
  layAngles(d, j, m);
  const elevationRad = d.elevationRad[j];
  d.shape[j] = POINT;
  d.axisCount[j] = 3;
  const r = m.rangeM;
  const va = d.azimuthVariance[j];
  const ve = d.elevationVariance[j];
  const sinAz = Math.sin(m.azimuthRad);
  const cosAz = Math.cos(m.azimuthRad);
  const sinEl = Math.sin(elevationRad);
  const cosEl = Math.cos(elevationRad);
  const va2 = va * cosEl * cosEl;
  turn(d, 9 * j, sinAz * cosEl, cosAz * cosEl, sinEl);
  turn(d, 9 * j + 3, cosAz, -sinAz, 0);
  turn(d, 9 * j + 6, -sinAz * sinEl, -cosAz * sinEl, cosEl);
  const along = r * (1 - (va2 + ve) / 2);
  const higher = (r * va * sinEl * cosEl) / 2;
  for (let k = 0; k < 3; k++) d.posM[3 * j + k] = d.sensorPosM[k] + along * d.axes[9 * j + k] + higher * d.axes[9 * j + 6 + k];
  d.variance[3 * j] = square(m.rangeSigmaM) + (r * r * (va2 * va2 + ve * ve)) / 2;
  d.variance[3 * j + 1] = r * r * va2;
  d.variance[3 * j + 2] = r * r * ve + 2 * higher * higher;
  layValues(d, j);
  d.rangeM[j] = r;
}

function layPolar2d(d: Detections, j: number, m: Extract<TrackerMeasurement, { kind: "polar" }>): void {
  layAngles(d, j, m);
  d.shape[j] = POLAR_2D;
  turn(d, 9 * j, Math.sin(m.azimuthRad), Math.cos(m.azimuthRad), 0);
  for (let k = 0; k < 3; k++) d.posM[3 * j + k] = d.sensorPosM[k] + m.rangeM * d.axes[9 * j + k];
  d.variance[3 * j] = square(m.rangeSigmaM);
  d.rangeM[j] = m.rangeM;
  d.spreadM2[j] = Math.max(d.variance[3 * j], m.rangeM * m.rangeM * d.azimuthVariance[j]);
}

/** Without a stated reach it is the sensor's own. */
function layArea(
  d: Detections,
  j: number,
  { fieldOfView }: TrackerSensor,
  { reachM, fromRad, toRad }: Readonly<{ reachM: number | undefined; fromRad: number; toRad: number }>,
): void {
  d.shape[j] = AREA;
  d.reachM[j] = reachM ?? fieldOfView?.rangeMaxM ?? UNSTATED_REACH_M;
  d.fromRad[j] = fromRad;
  d.toRad[j] = toRad;
}

type Angles = Readonly<{ azimuthRad: number; azimuthSigmaRad: number; elevationRad?: number; elevationSigmaRad?: number }>;

function layAngles(d: Detections, j: number, m: Angles): void {
  d.azimuthRad[j] = m.azimuthRad;
  d.azimuthVariance[j] = square(m.azimuthSigmaRad);
  if (m.elevationRad === undefined) return;
  d.hasElevation[j] = 1;
  d.elevationRad[j] = m.elevationRad;
  d.elevationVariance[j] = square(m.elevationSigmaRad ?? m.azimuthSigmaRad);
}

/**
 * A position along the axes of its ellipse and up, or along east, north and up. The axes are those of its covariance's eigenvectors, so that its
 * errors along them are independent: R = a²·m·mᵀ + b²·n·nᵀ, with m = (sin β, cos β) along the longer axis and n = (-cos β, sin β) across it.
 *
 * @source Bar-Shalom, Li & Kirubarajan (2001), section 1.3.5 (principal axes of a covariance).
 */
function layPosition(d: Detections, j: number, m: Extract<TrackerMeasurement, { kind: "position" }>): void {
  const { posEnuM, horizontalSigmaM, ellipse, verticalSigmaM, velEnuMps } = m;
  d.shape[j] = POINT;
  d.axisCount[j] = verticalSigmaM === undefined ? 2 : 3;
  for (let k = 0; k < 3; k++) {
    d.posM[3 * j + k] = k < d.axisCount[j] ? posEnuM[k] : d.sensorPosM[2];
    d.velMps[3 * j + k] = velEnuMps?.[k] ?? 0;
  }
  const sine = ellipse ? Math.sin(ellipse.bearingRad) : 1;
  const cosine = ellipse ? Math.cos(ellipse.bearingRad) : 0;
  d.axes[9 * j] = sine;
  d.axes[9 * j + 1] = cosine;
  d.axes[9 * j + 3] = -cosine;
  d.axes[9 * j + 4] = sine;
  d.axes[9 * j + 8] = 1;
  d.variance[3 * j] = square(ellipse?.semiMajorM ?? horizontalSigmaM);
  d.variance[3 * j + 1] = square(ellipse?.semiMinorM ?? horizontalSigmaM);
  d.variance[3 * j + 2] = square(verticalSigmaM ?? 0);
  d.velVariance[j] = m.velEnuMps === undefined ? 0 : square(m.velocitySigmaMps ?? 3);
  layValues(d, j);
}

function layValues(d: Detections, j: number): void {
  for (let k = 0; k < 3; k++) {
    const a = 9 * j + 3 * k;
    d.value[3 * j + k] = d.axes[a] * d.posM[3 * j] + d.axes[a + 1] * d.posM[3 * j + 1] + d.axes[a + 2] * d.posM[3 * j + 2];
    d.spreadM2[j] = Math.max(d.spreadM2[j], d.variance[3 * j + k]);
  }
}

/** Writes a direction of the sensor's frame as one of the site's. */
function turn(d: Detections, at: number, x: number, y: number, z: number): void {
  const { rotation } = d;
  for (let k = 0; k < 3; k++) d.axes[at + k] = rotation[3 * k] * x + rotation[3 * k + 1] * y + rotation[3 * k + 2] * z;
}

/** Likelihoods come up to a common factor: the greatest is 1, and none is believed to be less than a millionth of it. */
function layFeatures(d: Detections, j: number, { classLikelihoods, clutterLikelihood }: TrackerDetection): void {
  let most = 0;
  if (classLikelihoods !== undefined)
    for (let k = 0; k < CLASSES; k++) most = Math.max(most, classLikelihoods[CLASS_NAMES[k]] ?? 0);
  d.hasFeatures[j] = most > 0 ? 1 : 0;
  if (classLikelihoods === undefined || most === 0) return;
  most = Math.max(most, clutterLikelihood ?? 0);
  for (let k = 0; k < CLASSES; k++)
    d.classLog[CLASSES * j + k] = Math.log(Math.max((classLikelihoods[CLASS_NAMES[k]] ?? 0) / most, LEAST_LIKELIHOOD));
  d.clutterLog[j] =
    clutterLikelihood === undefined
      ? Math.log(likelihoodOfClutter(d, j))
      : Math.log(Math.max(clutterLikelihood / most, LEAST_LIKELIHOOD));
}

/** Where a sensor does not say how clutter looks: as often like a bird, weak and without a rotor, as like something of no other class. */
const likelihoodOfClutter = ({ classLog }: Detections, j: number): number =>
  (Math.exp(classLog[CLASSES * j + CLASS_NAMES.indexOf("bird")]) +
    Math.exp(classLog[CLASSES * j + CLASS_NAMES.indexOf("other")])) /
  2;

const square = (value: number): number => value * value;
