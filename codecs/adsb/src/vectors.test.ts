import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import type { DecodeError, JsonObject } from "@picket/bytes";
import {
  ADSB_ERROR_CODES,
  categoryOf,
  createAdsbDecoder,
  createSbsDecoder,
  decodeAircraftReport,
  decodeSbsLine,
  isSurfaceCategory,
  MAX_AIRCRAFT,
  type StreamDecoder,
} from "./index.ts";

type Vector = Readonly<{
  name: string;
  input: JsonObject;
  line: string;
  expect: unknown;
  codes: readonly string[];
  origin: string;
}>;

const load = (file: string): readonly Vector[] =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../vectors", file), "utf8")) as readonly Vector[];
/** As JSON carries it, without what is unknown; numbers to a millionth, because feet and knots are no round metres in binary. */
const plain = (value: unknown): unknown =>
  value === undefined
    ? null
    : JSON.parse(JSON.stringify(value, (_, part) => (typeof part === "number" ? Math.round(part * 1e6) / 1e6 : part)));
const codesOf = (errors: readonly DecodeError[]): readonly string[] => errors.map(({ code, item }) => `${code} ${item}`);
const octets = (text: string): Uint8Array => new TextEncoder().encode(text);

for (const { name, input, expect, codes } of load("aircraft.json"))
  test(`aircraft.json: ${name}`, () => {
    const { report, errors } = decodeAircraftReport({ now: 1608783300.5, messages: 1, aircraft: [input] });
    assert.deepEqual(plain(report?.aircraft[0]), plain(expect));
    assert.deepEqual(codesOf(errors), codes);
    const alone = decodeAircraftReport({ ...input, now: 1608783300.5 });
    assert.deepEqual(plain(alone.report?.aircraft[0]), plain(expect), "a line of the JSON port tells the same");
    assert.deepEqual([report?.isComplete, alone.report?.isComplete ?? false, report?.nowMs], [true, false, 1608783300500]);
  });

for (const { name, line, expect, codes } of load("sbs.json"))
  test(`sbs.json: ${name}`, () => {
    const { message, errors } = decodeSbsLine(line);
    assert.deepEqual(plain(message), plain(expect));
    assert.deepEqual(codesOf(errors), codes);
  });

const shared = resolve(import.meta.dirname, "../../..", process.env["PICKET_SHARED"] ?? "../shared", "vectors/receivers");
const skip = existsSync(shared) ? false : `needs the shared vectors: set PICKET_SHARED (looked in ${shared})`;

test("the public aircraft.json decodes as its numbers say", { skip }, () => {
  const decoder = createAdsbDecoder();
  const [item, ...others] = decoder.push(readFileSync(resolve(shared, "readsb-aircraft.json")));
  assert.ok(item?.kind === "record" && others.length === 0);
  assert.deepEqual(item.errors, []);
  assert.deepEqual([item.value.nowMs, item.value.isComplete], [1608783300500, true]);
  assert.deepEqual(plain(item.value.aircraft), [
    plain({ ...(load("aircraft.json")[0]?.expect as object), trackDeg: 0.69 }),
    plain({
      kind: "aircraft",
      address: "750312",
      isIcaoAddress: true,
      heardAs: "mode_s",
      registration: "9M-SSF",
      typeDesignator: "DHC6",
      squawk: "3120",
      isOnGround: false,
      altPressureM: 7025 * 0.3048,
      speedMps: (182 * 1852) / 3600,
      trackDeg: 46.05,
    }),
  ]);
});

test("the public SBS-1 lines decode as their fields say", { skip }, () => {
  const decoder = createSbsDecoder();
  const items = [...decoder.push(readFileSync(resolve(shared, "sbs1-lines.txt"))), ...decoder.finish()];
  const told = items.map((item) => (item.kind === "record" && item.errors.length === 0 ? item.value : assert.fail("refused")));
  assert.deepEqual(
    told.map((message) => [
      message.transmissionType,
      message.address,
      message.callsign,
      message.altPressureM,
      message.speedMps,
      message.trackDeg,
      message.latDeg,
      message.lonDeg,
      message.isOnGround,
    ]),
    [
      [1, "738065", "RYR1427", undefined, undefined, undefined, undefined, undefined, undefined],
      [3, "738065", undefined, 36000 * 0.3048, undefined, undefined, 51.45735, 1.02826, false],
      [4, "738065", undefined, undefined, 420 * (1852 / 3600), 179, undefined, undefined, undefined],
      [5, "738065", undefined, 36000 * 0.3048, undefined, undefined, undefined, undefined, undefined],
      [3, "aaabbb", undefined, 12900 * 0.3048, undefined, undefined, 38.61713, -121.85754, undefined],
    ],
  );
});

test("documents and lines may follow one another, cut anywhere", () => {
  const stream = octets(
    '{"now":1,"aircraft":[\n{"hex":"aaaaaa"},\n{"hex":"bbbbbb"}\n]}\n{"now":2,"hex":"cccccc"}{"ac":[],"now":1700000000000}',
  );
  for (let cut = 0; cut <= stream.length; cut++) {
    const decoder = createAdsbDecoder();
    const first = decoder.push(stream.subarray(0, cut));
    const restored = createAdsbDecoder(JSON.parse(JSON.stringify(decoder.snapshot())));
    const reports = [...first, ...restored.push(stream.subarray(cut)), ...restored.finish()].map((item) =>
      item.kind === "record" ? [item.value.nowMs, ...item.value.aircraft.map(({ address }) => address)] : item.error.code,
    );
    assert.deepEqual(reports, [[1000, "aaaaaa", "bbbbbb"], [2000, "cccccc"], [1700000000000]]);
  }
});

test("categories have names, and vehicles on the ground are told from what flies", () => {
  assert.deepEqual(["A7", "B6", "B5", "C0", "C3", "D2"].map(categoryOf), [
    "rotorcraft",
    "uav",
    "reserved-B5",
    undefined,
    "obstacle",
    "reserved-D2",
  ]);
  assert.deepEqual((["service-vehicle", "uav", undefined] as const).map(isSurfaceCategory), [true, false, false]);
});

test("every declared error code is reached, and no other", () => {
  const streams: readonly [StreamDecoder<unknown>, Uint8Array][] = [
    [createAdsbDecoder(), octets("not json\n{no}[1]{}")],
    [createAdsbDecoder(), octets(`${"[".repeat(40)}`)],
    [createAdsbDecoder(), octets('{"aircraft":[')],
    [createAdsbDecoder(), Uint8Array.of(0x7b, 0xff, 0x7d)],
    [createAdsbDecoder(), octets(JSON.stringify({ aircraft: Array.from({ length: 2000 }, () => 7) }))],
    [createAdsbDecoder(), octets(JSON.stringify({ ac: Array.from({ length: MAX_AIRCRAFT + 1 }, () => ({ hex: "abcdef" })) }))],
    [createAdsbDecoder(), octets(JSON.stringify({ aircraft: load("aircraft.json").map(({ input }) => input) }))],
    [createSbsDecoder(), octets(`MSG,3,${"1,".repeat(500)}\n{"a":1}\n`)],
  ];
  const reached = new Set<string>();
  for (const [decoder, bytes] of streams)
    for (const item of [...decoder.push(bytes), ...decoder.finish()])
      for (const { code } of item.kind === "error" ? [item.error] : item.errors) reached.add(code);
  assert.deepEqual([...reached].sort(), [...ADSB_ERROR_CODES].sort());
});

test("every vector says where it comes from", () => {
  for (const { name, origin } of [...load("aircraft.json"), ...load("sbs.json")]) assert.ok(origin.length > 10, name);
});
