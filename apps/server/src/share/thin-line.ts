import { radFromDeg, wrapLonDeg } from "@picket/geo";
import type { Place } from "@picket/model";

/** Fewer points of a line, and how far what is left out may lie from what is drawn. */
export type ThinLine = Readonly<{ points: readonly Place[]; offM: number }>;

/** Looked at one by one at most: beyond, neighbours are one point first. */
const MOST_LOOKED_AT = 3000;
const LEAST_OFF_M = 1;
/** A degree along a meridian or the equator is nowhere longer. @source WGS-84, radii of curvature at the pole. */
const MOST_METRES_PER_DEG = 111_700;

/**
 * At most `most` points of a line, both ends among them, the least distance off that makes them few enough.
 *
 * @source Douglas & Peucker (1973), the algorithm for reducing the number of points of a digitised line.
 */
export function thinLine(line: readonly Place[], most: number): ThinLine {
  if (line.length <= most) return { points: line, offM: 0 };
  const coarse = doubled((offM) => apart(line, offM), MOST_LOOKED_AT);
  const fine = doubled((offM) => essential(coarse.points, offM), most);
  return { points: fine.points, offM: (coarse.points.length < line.length ? coarse.offM : 0) + fine.offM };
}

/** How far apart two places are, or a little more: on a plane, for lines of tens of thousands of points. */
export function atMostM(a: Place, b: Place): number {
  const shrink = Math.cos(radFromDeg(Math.min(Math.abs(a.latDeg), Math.abs(b.latDeg))));
  return MOST_METRES_PER_DEG * Math.hypot(a.latDeg - b.latDeg, wrapLonDeg(a.lonDeg - b.lonDeg) * shrink);
}

/** What `reduce` leaves for the first of 1, 2, 4 … metres at which it is few enough. */
function doubled(reduce: (offM: number) => readonly Place[], most: number): ThinLine {
  for (let offM = LEAST_OFF_M; ; offM *= 2) {
    const points = reduce(offM);
    if (points.length <= most) return { points, offM };
  }
}

/** Leaves out points that are within a distance of the last one kept. */
function apart(line: readonly Place[], offM: number): readonly Place[] {
  const kept: Place[] = [];
  for (const [index, point] of line.entries()) {
    const last = kept.at(-1);
    if (!last || index === line.length - 1 || atMostM(last, point) > offM) kept.push(point);
  }
  return kept;
}

/** Leaves out points that are within a distance of the straight line between those kept. */
function essential(line: readonly Place[], offM: number): readonly Place[] {
  const plane = onPlane(line);
  const isKept = new Uint8Array(line.length);
  isKept[0] = 1;
  isKept[line.length - 1] = 1;
  const open: [from: number, to: number][] = [[0, line.length - 1]];
  for (let stretch = open.pop(); stretch; stretch = open.pop()) {
    const [from, to] = stretch;
    const { index, awayM } = farthest(plane, from, to);
    if (awayM <= offM) continue;
    isKept[index] = 1;
    open.push([from, index], [index, to]);
  }
  return line.filter((_, index) => isKept[index] === 1);
}

/** East and north of the first point in metres, by turns. */
function onPlane(line: readonly Place[]): Float64Array {
  const { latDeg = 0, lonDeg = 0 } = line[0] ?? {};
  const shrink = Math.cos(radFromDeg(latDeg));
  const plane = new Float64Array(2 * line.length);
  for (const [index, point] of line.entries()) {
    plane[2 * index] = MOST_METRES_PER_DEG * shrink * wrapLonDeg(point.lonDeg - lonDeg);
    plane[2 * index + 1] = MOST_METRES_PER_DEG * (point.latDeg - latDeg);
  }
  return plane;
}

/** The point between two others that lies farthest from the straight stretch between them. */
function farthest(plane: Float64Array, from: number, to: number): Readonly<{ index: number; awayM: number }> {
  const at = (offset: number): number => plane[offset] ?? 0;
  const [x0, y0] = [at(2 * from), at(2 * from + 1)];
  const [dx, dy] = [at(2 * to) - x0, at(2 * to + 1) - y0];
  const square = dx * dx + dy * dy;
  let [index, awayM] = [from, -1];
  for (let i = from + 1; i < to; i++) {
    const [x, y] = [at(2 * i) - x0, at(2 * i + 1) - y0];
    const share = square === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / square));
    const away = Math.hypot(x - share * dx, y - share * dy);
    if (away > awayM) [index, awayM] = [i, away];
  }
  return { index, awayM };
}
