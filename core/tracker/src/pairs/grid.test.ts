import assert from "node:assert/strict";
import { test } from "node:test";
import { seeded } from "../testing/radars.fixture.ts";
import { createGrid, fillGrid, nearInto } from "./grid.ts";

const random = seeded(7);
const CELL_M = 100;

for (const [name, lay] of [
  ["a field of points", () => [10_000 * random(), 4000 * random()]],
  ["a line of them", () => [60_000 * random(), 5]],
  ["two far from all others", (j: number) => (j < 2 ? [1e6 * (j - 0.5), -1e6] : [5000 * random(), 5000 * random()])],
  ["all in one place", () => [3, 4]],
] as const)
  test(`a box of ${name} holds all that lie in it, each once, and not many more`, () => {
    const count = 400;
    const points = new Float64Array(3 * count);
    for (let j = 0; j < count; j++) points.set(lay(j), 3 * j);
    const grid = createGrid();
    fillGrid(grid, points, count, CELL_M);
    const found = new Int32Array(count);
    for (let k = 0; k < 200; k++) {
      const [x = 0, y = 0] = k < count ? points.subarray(3 * k, 3 * k + 2) : [];
      const reachM = 400 * random();
      const box = { x0: x - reachM, x1: x + reachM, y0: y - reachM, y1: y + 0.5 * reachM };
      const near = found.subarray(0, nearInto(found, grid, box));
      const inside = (marginM: number): number[] =>
        Array.from({ length: count }, (_, j) => j).filter((j) => {
          const [px = 0, py = 0] = points.subarray(3 * j, 3 * j + 2);
          return px >= box.x0 - marginM && px <= box.x1 + marginM && py >= box.y0 - marginM && py <= box.y1 + marginM;
        });
      assert.equal(new Set(near).size, near.length);
      assert.ok(
        inside(0).every((j) => near.includes(j)),
        `box ${k}`,
      );
      // What lies far from all others is in a cell at the edge.
      if (name === "a field of points") assert.ok(near.length <= inside(2 * grid.cellM).length, `box ${k}`);
    }
    assert.equal(nearInto(found, grid, { x0: 2e6, x1: 3e6, y0: 0, y1: 1 }), 0);
  });

test("no points are near anything", () => {
  const grid = createGrid();
  fillGrid(grid, new Float64Array(3), 0, CELL_M);
  assert.equal(nearInto(new Int32Array(1), grid, { x0: -1e9, x1: 1e9, y0: -1e9, y1: 1e9 }), 0);
});
