import assert from "node:assert/strict";
import { test } from "node:test";
import { formatHex } from "@picket/bytes";
import fc from "fast-check";
import { decodeMessage, decodePack, encodeMessage, encodePack, type RemoteIdMessage } from "./index.ts";

const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));

/** Messages in which every field is known, so that each may be changed alone. */
const LOCATION = "1222507b084a52401c43f4170598089808980839330e100500";
const SYSTEM = "42050074111cd9bd350502010aca08ca08123109c51a6f1000";
const BASIC_ID = "02123135383146354648443232395330304131424332000000";
const FIRST_PAGE = "22100211c51a6f106162636465666768696a6b6c6d6e6f7071";
const NEXT_PAGE = "22116162636465666768696a6b6c6d6e6f7071727374757677";
const SELF_ID = "320044726f6e65204944207465737420666c696768742d2d2d";
const OPERATOR_ID = "520046494e38376173747264676531326b3800000000000000";

function decodeOk(bytes: Uint8Array): RemoteIdMessage {
  const message = decodeMessage(bytes);
  assert.ok(message.ok, `${formatHex(bytes)} decodes`);
  return message.value;
}
const withoutRange = (message: RemoteIdMessage) => ({ ...message, outOfRange: [] });

/** Puts `raw` into the field, and answers whether the octets came back as they were; what they mean must come back in any case. */
function isKept(base: Uint8Array, at: number, size: number, raw: number): boolean {
  const bytes = base.slice();
  for (let i = 0; i < size; i++) bytes[at + i] = (raw >>> (8 * i)) & 0xff;
  const message = decodeOk(bytes);
  const encoded = encodeMessage(message);
  assert.deepEqual(withoutRange(decodeOk(encoded)), withoutRange(message), `${formatHex(bytes)} means the same again`);
  return formatHex(encoded) === formatHex(bytes);
}

/** The first octet also holds the message's type, and the second of an authentication page whether it is the first. */
const isOfAnotherKind = (name: string, raw: number): boolean =>
  (name.endsWith("version") && raw > 15) || (name.startsWith("Authentication") && name.endsWith("page 0") !== ((raw & 15) === 0));

const always = () => true;
for (const [name, hex, at, size, isCanonical] of [
  ["Basic ID, version", BASIC_ID, 0, 1, always],
  ["Basic ID, types", BASIC_ID, 1, 1, always],
  ["Location, flags", LOCATION, 1, 1, (raw: number) => (raw & 0x08) === 0],
  // East of north a track past 179 belongs to the western segment.
  ["Location, track", LOCATION, 2, 1, (raw: number) => raw < 180 || raw === 181],
  ["Location, track in the east", LOCATION.replace("122250", "122050"), 2, 1, (raw: number) => raw < 180],
  ["Location, speed", LOCATION, 3, 1, always],
  // Up to 63.75 m/s the fine scale is used.
  ["Location, speed on the coarse scale", LOCATION.replace("122250", "122350"), 3, 1, (raw: number) => raw > 0],
  ["Location, vertical speed", LOCATION, 4, 1, (raw: number) => Math.abs((raw << 24) >> 24) <= 124 || raw === 126],
  ["Location, pressure altitude", LOCATION, 13, 2, always],
  ["Location, geodetic altitude", LOCATION, 15, 2, always],
  ["Location, height", LOCATION, 17, 2, always],
  ["Location, vertical and horizontal accuracy", LOCATION, 19, 1, (raw: number) => raw >> 4 <= 6 && (raw & 15) <= 12],
  ["Location, pressure and speed accuracy", LOCATION, 20, 1, (raw: number) => raw >> 4 <= 6 && (raw & 15) <= 4],
  ["Location, time stamp", LOCATION, 21, 2, (raw: number) => raw <= 36_000 || raw === 0xffff],
  ["Location, time stamp accuracy", LOCATION, 23, 1, (raw: number) => raw < 16],
  ["Authentication, type and page 0", FIRST_PAGE, 1, 1, always],
  ["Authentication, type and page", NEXT_PAGE, 1, 1, always],
  ["Self-ID, type", SELF_ID, 1, 1, always],
  ["System, flags", SYSTEM, 1, 1, (raw: number) => (raw & 0xfc) === 4],
  ["System, area count", SYSTEM, 10, 2, always],
  ["System, area radius", SYSTEM, 12, 1, always],
  ["System, area ceiling", SYSTEM, 13, 2, always],
  ["System, area floor", SYSTEM, 15, 2, always],
  ["System, EU category and class", SYSTEM, 17, 1, always],
  ["System, operator altitude", SYSTEM, 18, 2, always],
  ["Operator ID, type", OPERATOR_ID, 1, 1, always],
] as const)
  test(`every value of ${name} survives a round trip`, () => {
    const base = octets(hex);
    assert.equal(base.length, 25);
    for (let raw = 0; raw < 1 << (8 * size); raw++) {
      if (isOfAnotherKind(name, raw)) continue;
      const kept = isKept(base, at, size, raw);
      if (isCanonical(raw)) assert.ok(kept, `0x${raw.toString(16)} comes back octet for octet`);
    }
  });

const word = fc.oneof(
  fc.integer({ min: 0, max: 0xffff_ffff }),
  fc.integer({ min: -1000, max: 1000 }).map((value) => value >>> 0),
);
for (const [name, hex, at] of [
  ["Location, latitude", LOCATION, 5],
  ["Location, longitude", LOCATION, 9],
  ["Authentication, time stamp", FIRST_PAGE, 4],
  ["System, operator latitude", SYSTEM, 2],
  ["System, operator longitude", SYSTEM, 6],
  ["System, time stamp", SYSTEM, 20],
] as const)
  test(`any value of ${name} survives a round trip`, () => {
    fc.assert(
      fc.property(word, (raw) => {
        const isLatitude = /latitude/.test(name);
        const limit = isLatitude ? 900_000_000 : /longitude/.test(name) ? 1_800_000_000 : Number.POSITIVE_INFINITY;
        const kept = isKept(octets(hex), at, 4, raw);
        if (Math.abs(raw | 0) <= limit) assert.ok(kept);
      }),
      { numRuns: 5000 },
    );
  });

test("any octets in the text and data fields keep their meaning", () => {
  const tail = fc.uint8Array({ minLength: 23, maxLength: 23 });
  fc.assert(
    fc.property(fc.constantFrom(BASIC_ID, NEXT_PAGE, SELF_ID, OPERATOR_ID), tail, (hex, text) => {
      const bytes = octets(hex);
      bytes.set(text, 2);
      const message = decodeOk(bytes);
      assert.deepEqual(decodeOk(encodeMessage(message)), message);
      if (message.kind === "authentication") assert.deepEqual(encodeMessage(message), bytes);
      if (message.kind === "self-id") assert.equal(message.description?.includes("\0") ?? false, false);
    }),
    { numRuns: 1000 },
  );
});

test("any printable text survives a round trip", () => {
  const printable = (maxLength: number) => fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength });
  fc.assert(
    fc.property(printable(20), printable(23), (id, description) => {
      for (const draft of [
        { kind: "basic-id", idType: "serial-number", uasId: id },
        { kind: "operator-id", operatorId: id },
        { kind: "self-id", description },
      ] as const) {
        const message = decodeOk(encodeMessage(draft));
        assert.deepEqual({ ...message, ...draft }, message);
      }
    }),
  );
});

test("any binary identity survives a round trip", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), fc.constantFrom(0x30, 0x40, 0x41), (id, types) => {
      const bytes = Uint8Array.of(0x02, types, ...id, 0, 0, 0);
      assert.deepEqual(encodeMessage(decodeOk(bytes)), bytes);
    }),
  );
});

test("a pack of messages survives a round trip", () => {
  const messages = [BASIC_ID, LOCATION, FIRST_PAGE, NEXT_PAGE, SELF_ID, SYSTEM, OPERATOR_ID].map((hex) => decodeOk(octets(hex)));
  const pack = decodePack(encodePack(messages));
  assert.deepEqual(pack, { ok: true, value: { protocolVersion: 2, declaredCount: 7, messages, errors: [] } });
});

test("values between two steps go to the nearest", () => {
  const sent = decodeOk(
    encodeMessage({
      kind: "location",
      latDeg: 47.39774184,
      lonDeg: 8.54559386,
      altHaeM: 500.26,
      trackDeg: 359.6,
      speedMps: 12.4,
      verticalSpeedMps: -1.3,
    }),
  );
  assert.ok(sent.kind === "location");
  assert.equal(sent.latDeg, 47.3977418);
  assert.equal(sent.lonDeg, 8.5455939);
  assert.equal(sent.altHaeM, 500.5);
  assert.equal(sent.trackDeg, 0);
  assert.equal(sent.speedMps, 12.5);
  assert.equal(sent.verticalSpeedMps, -1.5);
});

test("speeds past full scale are sent as full scale, and an accuracy as the tightest bound it keeps", () => {
  const sent = decodeOk(
    encodeMessage({
      kind: "location",
      speedMps: 400,
      verticalSpeedMps: -90,
      horizontalAccuracyM: 3.5,
      verticalAccuracyM: 200,
      pressureAccuracyM: 0,
    }),
  );
  assert.ok(sent.kind === "location");
  assert.deepEqual(
    [sent.speedMps, sent.verticalSpeedMps, sent.horizontalAccuracyM, sent.verticalAccuracyM, sent.pressureAccuracyM],
    [254.25, -62, 10, undefined, 1],
  );
});

for (const [draft, message] of [
  [{ kind: "location", latDeg: 1 }, /both latitude and longitude/],
  [{ kind: "location", latDeg: 91, lonDeg: 0 }, /latitude must be from -90 to 90 degrees, got 91/],
  [{ kind: "location", latDeg: 1, lonDeg: Number.NaN }, /longitude must be from -180 to 180 degrees, got NaN/],
  [{ kind: "location", latDeg: 0, lonDeg: 0.00000001 }, /must not be 0, 0, which means unknown/],
  [{ kind: "location", trackDeg: 361 }, /trackDeg must be from 0 to 360, got 361/],
  [{ kind: "location", speedMps: -1 }, /speedMps must be 0 or more, got -1/],
  [{ kind: "location", verticalSpeedMps: Number.NaN }, /verticalSpeedMps must be a number/],
  [{ kind: "location", altHaeM: -1000 }, /altHaeM must be from -999.5 to 31767.5 m, got -1000/],
  [{ kind: "location", heightM: 40_000 }, /heightM must be from/],
  [{ kind: "location", horizontalAccuracyM: -1 }, /horizontalAccuracyM must be 0 or more/],
  [{ kind: "location", tenthsAfterHour: 36_001 }, /tenthsAfterHour must be an integer from 0 to 36000, got 36001/],
  [{ kind: "location", timestampAccuracyS: 2 }, /timestampAccuracyS must be from 0.1 to 1.5 s, got 2/],
  [{ kind: "location", protocolVersion: 16 }, /protocolVersion must be an integer from 0 to 15, got 16/],
  [{ kind: "location", status: "reserved-99" }, /status must be a name of the standard/],
  [{ kind: "basic-id", uasId: "X".repeat(21) }, /uasId must have at most 20 characters, got 21/],
  [{ kind: "basic-id", uasId: "é" }, /uasId must be printable ASCII/],
  [{ kind: "basic-id", idType: "serial-number", uasId: "A", uasIdHex: "42" }, /uasId "A" and uasIdHex "42" must say the same/],
  [{ kind: "basic-id", uasIdHex: "00".repeat(21) }, /uasIdHex must be at most 20 octets in hex/],
  [{ kind: "basic-id", idType: "utm-assigned", uasId: "not a uuid" }, /uasId must be at most 16 octets in hex/],
  [{ kind: "authentication", page: 16 }, /page must be an integer from 0 to 15, got 16/],
  [{ kind: "authentication", lastPage: 16 }, /lastPage must be an integer from 0 to 15, got 16/],
  [{ kind: "authentication", lengthOctets: 18 }, /lengthOctets must be at most 17 for 1 pages, got 18/],
  [{ kind: "authentication", dataHex: "00".repeat(18) }, /dataHex of page 0 must be at most 17 octets/],
  [{ kind: "system", areaRadiusM: 2551 }, /areaRadiusM must be from 0 to 2550 m, got 2551/],
  [{ kind: "system", areaCount: -1 }, /areaCount must be an integer from 0 to 65535, got -1/],
  [{ kind: "system", euClass: "class-1" }, /need classificationType eu/],
  [{ kind: "system", timestampMs: 0 }, /timestampMs must be a Unix time/],
] as const)
  test(`${JSON.stringify(draft)} is refused`, () => {
    assert.throws(
      () => encodeMessage(draft),
      (error) => error instanceof RangeError && message.test(error.message),
    );
  });

test("a pack that the standard forbids is refused", () => {
  const basicId = { kind: "basic-id" } as const;
  assert.throws(() => encodePack([]), /1 to 9 messages, got 0/);
  assert.throws(
    () => encodePack(Array.from({ length: 10 }, () => ({ kind: "authentication" }) as const)),
    /1 to 9 messages, got 10/,
  );
  assert.throws(() => encodePack([basicId, basicId, basicId]), /at most two basic-id/);
  assert.throws(() => encodePack([{ kind: "location" }, { kind: "location" }]), /location again/);
});
