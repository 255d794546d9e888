import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";
import { describe } from "@picket/bytes";
import {
  type CotDetail,
  type CotElement,
  type CotEvent,
  createCotStream,
  decodeDatagram,
  decodeTakPayload,
  decodeXml,
  encodeMeshFrame,
  encodeXml,
  readDetail,
} from "./index.ts";

/** Events that others wrote, each with what an independent decoder (node-cot 12.23.0) makes of it. */
const folder = resolve(import.meta.dirname, "../../..", process.env["PICKET_SHARED"] ?? "../shared", "vectors/cot");
const skip = existsSync(folder) ? false : `needs the shared vectors: set PICKET_SHARED (looked in ${folder})`;

type Properties = Readonly<Record<string, unknown>>;
type Expected = Readonly<{ geojson: { id: string; properties: Properties }; proto_hex: string }> | Readonly<{ error: string }>;
const expected: Readonly<Record<string, Expected>> = skip
  ? {}
  : (JSON.parse(readFileSync(resolve(folder, "node-cot-12.23.0.expected.json"), "utf8")) as Record<string, Expected>);
const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));

function decodeFile(name: string): CotEvent {
  const event = decodeXml(readFileSync(resolve(folder, name)));
  return event.ok ? event.value : assert.fail(`${name}: ${describe(event.error)}`);
}

test("every event is read, also what node-cot refuses", { skip }, (t) => {
  const names = readdirSync(folder).filter((name) => name.endsWith(".xml"));
  assert.ok(names.length >= 28, "the events are all there");
  for (const name of names) {
    const event = decodeFile(name);
    assert.deepEqual(decodeDatagram(encodeXml(event)), { ok: true, value: { encoding: "xml", event } }, name);
  }
  t.diagnostic(
    `${names.length} events, ${Object.values(expected).filter((entry) => "error" in entry).length} of them refused by node-cot`,
  );
});

test("every event reads as node-cot's protobuf of it, but for what node-cot itself adds and leaves out", { skip }, (t) => {
  const total = { events: 0, elements: 0 };
  for (const [name, entry] of Object.entries(expected)) {
    if ("error" in entry) continue;
    const payload = decodeTakPayload(octets(entry.proto_hex));
    assert.ok(payload.ok && payload.value.event, name);
    const { detail: theirDetail, ...theirs } = payload.value.event;
    const { detail, ...ours } = decodeFile(name);
    assert.deepEqual(ours, theirs, name);
    assert.deepEqual(sort(detail.flatMap(asNodeCotWrites)), sort(theirDetail.flatMap(withoutNodeCot)), name);
    total.events++;
    total.elements += detail.length;
  }
  t.diagnostic(`${total.events} events, ${total.elements} children of details`);
  assert.equal(total.events, 27);
});

test("what is known of a detail is what node-cot's GeoJSON says", { skip }, (t) => {
  let fields = 0;
  for (const [name, entry] of Object.entries(expected)) {
    if ("error" in entry) continue;
    const event = decodeFile(name);
    const ours = asGeoJson(event, readDetail(event.detail));
    assert.equal(event.uid, entry.geojson.id);
    for (const [property, value] of Object.entries(entry.geojson.properties)) {
      if (!(property in ours)) continue;
      assert.deepEqual(ours[property], normalise(property, value), `${name}: ${property}`);
      fields++;
    }
  }
  t.diagnostic(`${fields} fields`);
  assert.ok(fields >= 240, String(fields));
});

test("frames from the field read as protoc says, in either framing", { skip }, () => {
  const frames = JSON.parse(readFileSync(resolve(folder, "tak-protobuf-frames.json"), "utf8")) as {
    hex: string;
    framing: string;
    protoc_decode_text: string;
  }[];
  assert.equal(frames.length, 2);
  for (const { hex, framing, protoc_decode_text } of frames) {
    const isMesh = framing.startsWith("mesh");
    const message = isMesh ? decodeDatagram(octets(hex)) : decodeStream(octets(hex));
    assert.ok(message.ok && message.value.event, framing);
    const { event } = message.value;
    const said = (field: string): string => new RegExp(`\\b${field}: (.*)`).exec(protoc_decode_text)?.[1] ?? assert.fail(field);
    const { contact, group, status, takv, track, droid } = readDetail(event.detail);
    assert.deepEqual(
      [event.uid, event.type, event.how].map((value) => JSON.stringify(value)),
      ["uid", "type", "how"].map(said),
    );
    assert.deepEqual([event.timeMs, event.startMs, event.staleMs], ["sendTime", "startTime", "staleTime"].map(said).map(Number));
    assert.deepEqual(event.point, { latDeg: Number(said("lat")), lonDeg: Number(said("lon")), altHaeM: Number(said("hae")) });
    assert.deepEqual([said("ce"), said("le")], ["9999999", "9999999"], "unknown");
    assert.deepEqual(contact, { callsign: "Eliopoli HQ", endpoint: "192.168.1.10:4242:tcp" });
    assert.deepEqual(group, { name: "Yellow", role: "HQ" });
    assert.equal(status?.batteryPercent, Number(said("battery")));
    assert.deepEqual(
      takv,
      JSON.parse(`{"device":${said("device")},"platform":${said("platform")},"os":${said("os")},"version":${said("version")}}`),
    );
    assert.deepEqual([track?.speedMps, track?.courseDeg, droid], [0, 0, "Eliopoli HQ"]);
    assert.deepEqual(
      event.detail.at(-1),
      { name: "another", attributes: { test: "1" }, children: [] },
      "what is not known is kept",
    );
    if (isMesh) assert.deepEqual(decodeDatagram(encodeMeshFrame({ event })), message);
  }
});

function decodeStream(bytes: Uint8Array): ReturnType<typeof decodeDatagram> {
  const [item] = createCotStream().push(bytes);
  return item?.kind === "message" ? { ok: true, value: item.value } : assert.fail("is a message");
}

const SENSOR_NUMBERS = /^[+-]?\d+(\.\d+)?$/;

/** A child of a detail as node-cot 12.23.0 carries it into protobuf, with what that library leaves out of it left out. */
function asNodeCotWrites(element: CotElement): readonly CotElement[] {
  const { name, attributes } = element;
  const numbers = (from: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(from).map(([key, value]) => [
        key,
        SENSOR_NUMBERS.test(value) && key !== "version" ? String(Number(value)) : value,
      ]),
    );
  switch (name) {
    case "precisionlocation":
      return [];
    case "contact":
      return [{ ...element, attributes: only(attributes, "callsign", "endpoint") }];
    case "status":
      return [{ ...element, attributes: { battery: attributes["battery"] ?? "0" } }];
    case "track":
      return [{ ...element, attributes: numbers(only(attributes, "course", "speed")) }];
    case "sensor":
      return [{ ...element, attributes: numbers(attributes) }];
    default:
      return [element];
  }
}

const only = (attributes: Readonly<Record<string, string>>, ...names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => names.includes(name)));

/** A child of a detail without what node-cot 12.23.0 adds to every event: its own flow tag, and an empty element. */
function withoutNodeCot(element: CotElement): readonly CotElement[] {
  if (element.name === "metadata") return [];
  if (element.name !== "_flow-tags_") return [element];
  const children = element.children.filter((child) => typeof child === "string" || child.name !== "NodeCoT-12.23.0");
  return children.length === 0 && Object.keys(element.attributes).length === 0 ? [] : [{ ...element, children }];
}

const sort = (elements: readonly CotElement[]): readonly string[] =>
  elements.map((element) => JSON.stringify({ ...element, attributes: Object.entries(element.attributes).sort() })).sort();

/** What both know, by node-cot's names. */
function asGeoJson(event: CotEvent, detail: CotDetail): Properties {
  const { contact, track, sensor, status } = detail;
  return {
    callsign: contact?.callsign ?? "UNKNOWN",
    center: [event.point.lonDeg, event.point.latDeg, event.point.altHaeM],
    type: event.type,
    how: event.how ?? "",
    time: event.timeMs,
    start: event.startMs,
    stale: event.staleMs,
    contact: { phone: contact?.phone, endpoint: contact?.endpoint },
    course: track?.courseDeg,
    speed: track?.speedMps,
    slope: track?.slopeDeg,
    droid: detail.droid,
    takv: detail.takv,
    group: detail.group,
    status: { battery: status?.batteryPercent, readiness: status?.readiness },
    precisionlocation: detail.precisionLocation,
    archived: detail.isArchived,
    sensor: [
      sensor?.azimuthDeg,
      sensor?.elevationDeg,
      sensor?.rollDeg,
      sensor?.fieldOfViewDeg,
      sensor?.verticalFieldOfViewDeg,
      sensor?.northDeg,
      sensor?.rangeM,
      sensor?.type,
      sensor?.model,
    ],
    remarks: detail.remarks?.text,
    icon: detail.iconsetPath,
    "marker-color":
      detail.colorArgb === undefined
        ? undefined
        : `#${(detail.colorArgb & 0xff_ffff).toString(16).padStart(6, "0").toUpperCase()}`,
  };
}

/** A value of node-cot's GeoJSON in this package's terms: times in milliseconds, angles in one turn, unknown heights unknown. */
function normalise(property: string, value: unknown): unknown {
  const turn = (deg: unknown): unknown => (typeof deg === "number" ? (deg < 0 ? deg + 360 : deg % 360) : deg);
  const fields = value as Readonly<Record<string, string>>;
  switch (property) {
    case "time":
    case "start":
    case "stale":
      return Date.parse(String(value));
    case "course":
      return turn(value);
    case "center": {
      const [lon, lat, hae] = value as readonly [number, number, number | null];
      return [lon, lat, hae === null || hae >= 999_999 ? undefined : hae];
    }
    case "contact":
      return { phone: fields["phone"], endpoint: fields["endpoint"] };
    case "status":
      return {
        battery: fields["battery"] === undefined ? undefined : Number(fields["battery"]),
        readiness: fields["readiness"] === undefined ? undefined : fields["readiness"] === "true",
      };
    case "sensor": {
      const { azimuth, elevation, roll, fov, vfov, north, range, type, model } = fields;
      return [turn(azimuth), elevation, roll, fov, vfov, turn(north), range, type, model];
    }
    default:
      return value;
  }
}
