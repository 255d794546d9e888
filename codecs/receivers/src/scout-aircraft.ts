import { type Fields, shown } from "@picket/bytes";
import { place, quantity, rssiDbm, unixMs } from "./quantity.ts";
import type { ReceivedAircraft } from "./record.ts";

/** Who says it and when, as every object of a DroneScout begins. */
export const heardOf = (fields: Fields) => ({
  receiver: fields.text("sensor ID", 64),
  heardMs: unixMs(fields, "timestamp"),
  rssiDbm: rssiDbm(fields, "RSSI"),
});

const ADDRESS = /^~?[0-9a-f]{6}$/;
/** ICAO addresses, by ADS-B and by TIS-B; the others are track files, vehicles and beacons. */
const ICAO_ADDRESS_TYPES: ReadonlySet<number> = new Set([0, 2]);
const GROUND = 0;
const EMERGENCY = 1;
const GNSS_HEIGHT = 2;
const MOST_CATEGORY = 31;

/**
 * An aircraft of a DroneScout's ADS-B or UAT add-on. Altitudes and speeds are in metres and m/s, states and types are codes, numbers may
 * be text, and 0.0 for a coordinate says that there is none.
 *
 * @source BluemarkInnovations/RemoteID-MQTT-subscriber, modules/aircraft.py.
 */
export function readScoutAircraft(fields: Fields): ReceivedAircraft | undefined {
  const own = fields.text("address", 16)?.toLowerCase();
  if (own === undefined || !ADDRESS.test(own))
    return fields.refuse("nothing-said", "address", `six hex digits expected, got ${shown(own)}`);
  const state = fields.number("flight state", { min: 0 });
  const altM = quantity(fields, "altitude", { min: -1000, max: 50_000 });
  const isGeometric = fields.number("altitude type", { min: 0 }) === GNSS_HEIGHT;
  const frequency = quantity(fields, "frequency MHz", { min: 0, max: 10_000 });
  const track = quantity(fields, "track", { min: 0, max: 360 });
  const here = place(fields, "latitude", "longitude");
  return {
    kind: "aircraft",
    ...heardOf(fields),
    frequencyMhz: frequency === 0 ? undefined : frequency,
    address: own,
    isIcaoAddress: !own.startsWith("~") && ICAO_ADDRESS_TYPES.has(fields.number("address type", { min: 0, max: 7 }) ?? 0),
    callsign: fields.text("flight", 16),
    categoryCode: categoryCode(fields.number("category", { min: 0, max: 39 })),
    squawk: undefined,
    isEmergency: fields.number("emergency status", { min: 0 }) === EMERGENCY,
    isOnGround: state === undefined ? undefined : state === GROUND,
    latDeg: here?.latDeg,
    lonDeg: here?.lonDeg,
    altPressureM: isGeometric ? undefined : altM,
    altHaeM: isGeometric ? altM : undefined,
    speedMps: quantity(fields, "speed", { min: 0, max: 2000 }),
    trackDeg: track === 360 ? 0 : track,
    verticalSpeedMps: quantity(fields, "vertical rate", { min: -300, max: 300 }),
    nacP: undefined,
  };
}

/** Letter and number of a category that counts through the sets A to D, eight to a set. */
function categoryCode(category: number | undefined): string | undefined {
  if (category === undefined || category > MOST_CATEGORY || !Number.isInteger(category)) return undefined;
  return `${"ABCD"[category >> 3]}${category & 7}`;
}
