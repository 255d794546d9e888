import Flatbush from "flatbush";
import { radFromDeg } from "./angle.ts";
import { type Chart, chartFromNormal, createChart, dot, normalAt, type UnitVector } from "./chart.ts";
import { ecefFromGeodetic, ecefFromGeodeticInto, geodeticFromEcef } from "./ecef.ts";
import { alongGeodesic, geodesicInverse } from "./geodesic.ts";
import { type EcefM, type GeoPoint, WGS84_A_M, WGS84_E2 } from "./wgs84.ts";

/**
 * The nearest point of a set of lines as seen from a place: metres along the ellipsoid and the direction on leaving, `east` and `north`.
 * `sideEast` and `sideNorth` are the direction square to the line there, for a place that lies on it.
 */
export type BoundaryHit = Readonly<{ distanceM: number; east: number; north: number; sideEast: number; sideNorth: number }>;

/** Either the nearest point, or that none is nearer than `atLeastM`. */
export type BoundarySearch = Readonly<{ kind: "hit"; hit: BoundaryHit }> | Readonly<{ kind: "beyond"; atLeastM: number }>;

/** Lines on the ellipsoid, indexed: a border of 10,000 vertices answers in microseconds. */
export type Boundary = Readonly<{
  /** Nearest point, exact within 0.05 m, when it is within `limitM` (at most 105 km); else a lower bound beyond it. */
  search(from: GeoPoint, limitM: number): BoundarySearch;
  /** True when an odd number of the lines, taken as closed rings, surround the point. */
  surrounds(point: GeoPoint): boolean;
  /** Nearest point at any distance, by looking at every piece: the place, metres to it and the bearing on leaving. */
  farNearest(from: GeoPoint): Readonly<{ point: GeoPoint; distanceM: number; bearingRad: number }>;
}>;

/**
 * Longest piece of a line. A straight piece on the chart leaves the geodesic by at most 1.3 cm, and its chord lies 2 cm below the
 * ellipsoid.
 */
const PIECE_M = 1000;
/** Widens a piece's box by 6 cm, to hold the geodesic it stands for. */
const BOX_PAD_RAD = 1e-8;
const MAX_EXTENT_RAD = Math.PI / 3;
/** Smallest radius of curvature, of the meridian at the equator: an arc between normals is at least this long per radian. */
const LEAST_RADIUS_M = WGS84_A_M * (1 - WGS84_E2);

/** Indexes `lines`, each of two or more different points; `undefined` when they reach over 60° of arc from their middle. */
export function createBoundary(lines: readonly (readonly GeoPoint[])[]): Boundary | undefined {
  const fine = lines.map(cutToPieces);
  const normals = fine.flat().map(normalAt);
  const chart = createChart(normals, MAX_EXTENT_RAD);
  return chart && indexed(fine, normals, chart);
}

function cutToPieces(line: readonly GeoPoint[]): GeoPoint[] {
  const cut = line.slice(0, 1);
  for (const [i, to] of line.slice(1).entries()) cut.push(...alongGeodesic(line[i] as GeoPoint, to, PIECE_M).slice(1));
  return cut;
}

function indexed(lines: readonly (readonly GeoPoint[])[], normals: readonly UnitVector[], chart: Chart): Boundary {
  const vertexCount = normals.length;
  const ecefM = new Float64Array(3 * vertexCount);
  const chartXy = new Float64Array(2 * vertexCount);
  const pieceFrom = new Uint32Array(vertexCount - lines.length);
  let reach2 = 0;
  let pieces = 0;
  let vertex = 0;
  for (const line of lines) {
    for (const [i, { latDeg, lonDeg }] of line.entries()) {
      ecefM.set(ecefFromGeodetic({ latDeg, lonDeg, altHaeM: 0 }), 3 * vertex);
      const [x, y] = chartFromNormal(chart, normals[vertex] as UnitVector);
      chartXy.set([x, y], 2 * vertex);
      reach2 = Math.max(reach2, x * x + y * y);
      if (i > 0) pieceFrom[pieces++] = vertex - 1;
      vertex++;
    }
  }
  const index = new Flatbush(pieces);
  const box = new Float64Array(4);
  for (let piece = 0; piece < pieces; piece++) {
    boxInto(piece);
    index.add(box[0] as number, box[1] as number, box[2] as number, box[3] as number);
  }
  index.finish();
  // Rays run across the shorter side of the whole, so that a long border is crossed by few pieces.
  const raysAlongX = index.maxX - index.minX < index.maxY - index.minY;

  // Where the place of the running question is: its ECEF, the ENU axes and curvatures there, and the nearest so far.
  const place = new Float64Array(3);
  let sinLat = 0;
  let cosLat = 1;
  let sinLon = 0;
  let cosLon = 1;
  let meridianPerM = 0;
  let verticalPerM = 0;
  const nearest = { d2: 0, east: 0, north: 0, sideEast: 0, sideNorth: 0 };

  function boxInto(piece: number): void {
    const at = 2 * (pieceFrom[piece] as number);
    const x0 = chartXy[at] as number;
    const y0 = chartXy[at + 1] as number;
    const x1 = chartXy[at + 2] as number;
    const y1 = chartXy[at + 3] as number;
    box[0] = Math.min(x0, x1) - BOX_PAD_RAD;
    box[1] = Math.min(y0, y1) - BOX_PAD_RAD;
    box[2] = Math.max(x0, x1) + BOX_PAD_RAD;
    box[3] = Math.max(y0, y1) + BOX_PAD_RAD;
  }

  function boxDistance(piece: number, x: number, y: number): number {
    boxInto(piece);
    const dx = Math.max((box[0] as number) - x, 0, x - (box[2] as number));
    const dy = Math.max((box[1] as number) - y, 0, y - (box[3] as number));
    return Math.sqrt(dx * dx + dy * dy);
  }

  function standAt({ latDeg, lonDeg }: GeoPoint): void {
    ecefFromGeodeticInto(latDeg, lonDeg, 0, place);
    sinLat = Math.sin(radFromDeg(latDeg));
    cosLat = Math.cos(radFromDeg(latDeg));
    sinLon = Math.sin(radFromDeg(lonDeg));
    cosLon = Math.cos(radFromDeg(lonDeg));
    const bulge = 1 - WGS84_E2 * sinLat * sinLat;
    verticalPerM = Math.sqrt(bulge) / WGS84_A_M;
    meridianPerM = (verticalPerM * bulge) / (1 - WGS84_E2);
    nearest.d2 = Number.POSITIVE_INFINITY;
  }

  /** Measures one piece in the horizontal plane of the place, and keeps it when it is nearer. */
  function look(piece: number): void {
    const at = 3 * (pieceFrom[piece] as number);
    const x0 = (ecefM[at] as number) - (place[0] as number);
    const y0 = (ecefM[at + 1] as number) - (place[1] as number);
    const z0 = (ecefM[at + 2] as number) - (place[2] as number);
    const x1 = (ecefM[at + 3] as number) - (place[0] as number);
    const y1 = (ecefM[at + 4] as number) - (place[1] as number);
    const z1 = (ecefM[at + 5] as number) - (place[2] as number);
    const e0 = cosLon * y0 - sinLon * x0;
    const n0 = cosLat * z0 - sinLat * (cosLon * x0 + sinLon * y0);
    const de = cosLon * y1 - sinLon * x1 - e0;
    const dn = cosLat * z1 - sinLat * (cosLon * x1 + sinLon * y1) - n0;
    const length2 = de * de + dn * dn;
    const along = Math.min(1, Math.max(0, -(e0 * de + n0 * dn) / length2));
    const east = e0 + along * de;
    const north = n0 + along * dn;
    const d2 = east * east + north * north;
    if (d2 >= nearest.d2) return;
    const length = Math.sqrt(length2);
    nearest.d2 = d2;
    nearest.east = east;
    nearest.north = north;
    nearest.sideEast = -dn / length;
    nearest.sideNorth = de / length;
  }

  /** Length along the earth to the nearest so far: R asin(r / R) to its second term, R by Euler's theorem for its bearing; 1 cm at 100 km. */
  function nearestM(): number {
    const { d2, east, north } = nearest;
    if (d2 === 0) return 0;
    const perM = (north * north * meridianPerM + east * east * verticalPerM) / d2;
    return Math.sqrt(d2) * (1 + (d2 * perM * perM) / 6);
  }

  function search(from: GeoPoint, limitM: number): BoundarySearch {
    const normal = normalAt(from);
    const offCentre = dot(normal, chart.centre);
    // Towards the antipode the chart has no end; the lines are at least 60° away there.
    if (offCentre < -0.9) return { kind: "beyond", atLeastM: (Math.acos(offCentre) - MAX_EXTENT_RAD) * LEAST_RADIUS_M };
    const [x, y] = chartFromNormal(chart, normal);
    // Two points u, v of a stereographic chart are 2 asin(|u − v| / 2√((1 + u²/4)(1 + v²/4))) of arc apart.
    const scale = Math.sqrt((1 + (x * x + y * y) / 4) * (1 + reach2 / 4));
    const first = index.neighbors(x, y, 1)[0] as number;
    const atLeastM = 2 * Math.asin(Math.min(1, boxDistance(first, x, y) / scale / 2)) * LEAST_RADIUS_M;
    if (atLeastM > limitM) return { kind: "beyond", atLeastM };
    standAt(from);
    look(first);
    const half = (nearestM() / LEAST_RADIUS_M) * scale;
    for (const piece of index.search(x - half, y - half, x + half, y + half)) look(piece);
    const distanceM = nearestM();
    if (distanceM > limitM) return { kind: "beyond", atLeastM: limitM };
    const { east, north, sideEast, sideNorth } = nearest;
    return { kind: "hit", hit: { distanceM, east, north, sideEast, sideNorth } };
  }

  function surrounds(point: GeoPoint): boolean {
    const normal = normalAt(point);
    if (dot(normal, chart.centre) < -0.9) return false;
    const [x, y] = chartFromNormal(chart, normal);
    if (x < index.minX || x > index.maxX || y < index.minY || y > index.maxY) return false;
    return raysAlongX ? crossings(x, y, 0) : crossings(y, x, 1);
  }

  /** Casts a ray from the point along axis `axis`, towards its nearer end; `p` is its coordinate there and `q` the other one. */
  function crossings(p: number, q: number, axis: 0 | 1): boolean {
    const low = axis === 0 ? index.minX : index.minY;
    const high = axis === 0 ? index.maxX : index.maxY;
    const up = high - p < p - low;
    const near = up ? p : low;
    const far = up ? high : p;
    let inside = false;
    for (const piece of axis === 0 ? index.search(near, q, far, q) : index.search(q, near, q, far)) {
      const at = 2 * (pieceFrom[piece] as number) + axis;
      const other = axis === 0 ? 1 : -1;
      const q0 = chartXy[at + other] as number;
      const q1 = chartXy[at + 2 + other] as number;
      if (q0 > q === q1 > q) continue;
      const p0 = chartXy[at] as number;
      const crossing = p0 + ((q - q0) / (q1 - q0)) * ((chartXy[at + 2] as number) - p0);
      if (up ? crossing > p : crossing < p) inside = !inside;
    }
    return inside;
  }

  function farNearest(from: GeoPoint) {
    const here = ecefFromGeodetic({ latDeg: from.latDeg, lonDeg: from.lonDeg, altHaeM: 0 });
    let nearest2 = Number.POSITIVE_INFINITY;
    let nearestEcefM: EcefM = here;
    for (const vertex of pieceFrom) {
      const start = vertexAt(vertex);
      const along = minus(vertexAt(vertex + 1), start);
      const part = Math.min(1, Math.max(0, dot(minus(here, start), along) / dot(along, along)));
      const reached: EcefM = [start[0] + part * along[0], start[1] + part * along[1], start[2] + part * along[2]];
      const off = minus(reached, here);
      if (dot(off, off) >= nearest2) continue;
      nearest2 = dot(off, off);
      nearestEcefM = reached;
    }
    const { latDeg, lonDeg } = geodeticFromEcef(nearestEcefM);
    return { point: { latDeg, lonDeg }, ...geodesicInverse(from, { latDeg, lonDeg }) };
  }

  const vertexAt = (vertex: number): EcefM => [
    ecefM[3 * vertex] as number,
    ecefM[3 * vertex + 1] as number,
    ecefM[3 * vertex + 2] as number,
  ];

  return { search, surrounds, farNearest };
}

const minus = (a: EcefM, b: EcefM): EcefM => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
