import assert from "node:assert/strict";
import { test } from "node:test";
import { type Area, createArea, destination, distanceM } from "@picket/geo";
import type { Place, Position } from "@picket/model";
import { corridorOutline, ringOutline } from "./zone-outline.ts";

const HERE = { latDeg: 32.55, lonDeg: -117.04 };
const HALF_WIDTH_M = 250;
const position = ({ latDeg, lonDeg }: Place): Position => [lonDeg, latDeg];
const degrees = (deg: number): number => (deg * Math.PI) / 180;

/** A line from one place on, each leg a course in degrees and a length in metres. */
function walk(from: Place, ...legs: readonly (readonly [number, number])[]): readonly Place[] {
  const line = [from];
  for (const [courseDeg, lengthM] of legs) line.push(destination(line.at(-1) ?? from, degrees(courseDeg), lengthM));
  return line;
}
const outlined = (line: readonly Place[]): Area => {
  const { points } = corridorOutline({ line: line.map(position), halfWidthM: HALF_WIDTH_M }, HERE);
  return createArea({ kind: "polygon", rings: [points] });
};

for (const [what, legs] of [
  ["a straight line", [[90, 3000]]],
  [
    "a bend to the right",
    [
      [45, 2000],
      [100, 2000],
    ],
  ],
  [
    "a bend to the left",
    [
      [90, 2000],
      [10, 2000],
    ],
  ],
  [
    "a right angle",
    [
      [0, 2000],
      [90, 2000],
    ],
  ],
  [
    "a zigzag",
    [
      [80, 1500],
      [110, 1500],
      [60, 1500],
      [120, 1500],
    ],
  ],
] as const)
  test(`the outline of a corridor along ${what} holds what is within its half width, and little more`, () => {
    const line = walk(HERE, ...legs);
    const area = outlined(line);
    const corridor = createArea({ kind: "corridor", line, halfWidthM: HALF_WIDTH_M });
    let inside = 0;
    for (let northM = -1000; northM <= 5000; northM += 90)
      for (let eastM = -1000; eastM <= 6000; eastM += 90) {
        const place = destination(destination(HERE, 0, northM), Math.PI / 2, eastM);
        const { distanceM: away } = corridor.signedDistance(place);
        if (area.contains(place)) inside++;
        // A round corner is drawn by chords of 30°, and the inner side of a bend by its mitre.
        if (away < -0.04 * HALF_WIDTH_M) assert.ok(area.contains(place), `${northM} ${eastM} is ${away} m off and not drawn`);
        if (away > 0.02 * HALF_WIDTH_M) assert.ok(!area.contains(place), `${northM} ${eastM} is ${away} m off and drawn`);
      }
    assert.ok(inside > 100);
  });

test("of a corridor along a whole border the part near the site is drawn, and says so", () => {
  const border = Array.from({ length: 40_000 }, (_, i): Position => [-124 + i * 0.0007, 32.5 + 0.002 * Math.sin(i / 40)]);
  const { points, offM, isPart } = corridorOutline({ line: border, halfWidthM: HALF_WIDTH_M }, HERE);
  assert.ok(isPart && offM > 0 && offM < HALF_WIDTH_M / 10 && points.length < 400, `${points.length} points, ${offM} m off`);
  const farthest = Math.max(...points.map((point) => distanceM(HERE, point)));
  assert.ok(farthest > 45_000 && farthest < 55_000, `${farthest} m`);
  const whole = corridorOutline(
    {
      line: [
        [-120, 32.5],
        [-110, 32.5],
      ],
      halfWidthM: HALF_WIDTH_M,
    },
    HERE,
  );
  assert.equal(whole.isPart, false, "a stretch that passes by is drawn from end to end");
});

test("a ring of many corners is drawn by few, each left out within what it says", () => {
  const ring = Array.from({ length: 15_000 }, (_, i): Position => {
    const turn = (2 * Math.PI * i) / 15_000;
    return [-117 + 0.2 * Math.cos(turn), 32.5 + 0.2 * Math.sin(turn) + 0.0002 * Math.sin(90 * turn)];
  });
  const { points, offM } = ringOutline([...ring, ring[0] as Position]);
  assert.ok(points.length <= 301 && points.length > 100, `${points.length}`);
  const startMs = performance.now();
  ringOutline(ring);
  assert.ok(performance.now() - startMs < 200, "a zone is drawn between two ticks");
  assert.deepEqual(points[0], points.at(-1));
  const drawn = createArea({ kind: "corridor", line: points, halfWidthM: offM });
  for (let i = 0; i < ring.length; i += 37) {
    const [lonDeg, latDeg] = ring[i] as Position;
    assert.ok(drawn.contains({ latDeg, lonDeg }), `corner ${i} is farther off than ${offM} m`);
  }
});
