import { degFromRad, type GeoPoint, radFromDeg, wrapTurnRad } from "@picket/geo";
import type { Height, Measurement, Sensor } from "@picket/model";
import type { DetectionReport, Location, RangeBearing } from "@picket/sapient";
import { flyableHeight } from "./asterix-height.ts";
import { type HorizontalErrors, horizontalErrors } from "./horizontal-errors.ts";
import { present } from "./present.ts";
import type { Refuse } from "./refuse.ts";
import { geographicOf } from "./sapient-geographic.ts";
import { misplacement, type SapientNode } from "./sapient-node.ts";
import { type TrueNorth, trueNorth } from "./true-north.ts";

const METRES_PER_DEGREE = 111_320;
const UNSAID_HEIGHT_SIGMA_M = 50;
const UNSAID_SPEED_SIGMA_MPS = 5;
/** A place less sure than this is none: most likely metres were written where degrees are read. */
const LARGEST_SIGMA_M = 10_000;
const ZONE_DEG = 6;
/** Beyond these a number is a fault of its sender. */
const FARTHEST_M = 1_000_000;
const FASTEST_MPS = 1000;
const LARGEST_SIGMA_RAD = Math.PI;

/** What is needed to place a report: who measured it, in which terms, and when. */
export type PlaceContext = Readonly<{ sensor: Sensor; node: SapientNode; nowMs: number; refuse: Refuse }>;

/** Where a report says that its object is, as its sensor measured it. `undefined` when the part that says it was refused. */
export function measurementOf(report: DetectionReport, context: PlaceContext): Measurement | undefined {
  if (report.rangeBearing) return directionOf(report.rangeBearing, context);
  return report.location && positionOf(report.location, report, context);
}

function positionOf(
  location: Location,
  report: DetectionReport,
  { sensor, node, refuse }: PlaceContext,
): Measurement | undefined {
  const place = geographicOf(location, node.zone);
  if (!place.ok) {
    refuse(place.error.code, place.error.item, place.error.detail);
    return undefined;
  }
  const { latDeg, lonDeg } = place.value;
  const errors = statedErrors(location, place.value, node, refuse);
  const horizontalSigmaM = errors?.horizontalSigmaM ?? sensor.rangeSigmaM;
  if (!horizontalSigmaM || horizontalSigmaM > LARGEST_SIGMA_M) {
    const why = horizontalSigmaM ? `${Math.round(horizontalSigmaM)} m: geometric_error.units says what errors are in` : "none";
    refuse("no-sigma", "location.x_error", `no usable error is stated (${why}), and none configured for the sensor`);
    return undefined;
  }
  return {
    kind: "position",
    latDeg,
    lonDeg,
    horizontalSigmaM,
    ...present({ ellipse: errors?.ellipse, height: heightOf(location), velocity: velocityOf(report, node) }),
  };
}

/**
 * The two horizontal errors, which are independent as far as is told, along the axes of their coordinates: of latitude and longitude or of the
 * UTM grid. Undefined where either is not stated.
 */
function statedErrors(
  { coordinateSystem, xError, yError }: Location,
  at: GeoPoint,
  node: SapientNode,
  refuse: Refuse,
): HorizontalErrors | undefined {
  if (!xError || !yError) return undefined;
  const isGrid = coordinateSystem === "UTM_M";
  if (node.errorUnits === "metres" || isGrid)
    return horizontalErrors({ xM: xError, yM: yError, yAxisRad: isGrid ? gridConvergenceRad(at) : 0 }, refuse);
  const metresPerUnit = coordinateSystem === "LAT_LNG_DEG_M" ? METRES_PER_DEGREE : degFromRad(METRES_PER_DEGREE);
  return horizontalErrors({ xM: xError * metresPerUnit * Math.cos(radFromDeg(at.latDeg)), yM: yError * metresPerUnit }, refuse);
}

const heightOf = ({ z, zError, datum }: Location): Height | undefined =>
  flyableHeight(z, stated(zError, 1, LARGEST_SIGMA_M) ?? UNSAID_HEIGHT_SIGMA_M, datum === "WGS84_E" ? "hae" : "msl");

/** A velocity faster than anything that is watched for here is none. */
function velocityOf({ enuVelocity }: DetectionReport, { mpsPerUnit }: SapientNode) {
  if (!enuVelocity) return undefined;
  const { eastRate, northRate, upRate = 0, eastRateError = 0, northRateError = 0 } = enuVelocity;
  if ([eastRate, northRate, upRate].some((rate) => Math.abs(rate * mpsPerUnit) > FASTEST_MPS)) return undefined;
  const sigmaMps = stated(rootMeanSquare(eastRateError, northRateError), mpsPerUnit, FASTEST_MPS);
  return {
    eastMps: eastRate * mpsPerUnit,
    northMps: northRate * mpsPerUnit,
    ...present({ upMps: enuVelocity.upRate === undefined ? undefined : upRate * mpsPerUnit }),
    sigmaMps: sigmaMps ?? UNSAID_SPEED_SIGMA_MPS,
  };
}

/** A direction, with a range where one is stated. What is measured from a node that stands elsewhere than configured is refused. */
function directionOf(bearing: RangeBearing, { sensor, node, nowMs, refuse }: PlaceContext): Measurement | undefined {
  const misplaced = misplacement(node);
  if (misplaced !== undefined) {
    refuse("misplaced", "range_bearing", misplaced);
    return undefined;
  }
  const { azimuth, azimuthError, range, rangeError, coordinateSystem, datum } = bearing;
  const radPerUnit = coordinateSystem.startsWith("DEGREES") ? radFromDeg(1) : 1;
  const metresPerUnit = coordinateSystem.endsWith("KM") ? 1000 : 1;
  const rangeM = stated(range, metresPerUnit, FARTHEST_M);
  const rangeSigmaM = stated(rangeError, metresPerUnit, FARTHEST_M) ?? sensor.rangeSigmaM;
  if (rangeM !== undefined && !rangeSigmaM) {
    refuse("no-sigma", "range_bearing.range_error", "neither stated nor configured for the sensor");
    return undefined;
  }
  const range_ = rangeM !== undefined && rangeSigmaM ? { rangeM, rangeSigmaM } : undefined;
  if (azimuth === undefined) {
    if (range_) return { kind: "range", ...range_ };
    refuse("missing", "range_bearing", "neither azimuth nor range");
    return undefined;
  }
  const north = northOf(datum, sensor, nowMs);
  const ownSigmaRad = stated(azimuthError, radPerUnit, LARGEST_SIGMA_RAD) ?? radFromDeg(sensor.azimuthSigmaDeg ?? 0);
  if (!north.ok || ownSigmaRad <= 0) {
    if (!north.ok) refuse("north-reference", "range_bearing.datum", north.why);
    else refuse("no-sigma", "range_bearing.azimuth_error", "neither stated nor configured for the sensor");
    return undefined;
  }
  const direction = {
    azimuthRad: wrapTurnRad(azimuth * radPerUnit + north.offsetRad),
    azimuthSigmaRad: Math.sqrt(ownSigmaRad * ownSigmaRad + north.sigmaRad * north.sigmaRad),
    ...elevationOf(bearing, sensor, radPerUnit),
  };
  return range_ ? { kind: "polar", ...range_, ...direction } : { kind: "bearing", ...direction };
}

function elevationOf({ elevation, elevationError }: RangeBearing, sensor: Sensor, radPerUnit: number) {
  const sigmaRad = stated(elevationError, radPerUnit, LARGEST_SIGMA_RAD) ?? radFromDeg(sensor.elevationSigmaDeg ?? 0);
  if (elevation === undefined || sigmaRad <= 0 || !(Math.abs(elevation * radPerUnit) <= Math.PI / 2)) return {};
  return { elevationRad: elevation * radPerUnit, elevationSigmaRad: sigmaRad };
}

/**
 * What turns azimuths of a datum into true ones. The sensor's heading offset is added whatever the datum is; azimuths from a platform's
 * own axis are taken only where that offset, which is then the platform's heading, is configured.
 */
export function northOf(datum: RangeBearing["datum"], sensor: Sensor, nowMs: number): TrueNorth {
  switch (datum) {
    case "TRUE":
      return trueNorth({ ...sensor, northReference: "true" }, nowMs);
    case "MAGNETIC":
      return trueNorth({ ...sensor, northReference: "magnetic" }, nowMs);
    case "GRID": {
      const north = trueNorth({ ...sensor, northReference: "true" }, nowMs);
      return north.ok ? { ...north, offsetRad: north.offsetRad + gridConvergenceRad(sensor) } : north;
    }
    case "PLATFORM":
      if (sensor.headingOffsetDeg !== undefined) return trueNorth({ ...sensor, northReference: "true" }, nowMs);
      return { ok: false, why: `${sensor.id} reports azimuths from its platform's axis: configure its headingOffsetDeg` };
    default:
      return datum satisfies never;
  }
}

/**
 * The angle from true to grid north, clockwise positive, in the UTM zone of a place.
 *
 * @source Snyder, "Map Projections: A Working Manual" (USGS PP 1395, 1987), eq. 8-9, on the sphere: tan γ = tan Δλ · sin φ; the ellipsoid
 * differs by less than 0.001° within a zone.
 */
function gridConvergenceRad({ latDeg, lonDeg }: GeoPoint): number {
  const centralDeg = Math.floor(lonDeg / ZONE_DEG) * ZONE_DEG + ZONE_DEG / 2;
  return Math.atan(Math.tan(radFromDeg(lonDeg - centralDeg)) * Math.sin(radFromDeg(latDeg)));
}

const rootMeanSquare = (a: number, b: number): number => Math.sqrt((a * a + b * b) / 2);

/** What a number above 0 says in our unit; undefined for one that says nothing or is beyond what there can be. */
function stated(value: number | undefined, unit: number, most: number): number | undefined {
  const scaled = (value ?? 0) * unit;
  return scaled > 0 && scaled <= most ? scaled : undefined;
}
