export { degFromRad, isInArc, radFromDeg, turnRad, wrapHalfTurnRad, wrapLonDeg, wrapTurnRad } from "./angle.ts";
export { type Area, type AreaDistance, type AreaNearest, areaProblem, createArea, EXACT_WITHIN_M } from "./area.ts";
export { type AreaProblem, type AreaShape, MAX_HALF_WIDTH_M, MAX_RADIUS_M, MAX_VERTICES } from "./area-shape.ts";
export { ecefFromGeodetic, ecefFromGeodeticInto, geodeticFromEcef, geodeticFromEcefInto } from "./ecef.ts";
export { type Ellipse, ellipseFromCovariance, ellipseOutline, ellipseScale, type HorizontalCovariance } from "./ellipse.ts";
export { alongGeodesic, bearingRad, destination, distanceM, type GeodesicInverse, geodesicInverse } from "./geodesic.ts";
export { type GeoidHeight, geoidHeight } from "./geoid.ts";
export {
  convertHeight,
  type Height,
  type HeightReference,
  type HeightSources,
  pressureAltitudeM,
  QNH_MAX_AGE_MS,
  type Qnh,
  type TakeoffPlace,
  type Terrain,
} from "./height.ts";
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
export {
  type Declination,
  decimalYear,
  declination,
  type Inclination,
  inclination,
  type MagneticField,
  magneticField,
  trueFromMagneticRad,
} from "./magnetic.ts";
export {
  type FingerprintedFunction,
  MATH_FINGERPRINT,
  MATH_FINGERPRINT_PLATFORMS,
  mathDifferences,
  mathFingerprint,
  mathFingerprints,
} from "./math-fingerprint.ts";
export { formatMgrs, type MgrsSquare, parseMgrs } from "./mgrs.ts";
export { enuFromPolar, enuFromPolarInto, type Polar, polarFromEnu, siteEnuFromPolar } from "./polar.ts";
export { selfCrossing } from "./self-crossing.ts";
export { type LineOfSight, lineOfSight, REFRACTION_FACTOR, radarHorizonM } from "./terrain.ts";
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
