import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeBlock, type ItemsDraft } from "@picket/asterix";
import { encodePcap, LINK_TYPE } from "@picket/capture";
import { feedId, Input, type Scan, type Sensor, sensorId, validate } from "@picket/model";
import { createTranslator, type Translated, type TranslatorOptions } from "./index.ts";

/** 2026-11-21 12:00:00 UTC. */
const NOON_MS = 1_795_262_400_000;
const DAY_MS = 86_400_000;
const RADAR: Sensor = {
  id: sensorId.parse("radar-1"),
  name: "Radar",
  kind: "radar",
  latDeg: 32.55,
  lonDeg: -117.04,
  height: { valueM: 100, sigmaM: 1, reference: "msl" },
  rangeMaxM: 10_000,
  rangeSigmaM: 5,
  azimuthSigmaDeg: 0.5,
};

/** The feed stands for the radar, whatever SAC and SIC it sends. */
const make = (more: Partial<TranslatorOptions> = {}, snapshot?: unknown) =>
  createTranslator(
    {
      feed: feedId.parse("asterix"),
      protocol: "asterix",
      sensor: RADAR,
      sensors: [RADAR],
      reality: "live",
      framing: "datagram",
      ...more,
    },
    snapshot,
  );

function translate(chunk: Uint8Array, nowMs: number, translator = make()): Translated {
  const translated = translator.bytes(chunk, nowMs, "192.0.2.7:8600", 42);
  for (const input of translated.inputs) assert.deepEqual(validate(Input, input), { ok: true, value: input });
  return translated;
}
const scansOf = ({ inputs }: Translated): readonly Scan[] => inputs.filter((input) => input.kind === "scan");

const plot = (more: ItemsDraft<48> = {}): ItemsDraft<48> => ({
  i010: { sac: 25, sic: 3 },
  i140: { timeOfDayS: 43_200 },
  i020: { typ: 1 },
  i040: { rhoNm: 2, thetaDeg: 90 },
  ...more,
});
const sector = (sectorDeg: number, timeOfDayS: number): Uint8Array =>
  encodeBlock(34, [{ i010: { sac: 25, sic: 3 }, i000: { messageType: 2 }, i030: { timeOfDayS }, i020: { sectorDeg } }]);

const STREAM = Buffer.concat([
  sector(0, 43_200),
  encodeBlock(48, [plot(), plot({ i110: { height3dFt: 400 } })]),
  sector(11.25, 43_200.125),
  encodeBlock(48, [plot({ i140: { timeOfDayS: 43_200.25 } })]),
  sector(22.5, 43_200.25),
]);

test("a stream means the same wherever it is cut, and after its state went through JSON at every cut", () => {
  const whole = translate(STREAM, NOON_MS, make({ framing: "stream" }));
  assert.equal(whole.rejected.length, 0);
  for (const octets of [1, 2, 7, 30]) {
    let translator = make({ framing: "stream" });
    const inputs: Input[] = [];
    for (let at = 0; at < STREAM.length; at += octets) {
      inputs.push(...translate(STREAM.subarray(at, at + octets), NOON_MS, translator).inputs);
      const state = JSON.stringify(translator.snapshot());
      translator = make({ framing: "stream" }, JSON.parse(state));
      assert.equal(JSON.stringify(translator.snapshot()), state);
    }
    assert.deepEqual(inputs, whole.inputs);
  }
});

test("one plot a datagram and all in one tell the same plots", () => {
  const plots = [10, 20, 200].map((thetaDeg) => plot({ i040: { rhoNm: 2, thetaDeg } }));
  const detectionsOf = (scans: readonly Scan[]) => scans.flatMap(({ detections }) => detections);
  const translator = make();
  const alone = plots.flatMap((one) => scansOf(translate(encodeBlock(48, [one]), NOON_MS, translator)));
  assert.deepEqual(detectionsOf(alone), detectionsOf(scansOf(translate(encodeBlock(48, plots), NOON_MS))));
});

/** A capture of one datagram to UDP port 8600. */
function captureOf(payload: Uint8Array): Uint8Array {
  const ip = Buffer.alloc(28);
  ip.set([0x45, 0, 0, 28 + payload.length], 0);
  ip.set([17], 9);
  ip.set([0x21, 0x98, 0x21, 0x98, 0, 8 + payload.length], 20);
  const packet = Uint8Array.of(...new Uint8Array(12), 0x08, 0x00, ...ip, ...payload);
  return encodePcap(LINK_TYPE.ethernet, [{ capturedMs: NOON_MS, packet }]);
}

test("a recorded capture is timed by who recorded it, wherever it is cut", () => {
  const capture = captureOf(encodeBlock(48, [plot({ i140: { timeOfDayS: 43_199.5 } })]));
  const laterMs = NOON_MS + 40 * DAY_MS + 12_345;
  for (const octets of [3, 1000]) {
    let translator = make({ framing: "stream", reality: "replay" });
    const scans: Scan[] = [];
    for (let at = 0; at < capture.length; at += octets) {
      scans.push(...scansOf(translate(capture.subarray(at, at + octets), laterMs, translator)));
      translator = make({ framing: "stream", reality: "replay" }, JSON.parse(JSON.stringify(translator.snapshot())));
    }
    assert.deepEqual(
      scans.map(({ measuredMs, reality }) => [measuredMs, reality]),
      [[laterMs - 500, "replay"]],
    );
  }
});

test("mutated datagrams make inputs that are valid, or errors, and never throw", () => {
  let state = 20_261_121;
  const random = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  const source = { sac: 25, sic: 3 };
  const seeds = [
    STREAM,
    encodeBlock(62, [{ i010: source, i105: { latDeg: 32.625, lonDeg: -117 }, i040: { trackNumber: 7 } }]),
    encodeBlock(129, [{ i080: { latDeg: 1, lonDeg: 2 }, i040: { serialNumber: "X" } }]),
    encodeBlock(21, [
      {
        i010: source,
        i080: { targetAddress: "4ca7a8" },
        i131: { latDeg: 32.625, lonDeg: -117 },
        i140: { geometricHeightFt: 100 },
      },
    ]),
    encodeBlock(15, [
      { i010: source, i020: { momu: 0 }, i625: { rM: 1500, sdrM: 2 }, i627: { azDeg: 90 }, i628: { elDeg: 3, sdelDeg: 1 } },
    ]),
    encodeBlock(15, [{ i010: source, i600: { p84: { latitudeDeg: 32.5, longitudeDeg: -117 } }, i601: { ghM: 90 } }]),
  ];
  const translator = make();
  const streaming = make({ framing: "stream" });
  for (let i = 0; i < 20_000; i++) {
    const bytes = Uint8Array.from(seeds[random(seeds.length)] ?? STREAM);
    for (let changes = 1 + random(4); changes > 0; changes--) bytes[random(bytes.length)] = random(256);
    translate(bytes.subarray(0, 1 + random(bytes.length)), NOON_MS + i, translator);
    streaming.bytes(bytes, NOON_MS + i, `peer-${random(100)}`, i);
  }
});
