import { type DecodeError, fieldsOf, isJsonObject, type JsonValue, shown } from "@picket/bytes";
import type { RemoteIdMessage } from "@picket/remote-id";
import { basicIdOf, locationOf, present, systemOf } from "./messages.ts";
import { address, altitudeM, place, rssiDbm } from "./quantity.ts";
import type { DecodedRecords, ReceiverRecord, Reception } from "./record.ts";

const NOTHING = { receiver: undefined, heardMs: undefined, frequencyMhz: undefined } as const;

/**
 * Decodes one line of a drone-mesh-mapper's serial port: a broadcast, or a heartbeat. 0.000000 and altitude 0 are unknown, as is an empty
 * identity. What kind of identity it is the line does not say: nearly all are serial numbers.
 *
 * @source colonelpanichacks/drone-mesh-mapper firmware, its printf formats.
 */
export function decodeMeshMapper(value: JsonValue, at = 0): DecodedRecords {
  const errors: DecodeError[] = [];
  if (!isJsonObject(value)) return refused(`an object expected, got ${shown(value)}`, at);
  const fields = fieldsOf(value, "", at, errors);
  const heartbeat = fields.text("heartbeat", 128);
  if (heartbeat !== undefined)
    return {
      records: [
        { kind: "health", about: "box", ...NOTHING, rssiDbm: undefined, state: "working", detail: heartbeat, place: undefined },
      ],
      errors,
    };
  if (!fields.has("mac") && !fields.has("drone_lat")) return refused("mac or heartbeat expected", at);
  const drone = place(fields, "drone_lat", "drone_long");
  const pilot = place(fields, "pilot_lat", "pilot_long");
  const altM = altitudeM(fields, "drone_altitude");
  const transmitter = address(fields, "mac");
  const record: Reception = {
    kind: "reception",
    source: "remote-id",
    ...NOTHING,
    rssiDbm: rssiDbm(fields, "rssi"),
    transmitter,
    transport: undefined,
    messages: present<RemoteIdMessage>([
      basicIdOf("serial-number", "none", fields.text("basic_id", 64)),
      drone && locationOf({ ...drone, altHaeM: altM === 0 ? undefined : altM }),
      pilot && systemOf({ operatorLatDeg: pilot.latDeg, operatorLonDeg: pilot.lonDeg }),
    ]),
    home: undefined,
  };
  if (transmitter === undefined && record.messages.length === 0)
    fields.refuse("nothing-said", "mac", "a sender or a place expected, got neither");
  return { records: transmitter === undefined && record.messages.length === 0 ? [] : [record], errors };
}

const MESH_LINE = /^Drone: (\S{1,64}) RSSI: ?(-?\d{1,3}) https:\/\/maps\.google\.com\/\?q=(-?\d{1,3}\.\d+),(-?\d{1,3}\.\d+)$/;

/** Decodes a line of the mesh radio's port: the sender, its strength and its place. Other text tells of no aircraft. */
export function decodeMeshText(text: string, at = 0): DecodedRecords {
  const match = MESH_LINE.exec(text.trim());
  if (!match) return { records: [], errors: [{ code: "text-line", item: "line", at, detail: `no aircraft in ${shown(text)}` }] };
  const [, mac, rssi, lat, lon] = match;
  const line = { mac: mac ?? "", rssi: Number(rssi), drone_lat: Number(lat), drone_long: Number(lon) };
  return decodeMeshMapper(line, at);
}

const refused = (detail: string, at: number): { records: ReceiverRecord[]; errors: DecodeError[] } => ({
  records: [],
  errors: [{ code: "unknown-shape", item: "/", at, detail }],
});
