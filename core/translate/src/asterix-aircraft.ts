import { NACP_M } from "@picket/adsb";
import type { Items } from "@picket/asterix";
import type { Reality } from "@picket/model";
import type { HeardAircraft } from "./aircraft-inputs.ts";

const METRES_PER_NAUTICAL_MILE = 1852;
const METRES_PER_FOOT = 0.3048;
const METRES_PER_FLIGHT_LEVEL = 30.48;
const MPS_PER_FOOT_PER_MINUTE = METRES_PER_FOOT / 60;
/** I021/040 ATP of an address that ICAO gave. */
const ICAO_ADDRESS = 0;
/** I021/020 emitter categories that say more than a size: unmanned, or on the ground. */
const CATEGORIES: ReadonlyMap<number, string> = new Map([
  [13, "uav"],
  [20, "emergency-vehicle"],
  [21, "service-vehicle"],
  [22, "obstacle"],
  [23, "obstacle"],
  [24, "obstacle"],
]);
/** I021/200 PS without an emergency: none, and a medical flight. */
const NO_EMERGENCY: ReadonlySet<number> = new Set([0, 2]);
const CALLSIGN = /^[A-Z0-9]+$/;

/**
 * An ADS-B station's report of an aircraft. `undefined` without an address, or from a field monitor. A speed that is said to exceed what
 * its field can carry is unknown; a position accuracy (NACp) is told from MOPS version 1 on.
 */
export function heardOf(items: Items<21>): HeardAircraft | undefined {
  const { i020, i040, i070, i080, i090, i130, i131, i140, i145, i155, i157, i160, i170, i200, i210 } = items;
  if (!i080 || i040?.rab === 1) return undefined;
  const position = i131?.latDeg !== undefined && i131.lonDeg !== undefined ? i131 : i130;
  const vector = i160?.re === 0 ? i160 : undefined;
  const climb = [i157?.re === 0 ? i157.gvrFtPerMin : undefined, i155?.re === 0 ? i155.bvrFtPerMin : undefined].find(
    (rate) => rate !== undefined,
  );
  const callsign = i170?.targetIdentification ?? "";
  return {
    address: i080.targetAddress,
    isIcaoAddress: i040 === undefined || i040.atp === ICAO_ADDRESS,
    callsign: CALLSIGN.test(callsign) ? callsign : undefined,
    category: CATEGORIES.get(i020?.emitterCategory ?? 0),
    squawk: i070?.mode3a,
    isEmergency: i200 !== undefined && !NO_EMERGENCY.has(i200.ps),
    isOnGround: i040?.gbs === undefined ? undefined : i040.gbs === 1,
    latDeg: position?.latDeg,
    lonDeg: position?.lonDeg,
    positionSource: "adsb",
    altPressureM: scaled(i145?.flightLevelFl, METRES_PER_FLIGHT_LEVEL),
    altHaeM: scaled(i140?.geometricHeightFt, METRES_PER_FOOT),
    speedMps: scaled(vector?.gsNmPerS, METRES_PER_NAUTICAL_MILE),
    trackDeg: vector?.taDeg,
    verticalSpeedMps: scaled(climb, MPS_PER_FOOT_PER_MINUTE),
    horizontalAccuracyM: (i210?.vn ?? 0) > 0 ? NACP_M[i090?.nacp ?? 0] : undefined,
    verticalAccuracyM: undefined,
    speedAccuracyMps: undefined,
    containmentM: undefined,
  };
}

/** When the position was valid or received, before when it was passed on. */
export const aircraftTimeS = ({ i071, i073, i077 }: Items<21>): number | undefined =>
  i071?.timeOfApplicabilityForPositionS ?? i073?.timeOfMessageReceptionForPositionS ?? i077?.timeOfAsterixReportTransmissionS;

export const aircraftReality = ({ i040 }: Items<21>): Reality =>
  i040?.sim === 1 ? "simulated" : i040?.tst === 1 ? "test" : "live";

const scaled = (value: number | undefined, factor: number): number | undefined =>
  value === undefined ? undefined : value * factor;
