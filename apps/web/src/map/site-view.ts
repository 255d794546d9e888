import { destination } from "@picket/geo";
import type { Place, Sensor } from "@picket/model";
import { mercatorX, mercatorY } from "./mercator.ts";
import { type View, WORLD_PX } from "./view.ts";

const NEAREST_ZOOM = 15;
const FARTHEST_ZOOM = 8;
/** Share of the screen that is left free around what is shown. */
const MARGIN = 0.06;

/** The view that shows all that the site's sensors cover, or the site alone where none covers anything. */
export function siteView(
  site: Place & Readonly<{ sensors: readonly Sensor[] }>,
  widthPx: number,
  heightPx: number,
): Pick<View, "latDeg" | "lonDeg" | "zoom"> {
  const edges = site.sensors
    .filter(({ covers, kind }) => covers !== false && kind !== "people")
    .flatMap((sensor) => [0, 1, 2, 3].map((quarter) => destination(sensor, (quarter * Math.PI) / 2, sensor.rangeMaxM)));
  if (edges.length === 0) return { latDeg: site.latDeg, lonDeg: site.lonDeg, zoom: NEAREST_ZOOM - 2 };
  const [lats, lons] = [edges.map(({ latDeg }) => latDeg), edges.map(({ lonDeg }) => lonDeg)];
  const [south, north, west, east] = [Math.min(...lats), Math.max(...lats), Math.min(...lons), Math.max(...lons)];
  const share = 1 - 2 * MARGIN;
  const byWidth = (widthPx * share) / (mercatorX(east) - mercatorX(west));
  const byHeight = (heightPx * share) / (mercatorY(south) - mercatorY(north));
  const zoom = Math.log2(Math.max(1, Math.min(byWidth, byHeight)) / WORLD_PX);
  return {
    latDeg: (south + north) / 2,
    lonDeg: (west + east) / 2,
    zoom: Math.min(NEAREST_ZOOM, Math.max(FARTHEST_ZOOM, zoom)),
  };
}
