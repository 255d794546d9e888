import assert from "node:assert/strict";
import { test } from "node:test";
import { dateOfDay, daysSince1970 } from "@picket/bytes";

test("every day of eight centuries has the date that the platform's own calendar gives it", () => {
  for (let days = -146_100; days <= 146_100; days++) {
    const date = new Date(days * 86_400_000);
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
    assert.deepEqual(dateOfDay(days), { year, month, day });
    assert.equal(daysSince1970(year, month, day), days);
  }
});

test("a day that no month has is none", () => {
  for (const [year, month, day] of [
    [2026, 2, 29],
    [2100, 2, 29],
    [2026, 4, 31],
    [2026, 0, 1],
    [2026, 13, 1],
    [2026, 1, 0],
    [Number.NaN, 1, 1],
  ] as const)
    assert.equal(daysSince1970(year, month, day), undefined);
  assert.equal(daysSince1970(2024, 2, 29), 19_782);
});
