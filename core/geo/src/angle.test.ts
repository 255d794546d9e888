import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isInArc, radFromDeg, turnRad, wrapHalfTurnRad, wrapLonDeg, wrapTurnRad } from "./index.ts";

const angle = fc.double({ min: -1000, max: 1000, noNaN: true });

test("wrapping keeps the direction and the stated half-open interval", () => {
  fc.assert(
    fc.property(angle, (rad) => {
      const bearing = wrapTurnRad(rad);
      const turn = wrapHalfTurnRad(rad);
      assert.ok(bearing >= 0 && bearing < 2 * Math.PI);
      assert.ok(turn >= -Math.PI && turn < Math.PI);
      for (const same of [bearing, turn]) assert.ok(Math.abs(Math.sin((same - rad) / 2)) < 1e-12);
    }),
  );
  fc.assert(
    fc.property(fc.double({ min: -1e4, max: 1e4, noNaN: true }), (deg) => {
      const lonDeg = wrapLonDeg(deg);
      assert.ok(lonDeg >= -180 && lonDeg < 180);
      assert.ok(Math.abs(Math.sin(radFromDeg(lonDeg - deg) / 2)) < 1e-10);
    }),
  );
});

test("the edges of each interval fall where its bracket says", () => {
  assert.equal(wrapTurnRad(2 * Math.PI), 0);
  assert.equal(wrapTurnRad(-1e-20), 0);
  assert.ok(Object.is(wrapTurnRad(-0), 0));
  assert.equal(wrapHalfTurnRad(Math.PI), -Math.PI);
  assert.equal(wrapLonDeg(180), -180);
  assert.equal(wrapLonDeg(540.5), -179.5);
});

test("a turn across north is the short way round", () => {
  assert.ok(Math.abs(turnRad(radFromDeg(350), radFromDeg(10)) - radFromDeg(20)) < 1e-12);
  assert.ok(Math.abs(turnRad(radFromDeg(10), radFromDeg(350)) + radFromDeg(20)) < 1e-12);
});

test("an arc may cross north, and equal ends mean the full circle", () => {
  assert.ok(isInArc(radFromDeg(5), radFromDeg(350), radFromDeg(10)));
  assert.ok(!isInArc(radFromDeg(180), radFromDeg(350), radFromDeg(10)));
  assert.ok(isInArc(radFromDeg(180), 0, 0));
});
