import { type DecodeError, describe, type Fields, fieldsOf, isJsonObject, type JsonValue, noteError, shown } from "@picket/bytes";
import { decodeRemoteIdFrame, type RemoteIdMessage } from "@picket/remote-id";
import { decodeBase64 } from "./base64.ts";
import { address, place, quantity } from "./quantity.ts";
import type { DecodedRecords, Health, ReceiverRecord, Reception } from "./record.ts";
import { heardOf, readScoutAircraft } from "./scout-aircraft.ts";
import { decodeUasData, UAS_DATA_OCTETS } from "./uas-data.ts";

/** Base64 of a UASdata dump or of the longest frame, with room. */
const MOST_BASE64 = 8192;

type Kind = "data" | "status" | "location" | "mobile network" | "aircraft";
type Read = (fields: Fields, errors: DecodeError[], at: number) => ReceiverRecord | undefined;
const READ: Readonly<Record<Kind, Read>> = {
  data: readData,
  status: readStatus,
  location: readLocation,
  "mobile network": readMobileNetwork,
  aircraft: readScoutAircraft,
};
const KINDS = Object.keys(READ) as Kind[];

/**
 * Decodes one object that a DroneScout ds230 or ds240 publishes: `data` (a broadcast), `status`, `location`, `mobile network`, `aircraft`.
 *
 * @source BluemarkInnovations, DroneScout MQTT subscriber and manual; protocol 1.0.
 */
export function decodeDroneScout(value: JsonValue, at = 0): DecodedRecords {
  const errors: DecodeError[] = [];
  const records: ReceiverRecord[] = [];
  const known = isJsonObject(value) ? KINDS.filter((kind) => Object.hasOwn(value, kind)) : [];
  if (!isJsonObject(value) || known.length === 0) {
    const detail = `an object with one of ${KINDS.join(", ")} expected, got ${shown(value)}`;
    return { records, errors: [{ code: "unknown-shape", item: "/", at, detail }] };
  }
  const envelope = fieldsOf(value, "", at, errors);
  for (const kind of known) {
    const fields = envelope.object(kind);
    const record = fields && READ[kind](fields, errors, at);
    if (record) records.push(record);
  }
  return { records, errors };
}

/** One broadcast: of the dump where there is one, else of the raw frame. */
function readData(fields: Fields, errors: DecodeError[], at: number): Reception | undefined {
  const transport = fields.text("type", 32);
  const channel = fields.number("channel", { min: 0, max: 255 });
  const messages = fields.has("UASdata") ? messagesOfDump(fields, errors, at) : messagesOfFrame(fields, errors, at);
  if (messages === undefined) return undefined;
  if (messages.length === 0) return fields.refuse("nothing-said", "UASdata", "a message expected, got none");
  return {
    kind: "reception",
    source: "remote-id",
    ...heardOf(fields),
    frequencyMhz: channel === undefined ? undefined : channelMhz(channel, transport),
    transmitter: address(fields, "MAC address"),
    transport,
    messages,
    home: undefined,
  };
}

function messagesOfDump(fields: Fields, errors: DecodeError[], at: number): readonly RemoteIdMessage[] | undefined {
  const octets = octetsOf(fields, "UASdata");
  if (octets === undefined) return undefined;
  if (octets.length !== UAS_DATA_OCTETS)
    return fields.refuse("bad-length", "UASdata", `${UAS_DATA_OCTETS} octets expected, got ${octets.length}`);
  return decodeUasData(new DataView(octets.buffer), at, errors);
}

/** A raw 802.11 frame by its first octet, and otherwise the data of a Bluetooth advertisement. */
function messagesOfFrame(fields: Fields, errors: DecodeError[], at: number): readonly RemoteIdMessage[] | undefined {
  const octets = octetsOf(fields, "raw");
  if (octets === undefined) return fields.has("raw") ? undefined : [];
  const body = octets.subarray(24);
  const frame =
    octets[0] === 0x80
      ? decodeRemoteIdFrame({ kind: "wifi-beacon", body })
      : octets[0] === 0xd0
        ? decodeRemoteIdFrame({ kind: "wifi-action", body })
        : decodeRemoteIdFrame({ kind: "ble-advertisement", extended: octets.length > 31, data: octets });
  if (!frame.ok) return fields.refuse("bad-frame", "raw", describe(frame.error));
  for (const error of frame.value.errors)
    noteError(errors, { code: "bad-frame", item: `${fields.path}/raw`, at, detail: describe(error) });
  return frame.value.messages;
}

function octetsOf(fields: Fields, name: string): Uint8Array | undefined {
  const text = fields.text(name, MOST_BASE64);
  if (text === undefined) return undefined;
  return decodeBase64(text) ?? fields.refuse("bad-base64", name, `base64 expected, got ${shown(text)}`);
}

const BLE_MHZ: Readonly<Record<number, number>> = { 37: 2402, 38: 2426, 39: 2480 };

/** @source IEEE 802.11, channel numbering at 2.4 and 5 GHz; Bluetooth Core, advertising channels. */
function channelMhz(channel: number, transport = ""): number | undefined {
  if (/^(BLE|BT|Bluetooth)/i.test(transport)) return BLE_MHZ[channel];
  if (channel >= 1 && channel <= 13) return 2407 + 5 * channel;
  if (channel === 14) return 2484;
  return channel >= 32 && channel <= 177 ? 5000 + 5 * channel : undefined;
}

function readStatus(fields: Fields): Health {
  const status = fields.text("status", 128) ?? "no status";
  const box = [fields.text("model", 32), fields.text("firmware version", 32)].filter((part) => part !== undefined).join(" ");
  return {
    kind: "health",
    about: "box",
    ...heardOf(fields),
    frequencyMhz: undefined,
    state: /fail|error|critical/i.test(status) ? "failed" : /warn|degraded|overheat|low /i.test(status) ? "degraded" : "working",
    detail: box === "" ? status : `${box}: ${status}`,
    place: undefined,
  };
}

function readLocation(fields: Fields): Health {
  const satellites = quantity(fields, "satellites", { min: 0, max: 200 });
  const here = place(fields, "latitude", "longitude");
  return {
    kind: "health",
    about: "place",
    ...heardOf(fields),
    frequencyMhz: undefined,
    state: "working",
    detail: here ? `Its GNSS has a fix${satellites === undefined ? "" : ` of ${satellites} satellites`}` : "Its GNSS has no fix",
    place: here,
  };
}

function readMobileNetwork(fields: Fields): Health {
  const told = ["operator", "access technology", "band"]
    .map((name) => fields.text(name, 32))
    .filter((part) => part !== undefined);
  return {
    kind: "health",
    about: "network",
    ...heardOf(fields),
    // Of the mobile network, not of anything that flies.
    rssiDbm: undefined,
    frequencyMhz: undefined,
    state: "working",
    detail: `Mobile network ${told.length === 0 ? "unnamed" : told.join(", ")}`,
    place: undefined,
  };
}
