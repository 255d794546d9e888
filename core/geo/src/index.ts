export { degFromRad, isInArc, radFromDeg, turnRad, wrapHalfTurnRad, wrapLonDeg, wrapTurnRad } from "./angle.ts";
export { type Area, type AreaDistance, type AreaNearest, areaProblem, createArea, EXACT_WITHIN_M } from "./area.ts";
export { type AreaProblem, type AreaShape, MAX_HALF_WIDTH_M, MAX_RADIUS_M, MAX_VERTICES } from "./area-shape.ts";
export { ecefFromGeodetic, ecefFromGeodeticInto, geodeticFromEcef, geodeticFromEcefInto } from "./ecef.ts";
export { alongGeodesic, bearingRad, destination, distanceM, type GeodesicInverse, geodesicInverse } from "./geodesic.ts";
export {
  createLocalFrame,
  ecefFromEnuInto,
  enuBetweenInto,
  enuFromEcefInto,
  fromEnu,
  fromEnuInto,
  type LocalFrame,
  type Rotation,
  rotateInto,
  rotationBetween,
  toEnu,
  toEnuInto,
} from "./local-frame.ts";
export { enuFromPolar, enuFromPolarInto, type Polar, polarFromEnu, siteEnuFromPolar } from "./polar.ts";
export {
  type EcefM,
  type EnuM,
  type GeoPoint,
  type GeoPosition,
  isGeoPoint,
  type Triple,
  WGS84_A_M,
  WGS84_B_M,
  WGS84_E2,
  WGS84_F,
} from "./wgs84.ts";
