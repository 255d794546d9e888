import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import {
  type CotEvent,
  cancelEmergencyEvent,
  decodeTakPayload,
  decodeXml,
  deleteEvent,
  detailElements,
  emergencyEvent,
  encodeTakPayload,
  formatAirType,
  formatXmlEvent,
  pingEvent,
  startNegotiation,
} from "./index.ts";

/** What is used of the parser of node-cot 14, an independent one. Each call may throw, for it judges by a schema. */
type Parser = Readonly<{
  from_xml(xml: string): unknown;
  from_proto(payload: Uint8Array): unknown;
  to_xml(event: unknown): string | Promise<string>;
  to_proto(event: unknown): Uint8Array | Promise<Uint8Array>;
  to_geojson(event: unknown): unknown;
}>;

const PEER: string = "@tak-ps/node-cot";
const peer = (await import(PEER).catch(() => undefined)) as Readonly<{ CoTParser: Parser }> | undefined;
const skip = peer ? false : `${PEER} is not installed`;
const shared = resolve(import.meta.dirname, "../../..", process.env["PICKET_SHARED"] ?? "../shared", "vectors/cot");

const NOW_MS = 1_767_323_045_678;
const point = { latDeg: 32.5443, lonDeg: -117.0382, altHaeM: 112, circularErrorM: 18 };
const who = { uid: "agent-7", type: "a-f-G-U-C", callsign: "SEVEN" };
const alert = { who, point, nowMs: NOW_MS, staleMs: NOW_MS + 60_000, text: "drone <overhead> & near" };
const event = (type: string, detail: CotEvent["detail"]): CotEvent => ({
  uid: "track-7",
  type,
  how: "m-f",
  timeMs: NOW_MS,
  startMs: NOW_MS,
  staleMs: NOW_MS + 15_000,
  point,
  detail,
});

const outline = [
  { latDeg: 32.54, lonDeg: -117.05 },
  { latDeg: 32.54, lonDeg: -117.03 },
  { latDeg: 32.56, lonDeg: -117.03 },
  { latDeg: 32.54, lonDeg: -117.05 },
];
const drawn = {
  strokeArgb: -65536,
  strokeWidth: 3,
  strokeStyle: "solid",
  fillArgb: 0x20ff0000,
  isLabelled: true,
  isEditable: false,
};

const written: readonly CotEvent[] = [
  event(formatAirType("unknown", "rotary-wing-drone"), []),
  event(
    formatAirType("pending", "fixed-wing-drone"),
    detailElements({
      contact: { callsign: 'Drone "7" ñ 無' },
      precisionLocation: { geopointsrc: "CALC", altsrc: "CALC" },
      track: { courseDeg: 187, speedMps: 12.5 },
      colorArgb: -256,
      isArchived: true,
      links: [{ uid: "site-1", type: "a-f-G-E-S", relation: "p-p", parentCallsign: "SITE", productionTimeMs: NOW_MS }],
      remarks: { text: "not engagement quality\nage 2 s & <3 sensors>", source: "picket", timeMs: NOW_MS },
    }),
  ),
  event(
    "a-f-G-E-S",
    detailElements({
      contact: { callsign: "Radar 1", endpoint: "*:-1:stcp" },
      droid: "Radar 1",
      group: { name: "Cyan", role: "HQ" },
      takv: { device: "server", platform: "Picket", os: "linux", version: "0.1" },
      status: { batteryPercent: 50 },
      sensor: { azimuthDeg: 0, elevationDeg: 0, fieldOfViewDeg: 360, verticalFieldOfViewDeg: 30, rangeM: 5000, model: "R" },
    }),
  ),
  {
    ...event("u-d-f", detailElements({ contact: { callsign: "Yard" }, drawing: { ...drawn, outline } })),
    uid: "zone-1",
  },
  {
    ...event(
      "u-d-c-c",
      detailElements({
        contact: { callsign: "Pad" },
        drawing: { ...drawn, ellipse: { majorM: 500, minorM: 500, angleDeg: 360 } },
      }),
    ),
    uid: "zone-2",
  },
  ...(["911 Alert", "Ring The Bell", "In Contact", "Geo-fence Breached", "Custom"] as const).map((kind) =>
    emergencyEvent({ ...alert, kind }),
  ),
  cancelEmergencyEvent({ ...alert, kind: "911 Alert" }),
  deleteEvent({ uid: "track-7", type: "a-u-A-M-H-Q" }, NOW_MS),
  pingEvent("picket", NOW_MS),
  startNegotiation("server", "server-1", NOW_MS).send ?? assert.fail("an offer is sent"),
];

/** Events of others as this package hands them on, but for one that node-cot's schema refuses: `labels_on` is neither true nor false. */
const handedOn: readonly CotEvent[] = existsSync(shared)
  ? readdirSync(shared)
      .filter((name) => name.endsWith(".xml") && name !== "030-u-d-f.xml")
      .map((name) => decodeXml(readFileSync(join(shared, name))))
      .map((decoded) => (decoded.ok ? decoded.value : assert.fail(decoded.error.code)))
  : [];

test("node-cot reads everything that is written or handed on, in both forms, and we what it writes of it", {
  skip,
}, async (t) => {
  const parser = peer?.CoTParser ?? assert.fail("node-cot is there");
  for (const made of [...written, ...handedOn])
    for (const read of [
      () => parser.from_xml(formatXmlEvent(made)),
      () => parser.from_proto(encodeTakPayload({ event: made })),
    ]) {
      const theirs = await read();
      const geojson = (await parser.to_geojson(theirs)) as { id: string; properties: { type: string; stale: string } };
      assert.equal(geojson.id, made.uid);
      assert.equal(geojson.properties.type, made.type);
      assert.equal(Date.parse(geojson.properties.stale), made.staleMs);
      const xml = decodeXml(new TextEncoder().encode(await parser.to_xml(theirs)));
      const payload = decodeTakPayload(await parser.to_proto(theirs));
      assert.ok(xml.ok && payload.ok && payload.value.event);
      for (const back of [xml.value, payload.value.event]) {
        assert.deepEqual(
          [back.uid, back.type, back.timeMs, back.startMs, back.staleMs],
          [made.uid, made.type, made.timeMs, made.startMs, made.staleMs],
        );
        assert.deepEqual(back.point, made.point);
      }
    }
  const geometryOf = async (uid: string) => {
    const made = written.find((one) => one.uid === uid) ?? assert.fail(uid);
    const read = (await parser.to_geojson(await parser.from_xml(formatXmlEvent(made)))) as {
      geometry: { type: string; coordinates: number[][][] };
      properties: Record<string, unknown>;
    };
    return { ...read.geometry, properties: read.properties };
  };
  const area = await geometryOf("zone-1");
  assert.deepEqual([area.type, area.coordinates], ["Polygon", [outline.map(({ latDeg, lonDeg }) => [lonDeg, latDeg])]]);
  assert.deepEqual([area.properties["stroke"], area.properties["fill"], area.properties["labels"]], ["#FF0000", "#FF0000", true]);
  const circle = await geometryOf("zone-2");
  assert.equal(circle.type, "Polygon");
  for (const [lonDeg = 0, latDeg = 0] of circle.coordinates[0] ?? []) {
    const [eastM, northM] = [(lonDeg - point.lonDeg) * 111_320 * Math.cos(0.568), (latDeg - point.latDeg) * 110_900];
    assert.ok(Math.abs(Math.hypot(eastM, northM) - 500) < 5, `${eastM} ${northM}`);
  }
  t.diagnostic(`${written.length} written, ${handedOn.length} handed on`);
});
