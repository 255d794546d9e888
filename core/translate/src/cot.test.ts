import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type CotEvent,
  createCotStream,
  deleteEvent,
  detailElements,
  encodeMeshFrame,
  encodeStreamFrame,
  encodeXml,
  pingEvent,
} from "@picket/cot";
import { feedId, Input, personId, type Sensor, sensorId, validate } from "@picket/model";
import { createTranslator, type TranslatorOptions } from "./index.ts";

const NOW_MS = 1_790_000_000_000;
const SENSOR: Sensor = {
  id: sensorId.parse("tak"),
  name: "County TAK",
  kind: "other",
  latDeg: 32.55,
  lonDeg: -117.04,
  rangeMaxM: 20_000,
  covers: false,
};
const OPTIONS: TranslatorOptions = {
  feed: feedId.parse("tak"),
  protocol: "cot",
  sensor: SENSOR,
  sensors: [SENSOR],
  reality: "live",
  cot: { ownPrefix: "picket-gate-", persons: [{ uid: "ANDROID-1", person: personId.parse("ana") }] },
};

const event = (over: Partial<CotEvent>): CotEvent => ({
  uid: "uav-1",
  type: "a-h-A-M-H-Q",
  how: "m-r",
  timeMs: NOW_MS - 500,
  startMs: NOW_MS - 500,
  staleMs: NOW_MS + 30_000,
  point: { latDeg: 32.56, lonDeg: -117.05, altHaeM: 120, circularErrorM: 15, linearErrorM: 20 },
  detail: detailElements({ contact: { callsign: "UAV ONE" }, track: { courseDeg: 90, speedMps: 10 } }),
  ...over,
});

/** A translator, and what it makes of events given one after the other as XML at `NOW_MS`. */
function heard(over: Partial<TranslatorOptions> = {}) {
  const translator = createTranslator({ ...OPTIONS, ...over });
  let sequence = 0;
  return (...events: readonly CotEvent[]) => {
    const chunk = Buffer.concat(events.map((one) => encodeXml(one)));
    const answer = translator.bytes(chunk, NOW_MS, "peer", ++sequence);
    for (const input of answer.inputs) assert.ok(validate(Input, input).ok, JSON.stringify(input));
    return answer;
  };
}
const codes = (answer: Readonly<{ rejected: readonly { code: string }[] }>) => answer.rejected.map(({ code }) => code);

test("another system's air track is a filtered place with its own errors, whatever it takes the track for", () => {
  const { inputs, records, rejected } = heard()(event({}));
  assert.deepEqual([records, rejected], [1, []]);
  const [scan] = inputs;
  assert.ok(scan?.kind === "scan");
  assert.deepEqual([scan.sensor, scan.measuredMs, scan.clockOffsetMs, scan.reality], ["tak", NOW_MS - 500, -500, "live"]);
  const [detection] = scan.detections;
  assert.ok(detection?.measurement.kind === "position");
  assert.equal(detection.filtered, true);
  assert.equal(detection.origin, `cot:uav-1@${NOW_MS - 500}`);
  assert.deepEqual(
    [
      detection.measurement.latDeg,
      detection.measurement.lonDeg,
      detection.measurement.horizontalSigmaM,
      detection.measurement.height,
    ],
    [32.56, -117.05, 15, { valueM: 120, sigmaM: 20, reference: "hae" }],
  );
  const { eastMps = 0, northMps = 1 } = detection.measurement.velocity ?? {};
  assert.ok(Math.abs(eastMps - 10) < 1e-9 && Math.abs(northMps) < 1e-9, "course 90° is east; sines round to 1e-15");
  assert.ok((detection.classLikelihoods?.multirotor ?? 0) > (detection.classLikelihoods?.bird ?? 1));
  assert.doesNotMatch(JSON.stringify(inputs), /hostile|suspect|UAV ONE/);
});

test("an error that is not stated, or stated as nothing, is not believed", () => {
  for (const circularErrorM of [undefined, 0]) {
    const [scan] = heard()(event({ point: { latDeg: 32.56, lonDeg: -117.05, circularErrorM } })).inputs;
    assert.ok(scan?.kind === "scan" && scan.detections[0]?.measurement.kind === "position");
    assert.equal(scan.detections[0].measurement.horizontalSigmaM, 100);
  }
});

test("what a class says counts once in a while of one track", () => {
  const hear = heard();
  const classesOf = (timeMs: number) => {
    const [scan] = hear(event({ timeMs })).inputs;
    return scan?.kind === "scan" && scan.detections[0]?.classLikelihoods !== undefined;
  };
  assert.deepEqual([classesOf(NOW_MS - 900), classesOf(NOW_MS - 800)], [true, false]);
});

test("a drill's or a simulation's track says so", () => {
  const realityOf = (over: Partial<CotEvent>) => {
    const [scan] = heard()(event(over)).inputs;
    return scan?.kind === "scan" && scan.reality;
  };
  assert.equal(realityOf({ opex: "e-night" }), "exercise");
  assert.equal(realityOf({ opex: "s" }), "simulated");
  assert.equal(realityOf({ how: "m-s" }), "simulated");
  assert.equal(realityOf({ opex: "o-north" }), "live");
});

test("a configured device moves its person, and no other device moves anybody", () => {
  const device = event({ uid: "ANDROID-1", type: "a-f-G-U-C", point: { latDeg: 32.5, lonDeg: -117, circularErrorM: 8 } });
  const { inputs } = heard()(device, { ...device, uid: "ANDROID-2" });
  assert.equal(inputs.length, 1);
  assert.ok(inputs[0]?.kind === "command" && inputs[0].command.kind === "personPosition");
  const { person, latDeg, lonDeg, sigmaM, measuredMs, by, id } = inputs[0].command;
  assert.deepEqual([person, latDeg, lonDeg, sigmaM, measuredMs], ["ana", 32.5, -117, 8, NOW_MS - 500]);
  assert.deepEqual([by, id], ["feed tak", "cot-1-0"]);
});

test("a person's place in a drill moves nobody, and neither does 0, 0", () => {
  const device = event({ uid: "ANDROID-1", type: "a-f-G-U-C" });
  const answer = heard()({ ...device, opex: "e" });
  assert.deepEqual([answer.inputs, codes(answer)], [[], ["less-real"]]);
  assert.deepEqual(heard()({ ...device, point: { latDeg: 0, lonDeg: 0 } }).inputs, []);
});

const spot = (over: Partial<CotEvent> = {}) =>
  event({
    uid: "spot-1",
    type: "b-m-p-s-m",
    detail: detailElements({
      contact: { callsign: "R 1" },
      links: [{ uid: "ANDROID-9", relation: "p-p", parentCallsign: "SEVEN" }],
      remarks: { text: "quadcopter low over the fence" },
    }),
    ...over,
  });

test("a spot report is a sighting of whoever made it, once however often it is said", () => {
  const hear = heard();
  const { inputs } = hear(spot());
  assert.ok(inputs[0]?.kind === "command" && inputs[0].command.kind === "sighting");
  const { sighting, reality } = inputs[0].command;
  assert.deepEqual(
    [sighting.by, sighting.carried, sighting.note, sighting.seenMs, reality],
    ["SEVEN", { feed: "tak", uid: "spot-1" }, "R 1: quadcopter low over the fence", NOW_MS - 500, "live"],
  );
  assert.deepEqual(hear(spot({ timeMs: NOW_MS - 400 })).inputs, [], "said again");
  assert.equal(
    hear(spot({ timeMs: NOW_MS - 300, point: { latDeg: 32.57, lonDeg: -117.05 } })).inputs.length,
    1,
    "a kilometre on",
  );
  assert.deepEqual(codes(hear(spot({ uid: "spot-2", timeMs: NOW_MS - 700_000 }))), ["stale"], "set long ago");
  assert.deepEqual(hear(spot({ uid: "pilot-1581F" })).inputs, [], "where an operator stands is no sighting");
});

test("a mark that somebody put in the air is a sighting and no track; a device whose place is set by hand is no sighting", () => {
  const mark = event({ how: "h-g-i-g-o", type: "a-h-A-M-F-Q", detail: detailElements({ contact: { callsign: "UAV ONE" } }) });
  const [report] = heard()(mark).inputs;
  assert.ok(report?.kind === "command" && report.command.kind === "sighting");
  const { looks, by, count } = report.command.sighting;
  assert.deepEqual([looks, by, count], ["fixedWing", "UAV ONE", 1]);
  assert.doesNotMatch(JSON.stringify(report), /hostile|suspect|a-h-/);
  const device = { ...mark, detail: detailElements({ contact: { callsign: "PILOT" }, takv: { platform: "ATAK-CIV" } }) };
  assert.equal(heard()(device).inputs[0]?.kind, "scan");
  assert.equal(heard()(event({ how: "h-e" })).inputs[0]?.kind, "scan", "what has course and speed moves by itself");
  assert.equal(heard()(event({ how: "h-e", type: "a-h-G" })).inputs.length, 0, "what stands on the ground is left");
});

test("what this site sent itself is dropped and counted, a stale or repeated word too", () => {
  const hear = heard();
  assert.deepEqual(codes(hear(event({ uid: "picket-gate-t1-1" }))), ["own-echo"]);
  assert.deepEqual(codes(hear(event({ staleMs: NOW_MS - 20_000 }))), ["stale"]);
  assert.deepEqual(codes(hear(event({ timeMs: NOW_MS - 20_000 }))), ["stale"]);
  assert.deepEqual(codes(hear(event({}), event({}), event({ timeMs: NOW_MS - 600 }))), ["duplicate", "out-of-order"]);
});

test("a deleted track stays away until there is news of it, and a deleted report may be made again", () => {
  const hear = heard();
  assert.equal(hear(event({ timeMs: NOW_MS - 900 }), spot({ timeMs: NOW_MS - 900 })).inputs.length, 2);
  hear(
    deleteEvent({ uid: "uav-1", type: "a-h-A-M-H-Q" }, NOW_MS - 400),
    deleteEvent({ uid: "spot-1", type: "b-m-p-s-m" }, NOW_MS - 400),
  );
  assert.deepEqual(codes(hear(event({ timeMs: NOW_MS - 500 }))), ["out-of-order"]);
  assert.equal(hear(event({ timeMs: NOW_MS - 300 }), spot({ timeMs: NOW_MS - 300 })).inputs.length, 2);
});

test("a time ahead of ours shuts out nothing that comes after", () => {
  const hear = heard();
  const [scan] = hear(event({ timeMs: NOW_MS + 3_600_000 })).inputs;
  assert.ok(scan?.kind === "scan" && scan.measuredMs === NOW_MS && scan.clockOffsetMs === 3_600_000);
  const translator = createTranslator(OPTIONS);
  translator.bytes(encodeXml(event({ timeMs: NOW_MS + 3_600_000 })), NOW_MS, "peer", 1);
  assert.equal(translator.bytes(encodeXml(event({ timeMs: NOW_MS + 1000 })), NOW_MS + 1000, "peer", 2).inputs.length, 1);
});

test("a recording of another day is taken by when it is played", () => {
  const [scan] = heard({ reality: "replay" })(event({ timeMs: 1_700_000_000_000, staleMs: 1_700_000_060_000 })).inputs;
  assert.ok(scan?.kind === "scan" && scan.measuredMs === NOW_MS && scan.clockOffsetMs === undefined);
});

test("tasking is refused, and what is of no matter here is understood and left", () => {
  const hear = heard();
  const order = Buffer.from(encodeXml(event({ uid: "boss" })))
    .toString()
    .replace("a-h-A-M-H-Q", "t-k-d");
  const answer = createTranslator(OPTIONS).bytes(Buffer.from(order), NOW_MS, "peer", 1);
  assert.deepEqual([answer.inputs, codes(answer)], [[], ["tasking"]]);
  const left = hear(event({ uid: "chat", type: "b-t-f" }), event({ uid: "route", type: "b-m-r" }));
  assert.deepEqual([left.inputs, left.records, left.rejected], [[], 2, []]);
});

test("whoever connects to us and asks for a sign of life gets one; a datagram is not answered", () => {
  const { replies = [] } = heard()(pingEvent("ANDROID-1-ping", NOW_MS));
  const [answer] = createCotStream().push(replies[0] ?? new Uint8Array());
  assert.ok(answer?.kind === "message" && answer.value.event?.type === "t-x-c-t-r");
  assert.equal(heard({ framing: "datagram" })(pingEvent("p", NOW_MS)).replies, undefined);
});

test("a datagram is one message of either encoding; a stream may be cut anywhere, and goes on from a snapshot", () => {
  const mesh = createTranslator({ ...OPTIONS, framing: "datagram" });
  assert.equal(mesh.bytes(encodeMeshFrame({ event: event({}) }), NOW_MS, "peer", 1).inputs.length, 1);
  assert.equal(mesh.bytes(encodeXml(event({ uid: "uav-2" })), NOW_MS, "peer", 2).inputs.length, 1);

  const bytes = Buffer.concat([encodeXml(event({ uid: "a" })), encodeStreamFrame({ event: event({ uid: "b" }) })]);
  const whole = createTranslator(OPTIONS).bytes(bytes, NOW_MS, "peer", 1);
  for (let cut = 1; cut < bytes.length; cut += 7) {
    const first = createTranslator(OPTIONS);
    const begun = first.bytes(bytes.subarray(0, cut), NOW_MS, "peer", 1);
    const second = createTranslator(OPTIONS, JSON.parse(JSON.stringify(first.snapshot())));
    const rest = second.bytes(bytes.subarray(cut), NOW_MS, "peer", 1);
    assert.deepEqual([...begun.inputs, ...rest.inputs], whole.inputs);
  }
});

test("peers that begin messages and end none are let go, and what they began is counted", () => {
  const translator = createTranslator(OPTIONS);
  const begun = encodeXml(event({})).subarray(0, 80);
  for (let peer = 0; peer < 64; peer++) assert.deepEqual(translator.bytes(begun, NOW_MS, `peer-${peer}`, peer).rejected, []);
  assert.deepEqual(codes(translator.bytes(begun, NOW_MS, "peer-64", 64)), ["message-abandoned"]);
});

test("what is no message is refused by its code and the next is read", () => {
  const translator = createTranslator(OPTIONS);
  const bytes = Buffer.concat([Buffer.from("<!DOCTYPE event><event/>"), encodeXml(event({}))]);
  const answer = translator.bytes(bytes, NOW_MS, "peer", 1);
  assert.equal(answer.inputs.length, 1);
  assert.ok(answer.rejected.length > 0);
});
