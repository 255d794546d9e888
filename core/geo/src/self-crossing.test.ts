import assert from "node:assert/strict";
import { test } from "node:test";
import { destination, distanceM, type GeoPoint, selfCrossing } from "./index.ts";

const at = (latDeg: number, lonDeg: number): GeoPoint => ({ latDeg, lonDeg });
const crossing = (...rings: GeoPoint[][]) => selfCrossing({ kind: "polygon", rings });
const square = [at(48, 11), at(48, 11.02), at(48.02, 11.02), at(48.02, 11)];

test("a bow-tie crosses itself in its middle, closed or not", () => {
  const [a, b, c, d] = square as [GeoPoint, GeoPoint, GeoPoint, GeoPoint];
  for (const ring of [
    [a, b, d, c],
    [a, b, d, c, a],
  ]) {
    const found = crossing(ring);
    assert.ok(found && distanceM(found, at(48.01, 11.01)) < 5, JSON.stringify(found));
  }
});

test("a plain outline, one with a spike that only touches, and one with a hole that touches do not cross", () => {
  assert.equal(crossing(square), undefined);
  assert.equal(crossing([...square, at(48.01, 11.01), at(48, 11.01), at(48.01, 11.005)]), undefined);
  const hole = [at(48.01, 11), at(48.005, 11.01), at(48.015, 11.01)];
  assert.equal(crossing(square, hole), undefined);
});

test("a hole that reaches out of its outline crosses it", () => {
  const found = crossing(square, [at(48.01, 10.999), at(48.005, 11.01), at(48.015, 11.01)]);
  assert.ok(found && Math.abs(found.lonDeg - 11) < 1e-4, JSON.stringify(found));
});

test("it is found across the antimeridian, around a pole and over a thousand kilometres", () => {
  const bow = [at(-17, 179.9), at(-17, -179.9), at(-16.9, 179.9), at(-16.9, -179.9)];
  assert.ok(Math.abs(Math.abs(crossing(bow)?.lonDeg ?? 0) - 180) < 1e-3);
  const cap = [0, 60, 120, 180, -120, -60].map((lonDeg) => at(80, lonDeg));
  assert.equal(crossing(cap), undefined);
  assert.ok(crossing([...cap, at(80, 30)]));
  assert.ok(crossing([at(30, -110), at(30, -100), at(40, -110), at(40, -100)]));
});

test("a border zone of 20,000 corners is searched at once, and its only crossing is found", () => {
  const middle = at(31, -106);
  const ring = Array.from({ length: 20_000 }, (_, i) =>
    destination(middle, (2 * Math.PI * i) / 20_000, 50_000 + 500 * Math.sin(i)),
  );
  assert.equal(crossing(ring), undefined);
  const [one, two] = [ring[7000] as GeoPoint, ring[7001] as GeoPoint];
  const found = crossing(ring.with(7000, two).with(7001, one));
  assert.ok(found && distanceM(found, one) < 200, JSON.stringify(found));
});
