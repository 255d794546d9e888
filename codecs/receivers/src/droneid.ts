import {
  type DecodeError,
  type Fields,
  fieldsOf,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  noteError,
  shown,
} from "@picket/bytes";
import type { RemoteIdMessage } from "@picket/remote-id";
import { accuracy, readAccuracies } from "./accuracies.ts";
import { idTypeOf, operatorLocationTypeOf, statusOf, uaTypeOf } from "./in-words.ts";
import { basicIdOf, locationOf, operatorIdOf, present, selfIdOf, systemOf } from "./messages.ts";
import { presenceIn } from "./presence.ts";
import {
  address,
  altitudeM,
  frequencyMhz,
  type Place,
  place,
  rssiDbm,
  speedMps,
  tenthsAfterHour,
  trackDeg,
  verticalSpeedMps,
} from "./quantity.ts";
import type { ReceiverRecord, Reception } from "./record.ts";
import { readWireLocation, wireAltitudeM } from "./wire-units.ts";

/** The parts of a message, by their names without "Message" and with spaces for what other writers put between words. */
const PARTS = [
  "Basic ID",
  "Location Vector",
  "Self ID",
  "System",
  "Operator ID",
  "Frequency",
  "Signal Info",
  "Authentication",
] as const;
type Part = (typeof PARTS)[number];

const partOf = (name: string): Part | undefined => {
  const plain = name.replace(/ Message$/, "").replaceAll(/[-/]/g, " ");
  return PARTS.find((part) => part === plain);
};

/** Whether a JSON object has a part of the droneid shape. */
export const isDroneIdShape = (value: JsonObject): boolean => Object.keys(value).some((name) => partOf(name) !== undefined);

/**
 * Decodes one message of a droneid receiver: a list of objects with a part each, or one object with all of them. Numbers may be text
 * with a unit. A `Frequency` part is written by DJI receivers alone, and a `Signal Info` by those of signals.
 *
 * @source alphafox02/DragonSync core/telemetry_parser.py (both shapes); bkerler/DroneID (the older names, integers as on the wire).
 */
export function readDroneId(
  items: readonly JsonValue[],
  path: string,
  at: number,
  errors: DecodeError[],
): ReceiverRecord | undefined {
  const parts = new Map<Part, Fields[]>();
  const tops: Fields[] = [];
  for (const [i, item] of items.entries()) {
    const itemPath = items.length === 1 && path === "" ? "" : `${path}/${i}`;
    if (!isJsonObject(item)) {
      noteError(errors, { code: "wrong-type", item: itemPath, at, detail: `an object expected, got ${shown(item)}` });
      continue;
    }
    const top = fieldsOf(item, itemPath, at, errors);
    tops.push(top);
    for (const name of Object.keys(item)) {
      const part = partOf(name);
      const fields = part && top.object(name);
      if (part && fields) parts.set(part, [...(parts.get(part) ?? []), fields]);
    }
  }
  const basics = parts.get("Basic ID") ?? [];
  const system = parts.get("System")?.[0];
  const frequency = parts.get("Frequency")?.[0];
  const firstOf = <T>(read: (fields: Fields) => T | undefined): T | undefined => {
    for (const fields of [...basics, ...tops]) {
      const value = read(fields);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const home = system && place(system, "home_lat", "home_lon");
  const description = parts.get("Self ID")?.[0]?.text("text", 128);
  const operatorId = parts.get("Operator ID")?.[0];
  const record: Reception = {
    kind: "reception",
    source: frequency ? "dji" : "remote-id",
    receiver: undefined,
    heardMs: undefined,
    rssiDbm: firstOf((fields) => rssiDbm(fields, "RSSI")) ?? firstOf((fields) => advertisement(fields, "rssi")),
    frequencyMhz: firstOf((fields) => frequencyMhz(fields, "frequency_mhz")) ?? frequencyMhz(frequency, "frequency"),
    transmitter: firstOf((fields) => address(fields, "MAC")) ?? firstOf(advertiser),
    transport: firstOf((fields) => fields.text("transport", 32)),
    messages: present<RemoteIdMessage>([
      ...basics.map((fields) => basicIdOf(idTypeOf(fields, "id_type"), uaTypeOf(fields, "ua_type"), fields.text("id", 64))),
      ...(parts.get("Location Vector") ?? []).slice(0, 1).map(readLocation),
      selfIdOf(description),
      system && readSystem(system, home),
      operatorId && operatorIdOf(operatorId.text("operator_id", 64) ?? operatorId.text("id", 64)),
    ]),
    home,
  };
  const presence = presenceIn(record, description, parts.get("Signal Info")?.[0]);
  if (presence) return presence;
  if (record.messages.length > 0) return record;
  return noteError(errors, { code: "nothing-said", item: path || "/", at, detail: "a sender or a place expected, got neither" });
}

/** Strength of the Bluetooth advertisement that a Sniffle receiver wraps around its message. */
const advertisement = (fields: Fields, name: string): number | undefined =>
  isJsonObject(fields.value("AUX_ADV_IND")) ? rssiDbm(fields.object("AUX_ADV_IND"), name) : undefined;
const advertiser = (fields: Fields): string | undefined =>
  isJsonObject(fields.value("aext")) ? address(fields.object("aext"), "AdvA") : undefined;

function readLocation(fields: Fields): RemoteIdMessage {
  const status = statusOf(fields, "op_status");
  const heightReference = /ground|agl/i.test(fields.text("height_type", 64) ?? "") ? "ground" : "take-off";
  const coord = fields.object("coord");
  if (coord) return locationOf({ status, heightReference, ...readWireLocation(fields, coord) });
  return locationOf({
    status,
    heightReference,
    ...place(fields, "latitude", "longitude"),
    altHaeM: altitudeM(fields, "geodetic_altitude"),
    altPressureM: altitudeM(fields, "pressure_altitude"),
    heightM: altitudeM(fields, "height_agl"),
    trackDeg: trackDeg(fields, "direction"),
    speedMps: speedMps(fields, "speed"),
    verticalSpeedMps: verticalSpeedMps(fields, "vert_speed"),
    ...readAccuracies(fields),
    tenthsAfterHour: tenthsAfterHour(fields, "timestamp"),
    timestampAccuracyS: accuracy(fields, "timestamp_accuracy", []),
  });
}

/** The operator's place by whichever names it has, else the home point, which is where the flight began. */
function readSystem(fields: Fields, home: Place | undefined): RemoteIdMessage | undefined {
  const isOnWire = Number.isInteger(fields.value("latitude")) && Math.abs(Number(fields.value("latitude"))) > 90;
  const operator = isOnWire
    ? wirePlace(fields)
    : (place(fields, "operator_lat", "operator_lon") ?? place(fields, "latitude", "longitude"));
  const said = operatorLocationTypeOf(fields, "operator_location_type");
  const at = operator ?? home;
  if (at === undefined) return undefined;
  const altM = isOnWire ? wireAltitudeM(fields, "geodetic_altitude") : altitudeM(fields, "geodetic_altitude");
  return systemOf({
    operatorLocationType: operator === undefined ? "take-off" : (said ?? (home ? "live-gnss" : "take-off")),
    operatorLatDeg: at.latDeg,
    operatorLonDeg: at.lonDeg,
    operatorAltHaeM: operator === undefined ? undefined : altM,
  });
}

function wirePlace(fields: Fields): Place | undefined {
  const lat = fields.number("latitude", { min: -900_000_000, max: 900_000_000 });
  const lon = fields.number("longitude", { min: -1_800_000_000, max: 1_800_000_000 });
  if (lat === undefined || lon === undefined || (lat === 0 && lon === 0)) return undefined;
  return { latDeg: lat / 1e7, lonDeg: lon / 1e7 };
}
