import assert from "node:assert/strict";
import { test } from "node:test";
import { createClock } from "./clock.ts";

/** A wall clock and a steady counter that a test moves. */
function fakeTime(wallMs: number) {
  const time = { wall: wallMs, steady: 0 };
  const pass = (ms: number) => {
    time.wall += ms;
    time.steady += ms;
  };
  return { time, pass, source: { wallMs: () => time.wall, steadyMs: () => time.steady } };
}

for (const leapMs of [3_600_000, -3_600_000, -1.7e12, 1500])
  test(`a wall clock that leaps by ${leapMs} ms is not followed, and the leap is told`, () => {
    const { time, pass, source } = fakeTime(1_800_000_000_000);
    const clock = createClock(source);
    pass(1000);
    assert.equal(clock.nowMs(), 1_800_000_001_000);
    time.wall += leapMs;
    pass(1000);
    assert.equal(clock.nowMs(), 1_800_000_002_000);
    assert.equal(clock.wallAheadMs(), leapMs);
  });

test("a small difference is worked off slowly and time never goes backwards", () => {
  const { time, pass, source } = fakeTime(1_800_000_000_000);
  const clock = createClock(source);
  time.wall -= 500;
  let before = clock.nowMs();
  for (let i = 0; i < 600; i++) {
    pass(100);
    const now = clock.nowMs();
    assert.ok(now >= before);
    before = now;
  }
  assert.ok(Math.abs(clock.wallAheadMs()) <= 1, `still ${clock.wallAheadMs()} ms apart after a minute`);
});
