import assert from "node:assert/strict";
import { test } from "node:test";
import { createFrameDecoder, decodeMessage, type SapientMessage } from "@picket/sapient";
import type { Translated } from "./index.ts";
import {
  FINDER_NODE,
  framed,
  make,
  NOON_MS,
  OWN_NODE,
  RADAR_NODE,
  registered,
  registration,
  report,
  scansOf,
  translate,
  ULID,
} from "./sapient.fixture.ts";

const repliesOf = ({ replies = [] }: Translated): SapientMessage[] =>
  replies.flatMap((frame) =>
    createFrameDecoder()
      .push(frame)
      .map((item) => {
        const decoded = item.kind === "frame" ? decodeMessage(item.octets) : undefined;
        assert.ok(decoded?.ok);
        return decoded.value.message;
      }),
  );
const bearing = (azimuth: number) => report({ rangeBearing: { azimuth, coordinateSystem: "DEGREES_M", datum: "TRUE" } });
const reportsOf = ({ inputs }: Translated) => inputs.filter((input) => input.kind === "sensorReport");
const STATUS = { reportId: ULID, system: "OK", info: "NEW", mode: "Default" } as const;

test("a node of the site registers, is acknowledged, and says how often it will speak", () => {
  const translated = translate(make(), framed(RADAR_NODE, NOON_MS, { registration: registration("RADAR") }), NOON_MS + 5);
  assert.deepEqual(repliesOf(translated), [
    { timestamp: NOON_MS + 5, nodeId: OWN_NODE, destinationId: RADAR_NODE, registrationAck: { acceptance: true } },
  ]);
  const [said] = reportsOf(translated);
  assert.deepEqual([said?.sensor, said?.state, said?.silentAfterMs], ["radar-1", "working", 11_000]);
  assert.equal(translated.records, 1);
});

test("a node that no sensor names is told so and gives nothing", () => {
  const stranger = "cee8b0c3-b739-49f5-9bd4-b5353b5ebb98";
  const translated = translate(make(), framed(stranger, NOON_MS, { registration: registration("RADAR") }), NOON_MS);
  assert.deepEqual(repliesOf(translated)[0]?.registrationAck, {
    acceptance: false,
    ackResponseReason: [`no sensor of this site has the node_id ${stranger}: it must be configured first`],
  });
  assert.deepEqual(translated.inputs, []);
  assert.equal(translated.rejected.length, 1);
});

test("what comes before the registration is answered by name and counted", () => {
  const translated = translate(make(), framed(RADAR_NODE, NOON_MS, bearing(90)), NOON_MS);
  assert.deepEqual(repliesOf(translated)[0]?.error?.errorMessage, ["registration must come before anything else"]);
  assert.deepEqual(
    translated.rejected.map(({ code, item }) => [code, item]),
    [["missing", "registration"]],
  );
});

test("the reports of one stamp are one look at their own part, whatever the way they were cut", () => {
  const octets = framed(FINDER_NODE, NOON_MS, bearing(5), bearing(9));
  const whole = translate(registered(FINDER_NODE), octets, NOON_MS + 40);
  const [scan] = scansOf(whole);
  assert.equal(scansOf(whole).length, 1);
  assert.equal(scan?.detections.length, 2);
  assert.ok(scan?.sector && scan.sector.azimuthFromRad > 6 && scan.sector.azimuthToRad < 0.5);
  assert.deepEqual([scan.measuredMs, scan.receivedMs, scan.clockOffsetMs], [NOON_MS, NOON_MS + 40, -40]);
  const bitwise = registered(FINDER_NODE);
  const apart = [...octets].flatMap((octet) => scansOf(translate(bitwise, Uint8Array.of(octet), NOON_MS + 40)));
  assert.deepEqual(
    apart.flatMap(({ detections }) => detections),
    scan.detections,
  );
});

test("a status makes health, and a look at nothing where nothing was reported since the last", () => {
  const translator = registered(RADAR_NODE);
  const status = (atMs: number, more: object = {}) =>
    translate(translator, framed(RADAR_NODE, atMs, { statusReport: { ...STATUS, ...more } }), atMs + 10);
  assert.deepEqual(
    scansOf(status(NOON_MS)).map(({ detections }) => detections),
    [[]],
  );
  const range = report({ rangeBearing: { azimuth: 20, range: 900, coordinateSystem: "DEGREES_M", datum: "TRUE" } });
  assert.equal(scansOf(translate(translator, framed(RADAR_NODE, NOON_MS + 1000, range), NOON_MS + 1010)).length, 1);
  assert.deepEqual(scansOf(status(NOON_MS + 2000)), [], "it reported something since");
  const failed = status(NOON_MS + 3000, {
    system: "ERROR",
    status: [{ statusType: "NOT_DETECTING", statusLevel: "ERROR_STATUS", statusValue: "antenna stopped" }],
  });
  assert.deepEqual(scansOf(failed), []);
  assert.match(reportsOf(failed)[0]?.detail ?? "", /not detecting: antenna stopped/);
  assert.equal(reportsOf(failed)[0]?.state, "failed");
  const bye = reportsOf(status(NOON_MS + 4000, { system: "GOODBYE" }))[0];
  assert.deepEqual([bye?.state, bye?.detail], ["failed", "It has signed off"]);
});

test("an alert is acknowledged, and is the node's word until its next status", () => {
  const translator = registered(RADAR_NODE);
  const raise = (alertType: "WARNING" | "FATAL", status: "ACTIVE" | "CLEAR" = "ACTIVE") =>
    translate(
      translator,
      framed(RADAR_NODE, NOON_MS, { alert: { alertId: ULID, alertType, status, description: "fence cut" } }),
      NOON_MS,
    );
  assert.deepEqual(repliesOf(raise("WARNING"))[0]?.alertAck, { alertId: ULID, alertAckStatus: "ACCEPTED" });
  assert.deepEqual(
    [raise("WARNING"), raise("FATAL")].map((said) => reportsOf(said).map(({ state, detail }) => [state, detail])),
    [[["working", "It raises an alert: fence cut"]], [["failed", "It raises an alert: fence cut"]]],
  );
  assert.deepEqual(raise("WARNING", "CLEAR").inputs, []);
});

test("a status that is unchanged from one that was not heard here, as a middleware tells it to who comes late, is taken", () => {
  const translator = make({ manyNodes: true });
  const late = Uint8Array.from([
    ...framed(RADAR_NODE, NOON_MS, { registration: registration("RADAR") }),
    ...framed(RADAR_NODE, NOON_MS, { statusReport: { ...STATUS, info: "UNCHANGED" } }),
  ]);
  const { inputs, rejected } = translate(translator, late, NOON_MS);
  assert.deepEqual(rejected, []);
  assert.deepEqual(
    inputs.map(({ kind }) => kind),
    ["sensorReport", "sensorReport", "scan"],
  );
  const old = framed(RADAR_NODE, NOON_MS - 20_000, { statusReport: STATUS });
  assert.deepEqual(scansOf(translate(translator, old, NOON_MS + 100)), [], "an old one proves nothing of now");
});

test("a field of view that a status states is the part that was looked at", () => {
  const rangeBearing = { azimuth: 90, horizontalExtent: 60, coordinateSystem: "DEGREES_M", datum: "TRUE" } as const;
  const statusReport = { ...STATUS, fieldOfView: { rangeBearing } };
  const [scan] = scansOf(translate(registered(RADAR_NODE), framed(RADAR_NODE, NOON_MS, { statusReport }), NOON_MS));
  assert.ok(scan?.sector);
  assert.ok(
    Math.abs(scan.sector.azimuthFromRad - Math.PI / 3) < 1e-9 && Math.abs(scan.sector.azimuthToRad - (2 * Math.PI) / 3) < 1e-9,
  );
});

test("for a node with a revisit a look at everything is made up once each revisit", () => {
  const translator = registered(RADAR_NODE);
  const looks = [0, 400, 1100, 2200].flatMap((laterMs) =>
    scansOf(
      translate(
        translator,
        framed(
          RADAR_NODE,
          NOON_MS + laterMs,
          report({ rangeBearing: { azimuth: 20, range: 900, coordinateSystem: "DEGREES_M", datum: "TRUE" } }),
        ),
        NOON_MS + laterMs + 10,
      ),
    ),
  );
  assert.deepEqual(
    looks.map(({ measuredMs, detections }) => [measuredMs - NOON_MS, detections.length]),
    [
      [0, 1],
      [400, 1],
      [400, 0],
      [1100, 1],
      [1100, 0],
      [2200, 1],
    ],
  );
});

test("a stamp ahead of us or long past is replaced by the time of hearing, and said", () => {
  for (const offsetMs of [400, -60_000]) {
    const atMs = NOON_MS + offsetMs;
    const [scan] = scansOf(translate(registered(FINDER_NODE), framed(FINDER_NODE, atMs, bearing(10)), NOON_MS));
    assert.deepEqual([scan?.measuredMs, scan?.clockOffsetMs, scan?.measuredSigmaMs], [NOON_MS, offsetMs, 500]);
  }
});

test("what says that it is simulated, an exercise or a test reads so, and never as more real than its feed", () => {
  const realityAfter = (mode: object, more: object = {}, reality: "live" | "test" = "live") => {
    const translator = registered(FINDER_NODE, mode, { reality });
    const content = report({ rangeBearing: { azimuth: 1, coordinateSystem: "DEGREES_M", datum: "TRUE" }, ...more });
    return scansOf(translate(translator, framed(FINDER_NODE, NOON_MS, content), NOON_MS))[0]?.reality;
  };
  assert.equal(realityAfter({}), "live");
  assert.equal(realityAfter({ modeName: "Simulated" }), "simulated");
  assert.equal(realityAfter({}, { state: "exercise" }), "exercise");
  assert.equal(realityAfter({}, { objectInfo: [{ type: "reality", value: "test" }] }), "test");
  assert.equal(realityAfter({ modeName: "Exercise" }, {}, "test"), "test");
});

test("a node that registers on another connection has left the one before", () => {
  const translator = registered(FINDER_NODE);
  const other = "192.0.2.7:5021 since 2026-11-21T12:00:00.000Z";
  translate(translator, framed(FINDER_NODE, NOON_MS, { registration: registration("PASSIVE_RF") }), NOON_MS, other);
  assert.equal(scansOf(translate(translator, framed(FINDER_NODE, NOON_MS + 100, bearing(5)), NOON_MS + 100, other)).length, 1);
  const late = translate(translator, framed(FINDER_NODE, NOON_MS + 200, bearing(5)), NOON_MS + 200);
  assert.match(repliesOf(late)[0]?.error?.errorMessage?.[0] ?? "", /registration must come before/);
});

test("through a middleware many nodes share a connection, each with its own conversation, and strangers are counted alone", () => {
  const translator = make({ manyNodes: true });
  const stranger = "cee8b0c3-b739-49f5-9bd4-b5353b5ebb98";
  const registrations = [RADAR_NODE, FINDER_NODE, stranger, OWN_NODE].flatMap((nodeId) => [
    ...framed(nodeId, NOON_MS, { registration: registration(nodeId === FINDER_NODE ? "PASSIVE_RF" : "RADAR") }),
  ]);
  const first = translate(translator, Uint8Array.from(registrations), NOON_MS);
  assert.deepEqual(
    repliesOf(first).map(({ destinationId, registrationAck }) => [destinationId, registrationAck?.acceptance]),
    [
      [RADAR_NODE, true],
      [FINDER_NODE, true],
    ],
  );
  assert.deepEqual(
    first.rejected.map(({ code }) => code),
    ["unknown-sensor", "own-track"],
  );
  const plot = report({ rangeBearing: { azimuth: 20, range: 900, coordinateSystem: "DEGREES_M", datum: "TRUE" } });
  const mixed = Uint8Array.from([
    ...framed(RADAR_NODE, NOON_MS + 100, plot),
    ...framed(FINDER_NODE, NOON_MS + 100, bearing(40)),
    ...framed(RADAR_NODE, NOON_MS + 200, plot),
  ]);
  const again = make({ manyNodes: true }, JSON.parse(JSON.stringify(translator.snapshot())));
  for (const either of [translator, again])
    assert.deepEqual(
      scansOf(translate(either, mixed, NOON_MS + 220)).map(({ sensor, measuredMs, detections }) => [
        sensor,
        measuredMs - NOON_MS,
        detections.length,
      ]),
      [
        ["radar-1", 100, 1],
        ["df-1", 100, 1],
        ["radar-1", 200, 1],
      ],
    );
});

test("a node that reports faster than a middleware would take it, or out of order, loses nothing", () => {
  const translator = registered(FINDER_NODE);
  const looks = [0, 20, 50, 40].flatMap((laterMs) =>
    scansOf(translate(translator, framed(FINDER_NODE, NOON_MS + laterMs, bearing(10)), NOON_MS + 60)),
  );
  assert.deepEqual(
    looks.map(({ measuredMs, detections }) => [measuredMs - NOON_MS, detections.length]),
    [
      [0, 1],
      [20, 1],
      [50, 1],
      [40, 1],
    ],
  );
});

test("a stream that cannot be followed is hung up on", () => {
  const translated = translate(make(), Uint8Array.of(255, 255, 255, 255, 1), NOON_MS);
  assert.equal(translated.hangUp, true);
  assert.equal(translated.rejected[0]?.code, "frame-too-long");
});

test("a translator that was put back goes on in the middle of a frame and of a conversation", () => {
  const octets = framed(FINDER_NODE, NOON_MS, bearing(10), bearing(200));
  const first = registered(FINDER_NODE);
  first.bytes(octets.subarray(0, 30), NOON_MS, "x", 1);
  const from = "192.0.2.7:5020 since 2026-11-21T11:59:00.000Z";
  first.bytes(octets.subarray(0, 70), NOON_MS, from, 2);
  const second = make({}, JSON.parse(JSON.stringify(first.snapshot())));
  assert.deepEqual(
    second.bytes(octets.subarray(70), NOON_MS + 20, from, 3),
    first.bytes(octets.subarray(70), NOON_MS + 20, from, 3),
  );
  assert.deepEqual(second.snapshot(), first.snapshot());
});
