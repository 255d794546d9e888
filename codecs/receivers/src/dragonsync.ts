import { type DecodeError, type Fields, fieldsOf, isJsonObject, type JsonObject, type JsonValue, shown } from "@picket/bytes";
import type { RemoteIdMessage } from "@picket/remote-id";
import { readAccuracies } from "./accuracies.ts";
import { isDjiDroneId, readDjiDroneId } from "./dji.ts";
import { isDroneIdShape, readDroneId } from "./droneid.ts";
import { idTypeOf, statusOf, uaTypeOf } from "./in-words.ts";
import { isKit, readKit } from "./kit.ts";
import { basicIdOf, locationOf, operatorIdOf, present, selfIdOf, systemOf } from "./messages.ts";
import { bandwidthMhz, presenceIn } from "./presence.ts";
import {
  address,
  altitudeM,
  frequencyMhz,
  place,
  quantity,
  rssiDbm,
  speedMps,
  tenthsAfterHour,
  trackDeg,
  unixMs,
  verticalSpeedMps,
} from "./quantity.ts";
import type { DecodedRecords, Presence, ReceivedAircraft, ReceiverRecord, Reception } from "./record.ts";

const METRES_PER_FOOT = 0.3048;
const MPS_PER_KNOT = 1852 / 3600;
/** Parts of a list that stand for messages of their own. */
const MOST_MESSAGES = 1000;

/**
 * Decodes what a droneid receiver publishes by ZMQ, and what DragonSync or a WarDragon publishes by MQTT, told apart by their keys: a message
 * in parts, as a list or an object; a list of such lists; a flat drone; an aircraft; a signal; the kit's own state; and the JSON of a
 * DJI DroneID decoder.
 *
 * @source alphafox02/DragonSync docs/mqtt-schema.md and core/telemetry_parser.py; reference of this project's protocol page.
 */
export function decodeDragonSync(value: JsonValue, at = 0): DecodedRecords {
  const errors: DecodeError[] = [];
  const records: ReceiverRecord[] = [];
  const add = (record: ReceiverRecord | undefined): void => {
    if (record) records.push(record);
  };
  if (Array.isArray(value) && value.some(Array.isArray)) {
    for (const [i, list] of value.slice(0, MOST_MESSAGES).entries())
      if (Array.isArray(list)) add(readDroneId(list, `/${i}`, at, errors));
  } else if (Array.isArray(value)) {
    add(readDroneId(value, "", at, errors));
  } else if (isJsonObject(value)) {
    add(isDroneIdShape(value) ? readDroneId([value], "", at, errors) : readFlat(value, at, errors));
  } else errors.push({ code: "unknown-shape", item: "/", at, detail: `an object or a list expected, got ${shown(value)}` });
  return { records, errors };
}

function readFlat(value: JsonObject, at: number, errors: DecodeError[]): ReceiverRecord | undefined {
  const fields = fieldsOf(value, "", at, errors);
  if (isDjiDroneId(fields)) return readDjiDroneId(fields);
  if (fields.has("icao") || fields.value("track_type") === "aircraft") return readAircraft(fields);
  if (fields.has("signal_type")) return readSignal(fields);
  if (isKit(fields)) return readKit(fields);
  if (fields.has("id")) return readDrone(fields);
  return fields.refuse("unknown-shape", "id", "a drone, an aircraft, a signal or a kit expected");
}

/** The kit says `0.0` for what it does not know. */
const zeroIsUnknown = (value: number | undefined): number | undefined => (value === 0 ? undefined : value);

function readDrone(fields: Fields): ReceiverRecord | undefined {
  const home = place(fields, "home_lat", "home_lon");
  const pilot = place(fields, "pilot_lat", "pilot_lon");
  const operator = pilot ?? home;
  const description = fields.text("description", 128);
  const transmitter = address(fields, "mac");
  const uaType = uaTypeOf(fields, fields.has("ua_type") ? "ua_type" : "ua_type_name");
  const id = serialOf(fields.text("id", 64), transmitter);
  const caaId = fields.text("caa_id", 64);
  const idType = idTypeOf(fields, "id_type");
  const record: Reception = {
    kind: "reception",
    source: transmitter === undefined && /^DJI/i.test(description ?? "") ? "dji" : "remote-id",
    receiver: fields.text("seen_by", 64),
    heardMs: unixMs(fields, "observed_at"),
    rssiDbm: rssiDbm(fields, "rssi"),
    frequencyMhz: frequencyMhz(fields, "freq_mhz") ?? frequencyMhz(fields, "freq"),
    transmitter,
    transport: fields.text("transport", 32),
    messages: present<RemoteIdMessage>([
      basicIdOf(
        idType === "none" || (idType === "caa-registration" && caaId !== undefined) ? "serial-number" : idType,
        uaType,
        id,
      ),
      caaId === undefined ? undefined : basicIdOf("caa-registration", uaType, caaId),
      readLocation(fields),
      selfIdOf(description),
      operator &&
        systemOf({
          operatorLocationType: pilot && home ? "live-gnss" : "take-off",
          operatorLatDeg: operator.latDeg,
          operatorLonDeg: operator.lonDeg,
        }),
      operatorIdOf(fields.text("operator_id", 64)),
    ]),
    home,
  };
  const presence = presenceIn(record, description);
  if (presence) return presence;
  return record.messages.length > 0 ? record : fields.refuse("nothing-said", "id", "a sender or a place expected, got neither");
}

/** The identity behind `drone-`, unless it is but the sender's address. */
function serialOf(id: string | undefined, transmitter: string | undefined): string | undefined {
  if (id === undefined || id === "drone-alert") return id;
  const bare = id.replace(/^drone-/, "");
  const isAddress = /^[0-9a-f]{12}$/i.test(bare) || bare.toLowerCase() === transmitter;
  return isAddress || bare === "" ? undefined : bare;
}

function readLocation(fields: Fields): RemoteIdMessage | undefined {
  const here = place(fields, "lat", "lon");
  const status = statusOf(fields, "op_status");
  if (here === undefined && status === "undeclared") return undefined;
  return locationOf({
    status,
    ...here,
    altHaeM: zeroIsUnknown(altitudeM(fields, "alt")),
    altPressureM: zeroIsUnknown(altitudeM(fields, "pressure_altitude")),
    heightM: zeroIsUnknown(altitudeM(fields, "height")),
    heightReference: /ground|agl/i.test(fields.text("height_type", 64) ?? "") ? "ground" : "take-off",
    trackDeg: trackDeg(fields, "direction"),
    speedMps: zeroIsUnknown(speedMps(fields, "speed")),
    verticalSpeedMps: zeroIsUnknown(verticalSpeedMps(fields, "vspeed")),
    ...readAccuracies(fields),
    tenthsAfterHour: tenthsAfterHour(fields, fields.has("rid_timestamp") ? "rid_timestamp" : "timestamp"),
  });
}

/** Altitude in FEET and speed in KNOTS, unlike those of the kit's drones. */
function readAircraft(fields: Fields): ReceivedAircraft | undefined {
  const own = (fields.text("icao", 16) ?? fields.text("id", 16))?.toLowerCase();
  if (own === undefined || !/^~?[0-9a-f]{6}$/.test(own))
    return fields.refuse("nothing-said", "icao", `six hex digits expected, got ${shown(own)}`);
  const here = place(fields, "lat", "lon");
  const altFt = zeroIsUnknown(quantity(fields, "alt", { min: -2000, max: 150_000 }));
  const speedKt = zeroIsUnknown(quantity(fields, "speed", { min: 0, max: 4000 }));
  const rateFpm = quantity(fields, "vertical_rate", { min: -60_000, max: 60_000 });
  const track = quantity(fields, "track", { min: 0, max: 360 });
  const category = fields.text("category", 8);
  const squawk = fields.text("squawk", 8);
  return {
    kind: "aircraft",
    receiver: fields.text("seen_by", 64),
    heardMs: undefined,
    // What the kit passes on is relative to full scale and no power in dBm.
    rssiDbm: undefined,
    frequencyMhz: undefined,
    address: own,
    isIcaoAddress: !own.startsWith("~"),
    callsign: fields.text("callsign", 16),
    categoryCode: category !== undefined && /^[A-D][0-7]$/.test(category) ? category : undefined,
    squawk: squawk !== undefined && /^[0-7]{4}$/.test(squawk) ? squawk : undefined,
    isEmergency: false,
    isOnGround: fields.flag("on_ground"),
    latDeg: here?.latDeg,
    lonDeg: here?.lonDeg,
    altPressureM: altFt === undefined ? undefined : altFt * METRES_PER_FOOT,
    altHaeM: undefined,
    speedMps: speedKt === undefined ? undefined : speedKt * MPS_PER_KNOT,
    trackDeg: track === 360 ? 0 : track,
    verticalSpeedMps: rateFpm === undefined ? undefined : (rateFpm * METRES_PER_FOOT) / 60,
    nacP: quantity(fields, "nac_p", { min: 0, max: 11 }),
  };
}

/** A signal's place is the receiver's own with a radius: it is where somebody listens, not where somebody sends. */
function readSignal(fields: Fields): Presence {
  return {
    kind: "presence",
    what: "signal",
    label: (fields.text("signal_type", 64) ?? "signal").slice(0, 64),
    receiver: fields.text("seen_by", 64),
    heardMs: unixMs(fields, "observed_at"),
    rssiDbm: rssiDbm(fields, "rssi"),
    frequencyMhz: frequencyMhz(fields, "center_hz"),
    bandwidthMhz: bandwidthMhz(fields),
  };
}
