import type { Items } from "@picket/asterix";
import { convertHeight, wrapTurnRad } from "@picket/geo";
import type { Detection, IdentityClaim, Measurement, Reality, Sensor } from "@picket/model";
import { classOfPlot } from "./asterix-class.ts";
import { present } from "./present.ts";
import type { Refuse } from "./refuse.ts";
import type { TrueNorth } from "./true-north.ts";

const METRES_PER_NAUTICAL_MILE = 1852;
const METRES_PER_FOOT = 0.3048;
const RAD_PER_DEG = Math.PI / 180;
/** Steps of I048/040, 110 and 120. A value lies anywhere within its step, with a variance of the step squared over twelve. */
const RANGE_STEP_M = METRES_PER_NAUTICAL_MILE / 256;
const AZIMUTH_STEP_RAD = (2 * Math.PI) / 65_536;
const HEIGHT_STEP_M = 25 * METRES_PER_FOOT;
const RANGE_RATE_STEP_MPS = 1;
/** What a height and a Doppler speed are worth where the radar's sheet says nothing of elevation or range rate. */
const HEIGHT_SIGMA_M = 50;
const RANGE_RATE_SIGMA_MPS = 1;
const EARTH_RADIUS_M = 6_371_000;
const MAX_RSSI_DBM = 100;
/** I048/020 TYP of a report without a detection: a track that was carried on. */
const NO_DETECTION = 0;
/** Conditions of I048/030 that say the thing is not where the plot is: reflection, side lobe, second time around, phantom. */
const GHOSTS: ReadonlyMap<number, string> = new Map([
  [1, "a reflection"],
  [2, "of a side lobe"],
  [4, "second time around"],
  [10, "a phantom"],
]);
/**
 * What a radar saw: slant range and azimuth with the sensor's sigmas and the steps of the wire, elevation where it measured a height, and
 * the Doppler speed unless it calls it doubtful. `undefined` when there is no detection in the report, or when a part was refused.
 * `isMarker`: the radar marks birds.
 */
export function plotOf(
  items: Items<48>,
  sensor: Sensor,
  north: TrueNorth,
  refuse: Refuse,
  isMarker: boolean,
): Detection | undefined {
  const { i020, i030 = [], i040, i130, i170 } = items;
  if (!i040 || i020?.typ === NO_DETECTION || i170?.gho === 1) return undefined;
  const ghost = i030.find((condition) => GHOSTS.has(condition));
  if (ghost !== undefined) {
    refuse("ghost", "I048/030", `the radar calls the plot ${GHOSTS.get(ghost)}`);
    return undefined;
  }
  const measurement = polarOf(items, sensor, north, refuse);
  if (!measurement) return undefined;
  const rssiDbm = i130?.pamDbm ?? i130?.samDbm;
  const rcsDbsm = items.re?.gen48?.rcsdb?.rcsdbDbsm;
  const claims = identitiesOf(items);
  return {
    measurement,
    emitter: "aircraft",
    ...present({
      signal: rssiDbm === undefined || rssiDbm > MAX_RSSI_DBM ? undefined : { rssiDbm },
      rcsDbsm,
      classLikelihoods: classOfPlot(i030, rcsDbsm, isMarker),
      claims: claims.length > 0 ? claims : undefined,
    }),
  };
}

/** A target that a radar calls simulated or for test, or that is its own field monitor, is no live one. */
export function realityOf({ i020 }: Items<48>): Reality {
  if (i020?.sim === 1) return "simulated";
  return i020?.tst === 1 || i020?.rab === 1 ? "test" : "live";
}

function polarOf(items: Items<48>, sensor: Sensor, north: TrueNorth, refuse: Refuse): Measurement | undefined {
  const { rangeSigmaM, azimuthSigmaDeg } = sensor;
  if (!items.i040) return undefined;
  if (!rangeSigmaM || !azimuthSigmaDeg) {
    refuse("no-sigma", rangeSigmaM ? "azimuthSigmaDeg" : "rangeSigmaM", "ASTERIX states none: configure the sensor's");
    return undefined;
  }
  if (!north.ok) {
    refuse("north-reference", "sensor", north.why);
    return undefined;
  }
  const rangeM = items.i040.rhoNm * METRES_PER_NAUTICAL_MILE;
  return {
    kind: "polar",
    rangeM,
    rangeSigmaM: rootSumSquare(rangeSigmaM, RANGE_STEP_M / Math.sqrt(12)),
    azimuthRad: wrapTurnRad(items.i040.thetaDeg * RAD_PER_DEG + north.offsetRad),
    azimuthSigmaRad: rootSumSquare(azimuthSigmaDeg * RAD_PER_DEG, north.sigmaRad, AZIMUTH_STEP_RAD / Math.sqrt(12)),
    ...elevationOf(items, rangeM, sensor),
    ...rangeRateOf(items, sensor),
  };
}

/**
 * The elevation at which a target at that slant range has the height that a 3D radar gives, above the sea: on a sphere,
 * sin(elevation) = ((R + target)² − (R + radar)² − range²) / (2 · range · (R + radar)). Without both heights it is unknown.
 */
function elevationOf(
  { i110 }: Items<48>,
  rangeM: number,
  sensor: Sensor,
): Readonly<{ elevationRad?: number; elevationSigmaRad?: number }> {
  const radar = sensor.height && convertHeight(sensor.height, "msl", sensor, {});
  if (!i110 || !radar || rangeM <= 0) return {};
  const target = EARTH_RADIUS_M + i110.height3dFt * METRES_PER_FOOT;
  const antenna = EARTH_RADIUS_M + radar.valueM;
  const sine = (target * target - antenna * antenna - rangeM * rangeM) / (2 * rangeM * antenna);
  if (Math.abs(sine) >= 1) return {};
  const elevationRad = Math.asin(sine);
  const perM = 1 / (rangeM * Math.cos(elevationRad));
  const stated = (sensor.elevationSigmaDeg ?? 0) * RAD_PER_DEG;
  const own = stated > 0 ? stated : rootSumSquare(HEIGHT_SIGMA_M, radar.sigmaM) * perM;
  return { elevationRad, elevationSigmaRad: Math.min(1, rootSumSquare(own, (HEIGHT_STEP_M / Math.sqrt(12)) * perM)) };
}

/** The standard leaves the sign to the radar and recommends that positive is receding: a sensor whose sheet says otherwise is turned. */
function rangeRateOf(
  { i120 }: Items<48>,
  { asterix, rangeRateSigmaMps: own = RANGE_RATE_SIGMA_MPS }: Sensor,
): Readonly<{ rangeRateMps?: number; rangeRateSigmaMps?: number }> {
  const { cal } = i120 ?? {};
  if (!cal || cal.d === 1) return {};
  return {
    rangeRateMps: asterix?.dopplerPositive === "approaching" ? 0 - cal.calMps : cal.calMps,
    rangeRateSigmaMps: rootSumSquare(own, RANGE_RATE_STEP_MPS / Math.sqrt(12)),
  };
}

/** Who a target says it is. */
export function identitiesOf({ i220, i240 }: Items<48>): IdentityClaim[] {
  const claims: IdentityClaim[] = [];
  if (i220) claims.push({ kind: "icao", value: i220.aircraftAddress.toUpperCase() });
  if (i240 && /^[A-Z0-9]+$/.test(i240.aircraftIdentification))
    claims.push({ kind: "callsign", value: i240.aircraftIdentification });
  return claims;
}

const rootSumSquare = (...sigmas: readonly number[]): number => Math.sqrt(sigmas.reduce((sum, sigma) => sum + sigma * sigma, 0));
