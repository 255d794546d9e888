import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { MultiLineString, MultiPolygon, Polygon, Position } from "geojson";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

/** Side of a detail cell, degrees. */
const CELL_DEG = 10;
/** Decimals of a degree kept: about eleven metres, finer than the sources. */
const DECIMALS = 1e4;
const require = createRequire(import.meta.url);

type Named = GeometryCollection<{ name: string }>;
type Ring = Position[];

/**
 * Writes the bundled base map into `folder`: `world.json` (1:50 million, whole), `cells/<lon>_<lat>.json` (1:10 million, ten degrees
 * each, loaded when the view is near) and `cells.json` (which cells there are). Generalised: never for navigation.
 *
 * @source Natural Earth by world-atlas 2.0.2 (public domain); US Census Bureau by us-atlas 3.0.1 (public domain).
 */
export async function writeBasemap(folder: string): Promise<void> {
  await mkdir(join(folder, "cells"), { recursive: true });
  const coarse = readTopology("world-atlas/countries-50m.json");
  const fine = readTopology("world-atlas/countries-10m.json");
  const counties = readTopology("us-atlas/counties-10m.json");
  const states = readTopology("us-atlas/states-10m.json");
  const inner = (topology: Topology, name: string) => mesh(topology, topology.objects[name] as Named, (a, b) => a !== b);
  const outer = (topology: Topology, name: string) => mesh(topology, topology.objects[name] as Named, (a, b) => a === b);
  await writeJson(join(folder, "world.json"), {
    land: { type: "MultiPolygon", coordinates: polygonsOf(coarse, "land").map((polygon) => polygon.map(rounded)) },
    coast: roundedLines(outer(coarse, "countries")),
    borders: roundedLines(inner(coarse, "countries")),
    states: roundedLines(inner(states, "states")),
    names: [...namesOf(coarse, "countries", 3), ...namesOf(states, "states", 5)],
  });
  const cells = new Map<string, Cell>();
  for (const polygon of polygonsOf(fine, "land")) cutPolygon(polygon, (key, part) => cellOf(cells, key).land.push(part));
  cutLines(outer(fine, "countries"), (key, line) => cellOf(cells, key).coast.push(line));
  cutLines(inner(fine, "countries"), (key, line) => cellOf(cells, key).borders.push(line));
  cutLines(inner(states, "states"), (key, line) => cellOf(cells, key).states.push(line));
  cutLines(inner(counties, "counties"), (key, line) => cellOf(cells, key).counties.push(line));
  for (const [key, cell] of cells) await writeJson(join(folder, "cells", `${key}.json`), cell);
  await writeJson(join(folder, "cells.json"), { degrees: CELL_DEG, cells: [...cells.keys()].sort() });
}

type Cell = { land: Ring[][]; coast: Ring[]; borders: Ring[]; states: Ring[]; counties: Ring[] };

function cellOf(cells: Map<string, Cell>, key: string): Cell {
  const known = cells.get(key) ?? { land: [], coast: [], borders: [], states: [], counties: [] };
  cells.set(key, known);
  return known;
}

const readTopology = (path: string): Topology => JSON.parse(readFileSync(require.resolve(path), "utf8")) as Topology;
const writeJson = (path: string, value: unknown) => writeFile(path, JSON.stringify(value));
const rounded = (ring: Ring): Ring =>
  ring.map(([lon = 0, lat = 0]) => [Math.round(lon * DECIMALS) / DECIMALS, Math.round(lat * DECIMALS) / DECIMALS]);
const roundedLines = (lines: MultiLineString) => ({ type: "MultiLineString", coordinates: lines.coordinates.map(rounded) });

function polygonsOf(topology: Topology, name: string): Ring[][] {
  const shape = feature(topology, topology.objects[name] as Named);
  const shapes = "features" in shape ? shape.features : [shape];
  return shapes.flatMap(({ geometry }) => listPolygons(geometry as Polygon | MultiPolygon));
}

const listPolygons = (geometry: Polygon | MultiPolygon): Ring[][] =>
  geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;

/** A name and where to write it: the middle of the widest part, with the zoom from which it is worth reading. */
function namesOf(topology: Topology, name: string, zoom: number): readonly unknown[] {
  const shapes = feature(topology, topology.objects[name] as Named).features;
  return shapes.flatMap(({ geometry, properties, id }) => {
    const largest = listPolygons(geometry as Polygon | MultiPolygon)
      .map((polygon) => ({ ring: polygon[0] ?? [], area: Math.abs(areaOf(polygon[0] ?? [])) }))
      .sort((a, b) => b.area - a.area)[0];
    if (!largest || largest.area === 0) return [];
    const [lonDeg, latDeg] = centroid(largest.ring);
    return [
      { name: properties.name, id, lonDeg, latDeg, zoom: zoom + (largest.area < 20 ? 2 : 0), size: Math.sqrt(largest.area) },
    ];
  });
}

function areaOf(ring: Ring): number {
  let sum = 0;
  for (const [index, [x0 = 0, y0 = 0]] of ring.entries()) {
    const [x1 = 0, y1 = 0] = ring[(index + 1) % ring.length] ?? [];
    sum += x0 * y1 - x1 * y0;
  }
  return sum / 2;
}

function centroid(ring: Ring): readonly [number, number] {
  let [x, y] = [0, 0];
  for (const [index, [x0 = 0, y0 = 0]] of ring.entries()) {
    const [x1 = 0, y1 = 0] = ring[(index + 1) % ring.length] ?? [];
    const cross = x0 * y1 - x1 * y0;
    x += (x0 + x1) * cross;
    y += (y0 + y1) * cross;
  }
  const scale = 6 * areaOf(ring);
  return [Math.round((x / scale) * 100) / 100, Math.round((y / scale) * 100) / 100];
}

/** Cuts a polygon into cells: first into columns of longitude, then each column into rows of latitude. */
function cutPolygon(polygon: Ring[], put: (key: string, part: Ring[]) => void): void {
  for (const [column, part] of cutAlong(polygon, 0))
    for (const [row, piece] of cutAlong(part, 1)) put(`${column * CELL_DEG}_${row * CELL_DEG}`, piece.map(rounded));
}

function* cutAlong(polygon: Ring[], axis: 0 | 1): Generator<readonly [number, Ring[]]> {
  const values = (polygon[0] ?? []).map((point) => point[axis] ?? 0);
  const first = Math.floor(Math.min(...chunkMins(values)) / CELL_DEG);
  const last = Math.floor(-Math.min(...chunkMins(values.map((value) => -value))) / CELL_DEG);
  for (let cell = first; cell <= last; cell++) {
    const part = polygon
      .map((ring) => clip(clip(ring, axis, cell * CELL_DEG, 1), axis, (cell + 1) * CELL_DEG, -1))
      .filter((ring) => ring.length >= 4);
    if (part.length > 0) yield [cell, part];
  }
}

/** Minima of stretches, since a spread of a hundred thousand arguments is refused. */
function chunkMins(values: readonly number[]): number[] {
  const mins: number[] = [];
  for (let at = 0; at < values.length; at += 10_000) mins.push(Math.min(...values.slice(at, at + 10_000)));
  return mins;
}

/** Keeps the part of a ring beyond a line of longitude (axis 0) or latitude (axis 1). @source Sutherland & Hodgman (1974). */
function clip(ring: Ring, axis: 0 | 1, limit: number, sign: 1 | -1): Ring {
  const out: Ring = [];
  const depth = (point: Position | undefined) => sign * ((point?.[axis] ?? 0) - limit);
  for (let index = 0; index + 1 < ring.length; index++) {
    const [from, to] = [ring[index] ?? [], ring[index + 1] ?? []];
    const [d0, d1] = [depth(from), depth(to)];
    if (d0 >= 0) out.push(from);
    if (d0 * d1 < 0) out.push(between(from, to, d0 / (d0 - d1)));
  }
  const [start] = out;
  if (start) out.push(start);
  return out;
}

const between = ([x0 = 0, y0 = 0]: Position, [x1 = 0, y1 = 0]: Position, share: number): Position => [
  x0 + (x1 - x0) * share,
  y0 + (y1 - y0) * share,
];

/** Deals lines out to the cells they run through; each piece keeps one point beyond its cell, so that pieces meet. */
function cutLines(lines: MultiLineString, put: (key: string, line: Ring) => void): void {
  for (const line of lines.coordinates) {
    let [piece, key]: [Ring, string] = [[], ""];
    for (const point of line) {
      const here = `${Math.floor((point[0] ?? 0) / CELL_DEG) * CELL_DEG}_${Math.floor((point[1] ?? 0) / CELL_DEG) * CELL_DEG}`;
      piece.push(point);
      if (here === key) continue;
      if (piece.length > 1) put(key, rounded(piece));
      piece = piece.length > 1 ? [piece.at(-2) ?? point, point] : [point];
      key = here;
    }
    if (piece.length > 1) put(key, rounded(piece));
  }
}
