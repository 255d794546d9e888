import { geoidHeight } from "./geoid.ts";
import type { GeoPoint } from "./wgs84.ts";

/**
 * What a height is above: `hae` the WGS-84 ellipsoid, `msl` mean sea level (EGM96), `agl` the ground below, `pressure` the 1013.25 hPa
 * surface of the standard atmosphere, `takeoff` the ground where the aircraft took off.
 */
export type HeightReference = "hae" | "msl" | "agl" | "pressure" | "takeoff";

/** A height in metres with its one-sigma error and what it is above. */
export type Height = Readonly<{ valueM: number; sigmaM: number; reference: HeightReference }>;

/** A site's terrain: the ground's height at a point, above the ellipsoid (`hae`) or the sea (`msl`), or `undefined` where it has no data. */
export type Terrain = (latDeg: number, lonDeg: number) => Height | undefined;

/**
 * A reported altimeter setting: QNH, how old the report is, and how high the station lies when known. Reports are cut to whole
 * hectopascals, so `sigmaHpa` is 0.5 when absent.
 */
export type Qnh = Readonly<{ pressureHpa: number; ageMs: number; sigmaHpa?: number; stationAltMslM?: number }>;

/** Where the aircraft took off, and the height of that ground when somebody stated it; else the terrain is asked. */
export type TakeoffPlace = Readonly<{ at: GeoPoint; ground?: Height }>;

/** What a conversion may draw on. Whatever is absent makes the conversions that need it `undefined`. */
export type HeightSources = Readonly<{ terrain?: Terrain; qnh?: Qnh; takeoff?: TakeoffPlace }>;

/** An older QNH is no source. */
export const QNH_MAX_AGE_MS = 3 * 3_600_000;
/** How much QNH wanders in an hour, one sigma. */
const QNH_DRIFT_HPA_PER_HOUR = 1;
/** A column 10 K off the standard atmosphere, one sigma, is 3.5 % longer or shorter. */
const COLUMN_SIGMA = 0.035;

/**
 * The same height above another reference at the point `at`, or `undefined` when a source it needs is missing, too old or not plausible,
 * or the height is not finite: never a made-up 0.
 *
 * Every reference is an offset above the ellipsoid or above sea level; the geoid is added only when the two differ. Sigmas of the height
 * and of every source used add as squares.
 */
export function convertHeight(height: Height, to: HeightReference, at: GeoPoint, sources: HeightSources): Height | undefined {
  if (!Number.isFinite(height.valueM) || !(height.sigmaM >= 0)) return undefined;
  if (height.reference === to) return height;
  const origin = originOf(height.reference, at, sources, height);
  const target = originOf(to, at, sources, height);
  if (!origin || !target) return undefined;
  const geoid = origin.datum === target.datum ? SAME_DATUM : geoidHeight(at.latDeg, at.lonDeg);
  const datumShiftM = origin.datum === "msl" ? geoid.undulationM : -geoid.undulationM;
  return {
    valueM: height.valueM + origin.aboveM + datumShiftM - target.aboveM,
    sigmaM: rootSumSquare(height.sigmaM, origin.sigmaM, target.sigmaM, geoid.sigmaM),
    reference: to,
  };
}

/** Where a reference's zero lies, and its error. */
type Origin = Readonly<{ datum: "hae" | "msl"; aboveM: number; sigmaM: number }>;

const SAME_DATUM = { undulationM: 0, sigmaM: 0 };

function originOf(reference: HeightReference, at: GeoPoint, sources: HeightSources, height: Height): Origin | undefined {
  switch (reference) {
    case "hae":
    case "msl":
      return { datum: reference, aboveM: 0, sigmaM: 0 };
    case "agl":
      return groundOrigin(sources.terrain?.(at.latDeg, at.lonDeg));
    case "pressure":
      return sources.qnh && pressureOrigin(sources.qnh, height.valueM);
    case "takeoff":
      return sources.takeoff && takeoffOrigin(sources.takeoff, sources);
    default:
      return reference satisfies never;
  }
}

function groundOrigin(ground: Height | undefined): Origin | undefined {
  if (!ground || !Number.isFinite(ground.valueM)) return undefined;
  if (ground.reference !== "hae" && ground.reference !== "msl") return undefined;
  return { datum: ground.reference, aboveM: ground.valueM, sigmaM: ground.sigmaM };
}

function takeoffOrigin({ at, ground }: TakeoffPlace, { terrain, qnh }: HeightSources): Origin | undefined {
  if (!ground) return groundOrigin(terrain?.(at.latDeg, at.lonDeg));
  // A ground height is above the ellipsoid or the sea; one stated otherwise is converted where the aircraft took off.
  const { reference } = ground;
  if (reference === "hae" || reference === "msl") return groundOrigin(ground);
  const sources = { ...(terrain && { terrain }), ...(qnh && { qnh }) };
  return groundOrigin(convertHeight(ground, "hae", at, sources));
}

/** The 1013.25 hPa surface lies above sea level by minus the pressure altitude of the QNH; `nearM` is about how high the column is. */
function pressureOrigin({ pressureHpa, ageMs, sigmaHpa = 0.5, stationAltMslM = 0 }: Qnh, nearM: number): Origin | undefined {
  if (!(pressureHpa > 850 && pressureHpa < 1100) || !(ageMs >= 0 && ageMs <= QNH_MAX_AGE_MS)) return undefined;
  const qnhSigmaHpa = rootSumSquare(sigmaHpa, (QNH_DRIFT_HPA_PER_HOUR * ageMs) / 3_600_000);
  const sigmaM = rootSumSquare(qnhSigmaHpa * METRES_PER_HPA, COLUMN_SIGMA * (nearM - stationAltMslM));
  return { datum: "msl", aboveM: -pressureAltitudeM(pressureHpa), sigmaM };
}

/**
 * Height of the surface of that pressure in the standard atmosphere, metres; below 11 km.
 *
 * @source ICAO Doc 7488/3 (1993), Manual of the ICAO Standard Atmosphere, the layer below 11 km.
 */
export const pressureAltitudeM = (pressureHpa: number): number =>
  (SEA_LEVEL_K / LAPSE_K_PER_M) * (1 - Math.exp(Math.log(pressureHpa / 1013.25) * ((LAPSE_K_PER_M * GAS_CONSTANT) / GRAVITY)));

const SEA_LEVEL_K = 288.15;
const LAPSE_K_PER_M = 0.0065;
const GAS_CONSTANT = 287.05287;
const GRAVITY = 9.80665;
/** Thickness of 1 hPa at sea level. */
const METRES_PER_HPA = (GAS_CONSTANT * SEA_LEVEL_K) / (GRAVITY * 1013.25);

const rootSumSquare = (...sigmas: readonly number[]): number => Math.sqrt(sigmas.reduce((sum, sigma) => sum + sigma * sigma, 0));
