import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatTime, parseTime } from "./time.ts";

test("times are read as the platform's own calendar reads them", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }),
      fc.integer({ min: -840, max: 840 }),
      (unixS, offsetMin) => {
        const local = new Date((unixS + offsetMin * 60) * 1000);
        if (local.getUTCFullYear() < 1 || local.getUTCFullYear() > 9999) return;
        const text = formatTime({ unixMs: unixS * 1000, offsetMin });
        assert.equal(text.slice(0, 19), local.toISOString().slice(0, 19));
        assert.deepEqual(parseTime(text), { unixMs: unixS * 1000, offsetMin });
      },
    ),
  );
});

test("UTC is written -00:00, and a fraction of a second is cut off", () => {
  assert.equal(formatTime({ unixMs: 1_767_323_045_999, offsetMin: 0 }), "2026-01-02T03:04:05-00:00");
});

test("what the standard does not allow is no time", () => {
  for (const text of [
    "2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05.5-00:00",
    "2026-02-29T00:00:00-00:00",
    "2100-02-29T00:00:00-00:00",
    "2026-13-01T00:00:00-00:00",
    "2026-01-02T24:00:01-00:00",
    "2026-01-02T03:04:60-00:00",
    "2026-01-02T03:04:05,00:00",
    "2026-01-02T03:04:05+14:01",
    "0000-01-02T03:04:05-00:00",
    "",
  ])
    assert.equal(parseTime(text), undefined, text);
  assert.deepEqual(parseTime("2024-02-29T24:00:00-00:00"), parseTime("2024-03-01T00:00:00-00:00"));
});

test("a moment that no such text can hold is refused", () => {
  assert.throws(() => formatTime({ unixMs: 1e15, offsetMin: 0 }), RangeError);
  assert.throws(() => formatTime({ unixMs: Number.NaN, offsetMin: 0 }), RangeError);
  assert.throws(() => formatTime({ unixMs: 0, offsetMin: 900 }), RangeError);
});
