import type { Items } from "@picket/asterix";
import { destination, radFromDeg, wrapTurnRad } from "@picket/geo";
import type { Detection, Measurement, Reality, Sensor } from "@picket/model";
import type { HeardAircraft } from "./aircraft-inputs.ts";
import { flyableHeight } from "./asterix-height.ts";
import { type HorizontalErrors, horizontalErrors, type StatedErrors } from "./horizontal-errors.ts";
import { present } from "./present.ts";
import type { Refuse } from "./refuse.ts";
import { SIGMAS_IN_95_RADIUS } from "./sigmas.ts";
import type { TrueNorth } from "./true-north.ts";

const METRES_PER_FOOT = 0.3048;
const METRES_PER_FLIGHT_LEVEL = 30.48;
const UNSAID_HEIGHT_SIGMA_M = 75;
const PRESSURE_SIGMA_M = 20;
const UNSAID_SPEED_SIGMA_MPS = 5;
/** I010/000: what carries a target. */
const TARGET_REPORT = 1;
/** I010/020 TYP of a primary radar: what it measures comes without a transponder. */
const PRIMARY = 3;
/** I010/500 and I020/500: the unit of standard deviations, and of I010/500's covariance in m². */
const ERROR_UNIT = 1 / 4;
/** I010/020 TOT of what drives. */
const GROUND_VEHICLE = 2;
/** I010/170 CST: carried on because nothing was detected. */
const NOT_DETECTED = 3;
const CALLSIGN = /^[A-Z0-9]+$/;

/** What categories 010 and 020 have in common: a target that a surface sensor or a multilateration system located. */
export type Located = Readonly<{
  /** `undefined` for a target without a transponder's address. */
  aircraft: HeardAircraft | undefined;
  detection: Detection | undefined;
  /** Smoothed by the sensor's own tracker. */
  isTrack: boolean;
  reality: Reality;
}>;

type Place = Readonly<{ latDeg: number; lonDeg: number; errors: HorizontalErrors | undefined }>;

/** A surface movement sensor's target. `undefined` for other messages, ends of tracks, and what was carried on without a detection. */
export function surfaceTargetOf(items: Items<10>, sensor: Sensor, north: TrueNorth, refuse: Refuse): Located | undefined {
  const { i000, i020, i040, i041, i042, i161, i170, i202, i220, i245, i300, i500 } = items;
  if (i000?.messageType !== TARGET_REPORT || i170?.tre === 1 || i170?.gho === 1 || i170?.cst === NOT_DETECTED) return undefined;
  const covariance = i500 && { valueM2: i500.covxyM2, unitM2: ERROR_UNIT, item: "I010/500" };
  const errors = i500 && errorsIn({ xM: i500.devxM, yM: i500.devyM, covariance }, north, refuse);
  const place = placeOf(i041, i042, errors, sensor, north);
  const isPrimary = i020?.typ === PRIMARY;
  const measurement =
    isPrimary && i040 ? polarOf(i040, sensor, north, refuse) : place && positionOf(place, items, i202, sensor, refuse);
  const isTrack = i161 !== undefined && i170?.sth === 1;
  const isOnGround = i020?.gbs === 1 || i020?.tot === GROUND_VEHICLE || i300 !== undefined;
  return {
    aircraft: aircraftOf({
      address: i220?.targetAddress,
      callsign: i245?.chr,
      place,
      isOnGround,
      velocity: i202,
      level: items.i090?.fl,
    }),
    detection: measurement && !isOnGround ? { measurement, emitter: "aircraft", ...(isTrack && { filtered: true }) } : undefined,
    isTrack,
    reality: i020?.sim === 1 ? "simulated" : i020?.tst === 1 || i020?.rab === 1 ? "test" : "live",
  };
}

/** A multilateration system's target. `undefined` as for {@link surfaceTargetOf}. */
export function multilateratedOf(items: Items<20>, sensor: Sensor, north: TrueNorth, refuse: Refuse): Located | undefined {
  const { i020, i041, i042, i105, i161, i170, i202, i220, i245, i300, i500 } = items;
  if (i170?.tre === 1 || i170?.gho === 1 || i170?.cst === 1) return undefined;
  const errors = i500?.sdp && errorsIn({ xM: i500.sdp.xM, yM: i500.sdp.yM }, north, refuse);
  const place = placeOf(i041, i042, errors, sensor, north);
  const measurement = place && positionOf(place, items, i202, sensor, refuse);
  const isTrack = i161 !== undefined && i170?.sth === 1;
  const isOnGround = i020?.gbs === 1 || i300 !== undefined;
  return {
    aircraft: aircraftOf({
      address: i220?.targetAddress,
      callsign: i245?.chr,
      place,
      isOnGround,
      velocity: i202,
      level: items.i090?.fl,
      geometricFt: i105?.geometricHeightFt,
    }),
    detection: measurement && !isOnGround ? { measurement, emitter: "aircraft", ...(isTrack && { filtered: true }) } : undefined,
    isTrack,
    reality: i020?.sim === 1 ? "simulated" : i020?.tst === 1 || i020?.rab === 1 ? "test" : "live",
  };
}

/** A transponder's aircraft, as any receiver tells of one. */
function aircraftOf({
  address,
  callsign = "",
  place,
  isOnGround,
  velocity,
  level,
  geometricFt,
}: Readonly<{
  address: string | undefined;
  callsign: string | undefined;
  place: Place | undefined;
  isOnGround: boolean;
  velocity: Readonly<{ vxMps: number; vyMps: number }> | undefined;
  level: number | undefined;
  geometricFt?: number | undefined;
}>): HeardAircraft | undefined {
  if (address === undefined) return undefined;
  return {
    address,
    isIcaoAddress: true,
    callsign: CALLSIGN.test(callsign) ? callsign : undefined,
    category: undefined,
    squawk: undefined,
    isEmergency: false,
    isOnGround,
    latDeg: place?.latDeg,
    lonDeg: place?.lonDeg,
    positionSource: "mlat",
    altPressureM: level === undefined ? undefined : level * METRES_PER_FLIGHT_LEVEL,
    altHaeM: geometricFt === undefined ? undefined : geometricFt * METRES_PER_FOOT,
    speedMps: velocity && Math.sqrt(velocity.vxMps * velocity.vxMps + velocity.vyMps * velocity.vyMps),
    trackDeg: velocity && (Math.atan2(velocity.vxMps, velocity.vyMps) * 180) / Math.PI,
    verticalSpeedMps: undefined,
    horizontalAccuracyM: place?.errors && place.errors.horizontalSigmaM * SIGMAS_IN_95_RADIUS,
    ellipse: place?.errors?.ellipse,
    verticalAccuracyM: undefined,
    speedAccuracyMps: undefined,
    containmentM: undefined,
  };
}

/** The axes of a sensor whose north nobody knows point nobody knows where. */
function errorsIn(stated: StatedErrors, north: TrueNorth, refuse: Refuse): HorizontalErrors | undefined {
  const yAxisRad = north.ok ? north.offsetRad : 0;
  const errors = horizontalErrors({ ...stated, yAxisRad, unitM: ERROR_UNIT }, refuse);
  return errors && (north.ok ? errors : { horizontalSigmaM: errors.horizontalSigmaM });
}

/** On the ellipsoid, or east and north of where the sensor stands. */
function placeOf(
  geographic: Readonly<{ latDeg?: number; lonDeg?: number }> | undefined,
  local: Readonly<{ xM?: number; yM?: number }> | undefined,
  errors: HorizontalErrors | undefined,
  sensor: Sensor,
  north: TrueNorth,
): Place | undefined {
  if (geographic?.latDeg !== undefined && geographic.lonDeg !== undefined)
    return { latDeg: geographic.latDeg, lonDeg: geographic.lonDeg, errors };
  if (local?.xM === undefined || local.yM === undefined || !north.ok) return undefined;
  const awayM = Math.sqrt(local.xM * local.xM + local.yM * local.yM);
  return { ...destination(sensor, wrapTurnRad(Math.atan2(local.xM, local.yM) + north.offsetRad), awayM), errors };
}

function positionOf(
  { latDeg, lonDeg, errors }: Place,
  items: Items<10> | Items<20>,
  velocity: Readonly<{ vxMps: number; vyMps: number }> | undefined,
  sensor: Sensor,
  refuse: Refuse,
): Measurement | undefined {
  const horizontalSigmaM = errors?.horizontalSigmaM ?? sensor.rangeSigmaM;
  if (!horizontalSigmaM) {
    refuse("no-sigma", "rangeSigmaM", "the report states no accuracy, and none is configured for the sensor");
    return undefined;
  }
  const geometricFt = "i105" in items ? items.i105?.geometricHeightFt : undefined;
  const height =
    geometricFt === undefined
      ? flyableHeight(items.i090 && items.i090.fl * METRES_PER_FLIGHT_LEVEL, PRESSURE_SIGMA_M, "pressure")
      : flyableHeight(geometricFt * METRES_PER_FOOT, UNSAID_HEIGHT_SIGMA_M, "hae");
  return {
    kind: "position",
    latDeg,
    lonDeg,
    horizontalSigmaM,
    ...present({
      ellipse: errors?.ellipse,
      height,
      velocity: velocity && { eastMps: velocity.vxMps, northMps: velocity.vyMps, sigmaMps: UNSAID_SPEED_SIGMA_MPS },
    }),
  };
}

function polarOf(
  { rhoM, thDeg }: Readonly<{ rhoM: number; thDeg: number }>,
  { rangeSigmaM, azimuthSigmaDeg }: Sensor,
  north: TrueNorth,
  refuse: Refuse,
): Measurement | undefined {
  if (!rangeSigmaM || !azimuthSigmaDeg || !north.ok) {
    if (north.ok) refuse("no-sigma", "rangeSigmaM", "ASTERIX states none: configure the sensor's");
    else refuse("north-reference", "sensor", north.why);
    return undefined;
  }
  const ownSigmaRad = radFromDeg(azimuthSigmaDeg);
  return {
    kind: "polar",
    rangeM: rhoM,
    rangeSigmaM,
    azimuthRad: wrapTurnRad(radFromDeg(thDeg) + north.offsetRad),
    azimuthSigmaRad: Math.sqrt(ownSigmaRad * ownSigmaRad + north.sigmaRad * north.sigmaRad),
  };
}
