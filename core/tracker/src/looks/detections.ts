import { CLASSES } from "../store/store.ts";
import type { TrackerDetection } from "../types.ts";

/**
 * A measurement's shape. A point is linear in position, what is curved is linearised at each track. Only the first two give a place, and so
 * begin tracks; bearings and areas tell that something is there and never where.
 */
export const POINT = 0;
export const POLAR_2D = 1;
export const BEARING = 2;
export const RANGE = 3;
export const RANGE_DIFFERENCE = 4;
/** A sector, or everything within a distance: what is measured lies somewhere in it, evenly. */
export const AREA = 5;

/** Does a detection of this shape give a place? */
export const givesPlace = (shape: number): boolean => shape <= POLAR_2D;
/** Does it sustain a track's existence without ever moving its state? */
export const sustainsOnly = (shape: number): boolean => shape === BEARING || shape === AREA;

/** A frame that lies as the site's does. */
export const PARALLEL = [1, 0, 0, 0, 1, 0, 0, 0, 1] as const;

/** The detections of one look in struct of arrays, ready to be compared with tracks; what lies beyond `count` means nothing. */
export type Detections = {
  count: number;
  /** Of the look's time, s². */
  timeVarianceS2: number;
  /** True when one of them gives no place: then every track may be near it. */
  hasUnplaced: boolean;
  sensorPosM: readonly number[];
  /** From the sensor's frame to the site's. */
  rotation: readonly number[];
  shape: Uint8Array;
  /** Site position, for gating and birth; without elevation it lies at the sensor's height. */
  posM: Float64Array;
  /** Of a point: up to three orthogonal directions (3×3 row-major), the value along each and its variance. */
  axisCount: Uint8Array;
  axes: Float64Array;
  value: Float64Array;
  variance: Float64Array;
  /** Sensor's polar coordinates; for a position they are worked out, for a missing elevation 0. */
  rangeM: Float64Array;
  azimuthRad: Float64Array;
  elevationRad: Float64Array;
  azimuthVariance: Float64Array;
  elevationVariance: Float64Array;
  hasElevation: Uint8Array;
  /** Of a range difference: its value, and where the other sensor stands. */
  differenceM: Float64Array;
  otherPosM: Float64Array;
  /** Of an area: how far it reaches, and from which azimuth to which, clockwise. */
  reachM: Float64Array;
  fromRad: Float64Array;
  toRad: Float64Array;
  /** Range rate and its variance; variance 0 means that there is none. */
  rangeRateMps: Float64Array;
  rangeRateVariance: Float64Array;
  /** Velocity and its variance likewise. */
  velMps: Float64Array;
  velVariance: Float64Array;
  /** Greatest variance of position, m². */
  spreadM2: Float64Array;
  /** Correlation time of its errors; 0 is white. */
  correlationS: Float64Array;
  /** 1 for what another tracker made: nobody knows what its errors have in common with ours. */
  isFiltered: Uint8Array;
  isSound: Uint8Array;
  /** 1 for a point with three axes and neither range rate, velocity nor sound's delay: it has a kernel of its own. */
  isPlainPoint: Uint8Array;
  /** 1 when it has features; then their log-likelihood under each class and under clutter, against the likeliest of these. */
  hasFeatures: Uint8Array;
  classLog: Float64Array;
  clutterLog: Float64Array;
  source: readonly TrackerDetection[];
};

/** Room for the detections of a look, kept from look to look. */
export const createDetections = (capacity = 64): Detections => ({
  count: 0,
  timeVarianceS2: 0,
  hasUnplaced: false,
  sensorPosM: [0, 0, 0],
  rotation: PARALLEL,
  shape: new Uint8Array(capacity),
  posM: new Float64Array(3 * capacity),
  axisCount: new Uint8Array(capacity),
  axes: new Float64Array(9 * capacity),
  value: new Float64Array(3 * capacity),
  variance: new Float64Array(3 * capacity),
  rangeM: new Float64Array(capacity),
  azimuthRad: new Float64Array(capacity),
  elevationRad: new Float64Array(capacity),
  azimuthVariance: new Float64Array(capacity),
  elevationVariance: new Float64Array(capacity),
  hasElevation: new Uint8Array(capacity),
  differenceM: new Float64Array(capacity),
  otherPosM: new Float64Array(3 * capacity),
  reachM: new Float64Array(capacity),
  fromRad: new Float64Array(capacity),
  toRad: new Float64Array(capacity),
  rangeRateMps: new Float64Array(capacity),
  rangeRateVariance: new Float64Array(capacity),
  velMps: new Float64Array(3 * capacity),
  velVariance: new Float64Array(capacity),
  spreadM2: new Float64Array(capacity),
  correlationS: new Float64Array(capacity),
  isFiltered: new Uint8Array(capacity),
  isSound: new Uint8Array(capacity),
  isPlainPoint: new Uint8Array(capacity),
  hasFeatures: new Uint8Array(capacity),
  classLog: new Float64Array(CLASSES * capacity),
  clutterLog: new Float64Array(capacity),
  source: [],
});
