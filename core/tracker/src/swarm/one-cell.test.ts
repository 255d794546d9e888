import assert from "node:assert/strict";
import { test } from "node:test";
import { createDetections } from "../looks/detections.ts";
import { layOutInto } from "../looks/lay-out.ts";
import { ROW } from "../measure/update-row.ts";
import { addRow, COV, createTrackStore, DIM, MODES } from "../store/store.ts";
import { covOf } from "../testing/matrices.ts";
import { normals } from "../testing/normals.ts";
import { plotAt, RADAR, seeded } from "../testing/radars.fixture.ts";
import { type Cell, compare, compared, layMiddleRows, layNearRows } from "./one-cell.ts";

const CELL: Cell = { rangeM: 30, azimuthRad: 0.02, elevationRad: 0.04, parts: "byGrid" };
const NORTH_M = 2000;
const SIGMA_M = [6, 9, 4] as const;

/** Two tracks on either side of a plot to the north, where east is across, north along and up above the line of sight. */
function twoTracks(apartM: readonly [number, number, number]) {
  const tracks = createTrackStore(2);
  for (const side of [-0.5, 0.5]) {
    const row = addRow(tracks);
    for (let i = row * MODES; i < (row + 1) * MODES; i++) {
      tracks.mean.set([side * apartM[0], NORTH_M + side * apartM[1], side * apartM[2], 0, 0, 0], i * DIM);
      tracks.cov.set(covOf([...SIGMA_M, 1, 1, 1, 0, 0]), i * COV);
      tracks.weight[i] = 1 / MODES;
    }
  }
  const d = createDetections(1);
  layOutInto(d, [plotAt(0, NORTH_M, 0)], { ...RADAR, posEnuM: [0, 0, 0] }, undefined, () => [0, 0, 0]);
  return { tracks, d };
}

test("two share a cell of a grid as often as a grid laid at random has both in one, however unsure their places", () => {
  const [random, normal] = [seeded(5), normals(5)];
  const widths = [NORTH_M * CELL.azimuthRad, CELL.rangeM, NORTH_M * CELL.elevationRad];
  for (const apartM of [
    [0, 0, 0],
    [15, 10, 5],
    [30, 5, 40],
  ] as const) {
    const { tracks, d } = twoTracks(apartM);
    compare(tracks, 0, 1, d, 0, CELL);
    let [shared, near] = [0, 0];
    const runs = 20_000;
    for (let run = 0; run < runs; run++) {
      const one = SIGMA_M.map((sigma, k) => -0.5 * (apartM[k] ?? 0) + sigma * normal());
      const other = SIGMA_M.map((sigma, k) => 0.5 * (apartM[k] ?? 0) + sigma * normal());
      const lines = widths.map((width) => width * random());
      const cellOf = (place: readonly number[]): string =>
        place.map((m, k) => Math.floor((m + (lines[k] ?? 0)) / (widths[k] ?? 1))).join();
      if (cellOf(one) === cellOf(other)) shared++;
      // A radar parts at a width of its own each time, about the one that is stated.
      if (one.every((m, k) => Math.abs(m - (other[k] ?? 0) + 0.25 * (widths[k] ?? 0) * normal()) < (widths[k] ?? 0))) near++;
    }
    // Four standard errors of 20,000 runs are 0.014.
    assert.ok(Math.abs(compared.byChance - shared / runs) < 0.015, `${apartM}: ${compared.byChance} for ${shared / runs}`);
    assert.ok(Math.abs(compared.ifLasting - near / runs) < 0.015, `${apartM}: ${compared.ifLasting} for ${near / runs}`);
  }
});

test("a plot that is the middle of two measures the one by twice the plot less the other, with the errors of both", () => {
  const { tracks, d } = twoTracks([24, 8, 6]);
  compare(tracks, 0, 1, d, 0, CELL);
  const rows = new Float64Array(6 * ROW);
  layMiddleRows(rows, 0, d, 0);
  layNearRows(rows, 3 * ROW, d, 0, CELL);
  // Along, across and above: north, east and up. The other lies 12 m east, 4 m north and 3 m up of the plot.
  for (const [axis, offM, sigmaM, plotSigmaM, widthM] of [
    [0, 4, SIGMA_M[1], 5, CELL.rangeM],
    [1, 12, SIGMA_M[0], 0.005 * NORTH_M, CELL.azimuthRad * NORTH_M],
    [2, 3, SIGMA_M[2], 0.005 * NORTH_M, CELL.elevationRad * NORTH_M],
  ] as const) {
    const [plot, middle, near] = [d.value[axis] ?? 0, axis * ROW, (3 + axis) * ROW];
    const there = (axis === 0 ? NORTH_M : 0) + offM;
    assert.ok(Math.abs((rows[middle + 6] ?? 0) - (2 * plot - there)) < 1e-6);
    // The plot's own variance is that of its angles' second order too, a hundredth of a metre.
    assert.ok(Math.abs((rows[middle + 7] ?? 0) - (4 * plotSigmaM * plotSigmaM + sigmaM * sigmaM)) < 0.1, `axis ${axis}`);
    assert.ok(Math.abs((rows[near + 6] ?? 0) - there) < 1e-6);
    assert.ok(Math.abs((rows[near + 7] ?? 0) - (widthM * widthM) / 3 - sigmaM * sigmaM) < 1e-6);
  }
});
