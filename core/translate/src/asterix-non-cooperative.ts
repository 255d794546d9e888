import type { Items } from "@picket/asterix";
import { radFromDeg, wrapTurnRad } from "@picket/geo";
import type { Detection, Measurement, Reality, Sensor } from "@picket/model";
import { flyableHeight } from "./asterix-height.ts";
import { type HorizontalErrors, horizontalErrors } from "./horizontal-errors.ts";
import { present } from "./present.ts";
import type { Refuse } from "./refuse.ts";
import type { TrueNorth } from "./true-north.ts";

/** I015/000 MT: plots and tracks of one receiver pair or of the whole sensor, and the end of a track. */
const TRACKS: ReadonlySet<number> = new Set([2, 4]);
const TRACK_END = 5;
/** I015/020 MOMU: transmitter and receiver stand together. */
const MONOSTATIC = 0;
const UNSAID_HEIGHT_SIGMA_M = 50;
const ERROR_UNIT_M = 1 / 4;
const CORRELATION_UNIT = 1 / 128;

type Precision = NonNullable<NonNullable<Items<15>["i600"]>["hpp"]>;

/** Does the report come from the sensor's own tracker? */
export const isNonCooperativeTrack = ({ i000 }: Items<15>): boolean => TRACKS.has(i000?.mt ?? 0);

/**
 * What an independent non-cooperative sensor saw, such as a passive or holographic radar: a position where it states one, else its range,
 * azimuth and elevation, with the accuracies it states or the sensor's own. What its tracker made is filtered.
 */
export function nonCooperativeOf(items: Items<15>, sensor: Sensor, north: TrueNorth, refuse: Refuse): Detection | undefined {
  const type = items.i000?.mt ?? 0;
  if (type === TRACK_END) return undefined;
  const measurement = positionOf(items, sensor, refuse) ?? polarOf(items, sensor, north, refuse);
  return measurement && { measurement, emitter: "aircraft", ...(isNonCooperativeTrack(items) && { filtered: true }) };
}

export const nonCooperativeReality = ({ i020 }: Items<15>): Reality => {
  if (i020?.ttax === 1) return "test";
  return i020 !== undefined && i020.ttax > 1 ? "simulated" : "live";
};

function positionOf({ i600, i601, i602, i604 }: Items<15>, sensor: Sensor, refuse: Refuse): Measurement | undefined {
  const { p84, hpp } = i600 ?? {};
  if (p84?.latitudeDeg === undefined) return undefined;
  const errors = hpp && errorsOf(hpp, refuse);
  const horizontalSigmaM = errors?.horizontalSigmaM ?? sensor.rangeSigmaM;
  if (!horizontalSigmaM) return undefined;
  const { hv, sdhv } = i602 ?? {};
  const velocitySigmaMps = sdhv && Math.sqrt((sdhv.xMps * sdhv.xMps + sdhv.yMps * sdhv.yMps) / 2);
  return {
    kind: "position",
    latDeg: p84.latitudeDeg,
    lonDeg: p84.longitudeDeg,
    horizontalSigmaM,
    ...present({
      ellipse: errors?.ellipse,
      height: flyableHeight(i601?.ghM, i601?.sdghM || UNSAID_HEIGHT_SIGMA_M, "hae"),
      velocity:
        hv?.xMps !== undefined && hv.yMps !== undefined && velocitySigmaMps
          ? { eastMps: hv.xMps, northMps: hv.yMps, ...present({ upMps: i604?.vvMps }), sigmaMps: velocitySigmaMps }
          : undefined,
    }),
  };
}

/**
 * Along axes to the east and north at the target, with their correlation.
 *
 * @source EUROCONTROL-SPEC-0149-15 (CAT015) ed. 1.2, I015/600 HPP: SDHP LSB 0.25 m, COSDHPXY LSB 1/128.
 */
function errorsOf({ sdhpxM: xM, sdhpyM: yM, cosdhpxy }: Precision, refuse: Refuse): HorizontalErrors | undefined {
  const covariance = { valueM2: cosdhpxy * xM * yM, unitM2: CORRELATION_UNIT * xM * yM, item: "I015/600" };
  return horizontalErrors({ xM, yM, unitM: ERROR_UNIT_M, covariance }, refuse);
}

function polarOf(items: Items<15>, sensor: Sensor, north: TrueNorth, refuse: Refuse): Measurement | undefined {
  const { i020, i625, i627 } = items;
  const azimuthDeg = i627?.azDeg;
  if (azimuthDeg === undefined) return undefined;
  const ownSigmaDeg = i627?.sdaszDeg || sensor.azimuthSigmaDeg;
  if (!ownSigmaDeg || !north.ok) {
    refuse(north.ok ? "no-sigma" : "north-reference", "I015/627", north.ok ? "neither stated nor configured" : north.why);
    return undefined;
  }
  const azimuthSigmaRad = Math.sqrt(radFromDeg(ownSigmaDeg) * radFromDeg(ownSigmaDeg) + north.sigmaRad * north.sigmaRad);
  const azimuthRad = wrapTurnRad(radFromDeg(azimuthDeg) + north.offsetRad);
  const direction = { azimuthRad, azimuthSigmaRad, ...elevationOf(items, sensor) };
  // A range over transmitter, target and receiver is no range of the sensor: then, as without one, only the direction is known.
  const rangeM = i020?.momu === MONOSTATIC ? i625?.rM : undefined;
  const rangeSigmaM = i625?.sdrM || sensor.rangeSigmaM;
  if (rangeM === undefined || rangeM <= 0 || !rangeSigmaM) return { kind: "bearing", ...direction };
  return { kind: "polar", rangeM, rangeSigmaM, ...direction, ...rangeRateOf(items) };
}

function elevationOf({ i628 }: Items<15>, sensor: Sensor): Readonly<{ elevationRad?: number; elevationSigmaRad?: number }> {
  const sigmaDeg = i628?.sdelDeg || sensor.elevationSigmaDeg;
  if (i628?.elDeg === undefined || Math.abs(i628.elDeg) > 90 || !sigmaDeg) return {};
  return { elevationRad: radFromDeg(i628.elDeg), elevationSigmaRad: radFromDeg(sigmaDeg) };
}

function rangeRateOf({ i625 }: Items<15>): Readonly<{ rangeRateMps?: number; rangeRateSigmaMps?: number }> {
  const sigmaMps = i625?.sdrr?.sdrrMps;
  return i625?.rrMps === undefined || !sigmaMps ? {} : { rangeRateMps: i625.rrMps, rangeRateSigmaMps: sigmaMps };
}
