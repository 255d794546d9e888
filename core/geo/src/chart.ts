import { degFromRad, radFromDeg } from "./angle.ts";
import type { GeoPoint } from "./wgs84.ts";

/** A flat map, by stereographic projection about `centre` of the directions of the ellipsoid's normals: no seam and no pole. */
export type Chart = Readonly<{ centre: UnitVector; xAxis: UnitVector; yAxis: UnitVector }>;

/** The ellipsoid's normal at a point, in ECEF axes. */
export type UnitVector = readonly [number, number, number];

/** The direction of "up" at a point. */
export function normalAt({ latDeg, lonDeg }: GeoPoint): UnitVector {
  const cosLat = Math.cos(radFromDeg(latDeg));
  return [cosLat * Math.cos(radFromDeg(lonDeg)), cosLat * Math.sin(radFromDeg(lonDeg)), Math.sin(radFromDeg(latDeg))];
}

/** Where "up" is that direction: {@link normalAt} the other way round. */
export const pointFromNormal = ([x, y, z]: UnitVector): GeoPoint => ({
  latDeg: degFromRad(Math.atan2(z, Math.sqrt(x * x + y * y))),
  lonDeg: degFromRad(Math.atan2(y, x)),
});

/** A chart about the mean direction of `normals`, or `undefined` when they have none or one lies more than `maxRad` away from it. */
export function createChart(normals: readonly UnitVector[], maxRad: number): Chart | undefined {
  const sum: [number, number, number] = [0, 0, 0];
  for (const normal of normals) {
    sum[0] += normal[0];
    sum[1] += normal[1];
    sum[2] += normal[2];
  }
  const length = Math.sqrt(dot(sum, sum));
  if (length < 1e-9 * normals.length) return undefined;
  const centre: UnitVector = [sum[0] / length, sum[1] / length, sum[2] / length];
  if (normals.some((normal) => dot(normal, centre) < Math.cos(maxRad))) return undefined;
  // East at the centre; on the polar axis, where there is none, the direction of 90°E.
  const flat = Math.sqrt(centre[0] * centre[0] + centre[1] * centre[1]);
  const xAxis: UnitVector = flat > 1e-9 ? [-centre[1] / flat, centre[0] / flat, 0] : [0, 1, 0];
  return { centre, xAxis, yAxis: cross(centre, xAxis) };
}

/**
 * Where a direction lies on the chart, as [x, y] in radians of arc at the chart's centre; it grows without limit towards the antipode.
 *
 * @source Snyder, "Map Projections: A Working Manual", USGS PP 1395 (1987), ch. 21, spherical oblique aspect.
 */
export function chartFromNormal(chart: Chart, normal: UnitVector): readonly [number, number] {
  const scale = 2 / (1 + dot(normal, chart.centre));
  return [scale * dot(normal, chart.xAxis), scale * dot(normal, chart.yAxis)];
}

export const dot = (a: UnitVector, b: UnitVector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

export const cross = (a: UnitVector, b: UnitVector): UnitVector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
