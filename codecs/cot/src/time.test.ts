import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatTimeMs, parseTimeMs } from "./time.ts";

const LAST_MS = Date.parse("9999-12-31T23:59:59.999Z");

test("every instant is written as the platform writes it, and read again", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: LAST_MS }), (ms) => {
      assert.equal(formatTimeMs(ms), new Date(ms).toISOString());
      assert.equal(parseTimeMs(formatTimeMs(ms)), ms);
    }),
    { numRuns: 2000 },
  );
});

test("every day of 400 years is the platform's day", () => {
  const first = Date.parse("1999-12-31T12:00:00Z");
  for (let day = 0; day < 146_097; day++) {
    const text = new Date(first + day * 86_400_000).toISOString();
    assert.equal(parseTimeMs(text), first + day * 86_400_000);
  }
});

test("an offset moves the instant", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1e9, max: 4e12 }), fc.integer({ min: -14 * 60, max: 14 * 60 }), (ms, offset) => {
      const local = new Date(ms + offset * 60_000).toISOString().slice(0, -1);
      const sign = offset < 0 ? "-" : "+";
      const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((n) => String(n).padStart(2, "0"));
      assert.equal(parseTimeMs(`${local}${sign}${hours}:${minutes}`), ms);
    }),
  );
});

for (const [text, ms] of [
  ["2023-07-18T15:23:09.00Z", Date.UTC(2023, 6, 18, 15, 23, 9)],
  ["2025-06-03T13:08:34.94Z", Date.UTC(2025, 5, 3, 13, 8, 34, 940)],
  ["2026-11-21T09:37:17.404953Z", Date.UTC(2026, 10, 21, 9, 37, 17, 404)],
  ["2024-02-29T00:00:00Z", Date.UTC(2024, 1, 29)],
] as const)
  test(`${text} is read`, () => assert.equal(parseTimeMs(text), ms));

for (const text of [
  "",
  "now",
  "2026-01-02",
  "2026-01-02T03:04:05",
  "2026-01-02 03:04:05Z",
  "2026-1-2T03:04:05Z",
  "2026-01-02T03:04Z",
  "2026-01-02T03:04:05.Z",
  "2026-01-02T03:04:05,5Z",
  "2026-01-02T03:04:05z",
  " 2026-01-02T03:04:05Z",
  "2026-00-02T03:04:05Z",
  "2026-13-02T03:04:05Z",
  "2026-04-31T03:04:05Z",
  "2025-02-29T03:04:05Z",
  "1900-02-29T03:04:05Z",
  "2026-01-00T03:04:05Z",
  "2026-01-02T24:00:00Z",
  "2026-01-02T23:60:00Z",
  "2026-01-02T23:59:60Z",
  "2026-01-02T23:59:59+15:00",
  "2026-01-02T23:59:59+01:60",
  "1970-01-01T00:00:00Z",
  "1969-12-31T23:59:59Z",
  "9999-12-31T23:59:59-01:00",
  `2026-01-02T03:04:05.${"0".repeat(100)}Z`,
])
  test(`${JSON.stringify(text)} is no time`, () => assert.equal(parseTimeMs(text), undefined));

test("what is no time is not written", () => {
  for (const ms of [0, -1, 1.5, Number.NaN, LAST_MS + 1]) assert.throws(() => formatTimeMs(ms), RangeError);
});
