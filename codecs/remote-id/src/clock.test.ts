import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { absoluteMs, tenthsAfterHour } from "./index.ts";

const HOUR = 3_600_000;

for (const [why, tenths, received, expected] of [
  ["the same hour", 18_000, "2026-05-04T10:30:01.500Z", "2026-05-04T10:30:00Z"],
  ["just before the hour, heard just after it", 35_990, "2026-05-04T11:00:02Z", "2026-05-04T10:59:59Z"],
  ["just after the hour by a fast clock, heard just before it", 20, "2026-05-04T10:59:58Z", "2026-05-04T11:00:02Z"],
  ["the end of the hour as 36000", 36_000, "2026-05-04T10:59:59Z", "2026-05-04T11:00:00Z"],
  ["across midnight and New Year", 35_999, "2027-01-01T00:00:00Z", "2026-12-31T23:59:59.900Z"],
] as const)
  test(`a time stamp of ${why} becomes an absolute time`, () => {
    assert.equal(new Date(absoluteMs(tenths, Date.parse(received))).toISOString(), new Date(expected).toISOString());
  });

test("the answer is always within half an hour of the reception and keeps the time stamp", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 36_000 }), fc.integer({ min: 0, max: 4_000_000_000_000 }), (tenths, receivedMs) => {
      const ms = absoluteMs(tenths, receivedMs);
      assert.ok(Math.abs(ms - receivedMs) <= HOUR / 2);
      assert.ok((ms - tenths * 100) % HOUR === 0);
      assert.equal(tenthsAfterHour(ms), tenths % 36_000);
    }),
  );
});
