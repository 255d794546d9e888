import type { Fields } from "@picket/bytes";
import type { RemoteIdMessage } from "@picket/remote-id";
import { basicIdOf, locationOf, present, selfIdOf, systemOf } from "./messages.ts";
import { altitudeM, place, quantity, unixMs } from "./quantity.ts";
import type { Reception } from "./record.ts";

/** What firmware puts where no serial number is to be told. */
const NO_SERIAL = /^SecureStorage\??$/;
const MPS_PER_CM_S = 0.01;

/** Whether these are the fields of a DJI DroneID packet as its decoders write them. */
export const isDjiDroneId = (fields: Fields): boolean =>
  fields.has("serial_number") && (fields.has("app_lat") || fields.has("latitude_home") || fields.has("home_lat"));

/**
 * Decodes the JSON of a DJI DroneID decoder (OcuSync, version 2): degrees, heights in metres, velocities in cm/s. Only `height`, above
 * take-off, is taken for a height: above what `altitude` is measured no document says. Refused when its checksum is wrong.
 *
 * @source RUB-SysSec/DroneSecurity, droneid payload; the packet as this project's protocol page has it.
 */
export function readDjiDroneId(fields: Fields): Reception | undefined {
  const told = fields.text("crc-packet", 16);
  const computed = fields.text("crc-calculated", 16);
  if (told !== undefined && computed !== undefined && told !== computed)
    return fields.refuse("bad-crc", "crc-packet", `${computed} expected, got ${told}`);
  const serial = fields.text("serial_number", 64);
  const home = place(fields, "latitude_home", "longitude_home") ?? place(fields, "home_lat", "home_lon");
  const app = place(fields, "app_lat", "app_lon");
  const operator = app ?? home;
  const here = place(fields, "latitude", "longitude");
  const model = fields.text("device_type", 32);
  return {
    kind: "reception",
    source: "dji",
    receiver: undefined,
    heardMs: undefined,
    rssiDbm: undefined,
    frequencyMhz: undefined,
    transmitter: undefined,
    transport: "OcuSync",
    messages: present<RemoteIdMessage>([
      basicIdOf("serial-number", "helicopter-or-multirotor", NO_SERIAL.test(serial ?? "") ? undefined : serial),
      locationOf({ ...here, heightM: altitudeM(fields, "height"), ...velocityOf(fields), ...stampOf(fields) }),
      selfIdOf(model === undefined ? undefined : `DJI ${model}`),
      operator &&
        systemOf({
          operatorLocationType: app ? "live-gnss" : "take-off",
          operatorLatDeg: operator.latDeg,
          operatorLonDeg: operator.lonDeg,
        }),
    ]),
    home,
  };
}

function velocityOf(fields: Fields) {
  const range = { min: -32_768, max: 32_767 } as const;
  const north = quantity(fields, "v_north", range);
  const east = quantity(fields, "v_east", range);
  const up = quantity(fields, "v_up", range);
  if (north === undefined || east === undefined) return {};
  const degrees = (Math.atan2(east, north) * 180) / Math.PI;
  return {
    speedMps: Math.sqrt(north * north + east * east) * MPS_PER_CM_S,
    trackDeg: north === 0 && east === 0 ? undefined : (degrees + 360) % 360,
    verticalSpeedMps: up === undefined ? undefined : up * MPS_PER_CM_S,
  };
}

/** The aircraft's GNSS time as a Location tells it. */
function stampOf(fields: Fields) {
  const gpsMs = unixMs(fields, "gps_time");
  return gpsMs === undefined ? {} : { tenthsAfterHour: Math.floor((gpsMs % 3_600_000) / 100) };
}
