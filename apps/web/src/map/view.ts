import type { Bounds } from "./graticule.ts";
import { type Anchor, latitudeOf, longitudeOf, mercatorX, mercatorY, WORLD_M } from "./mercator.ts";

/** Which part of the ground is on the screen. Always north up and seen from straight above; pixels are those of CSS. */
export type View = Readonly<{
  latDeg: number;
  lonDeg: number;
  zoom: number;
  widthPx: number;
  heightPx: number;
  pixelRatio: number;
}>;
/** A point of the screen, pixels from its upper left corner. */
export type ScreenPoint = Readonly<{ x: number; y: number }>;

/** Pixels of the whole world at zoom 0: the base map's own scale. */
export const WORLD_PX = 512;
/** Metres of the map (true ones at the equator) to a pixel. */
export const metresPerPxAt = (zoom: number): number => WORLD_M / worldPx(zoom);
const worldPx = (zoom: number) => WORLD_PX * 2 ** zoom;

/** Where a place of the ground is on the screen. */
export function projectorOf(view: View): (latDeg: number, lonDeg: number) => ScreenPoint {
  const scale = worldPx(view.zoom);
  const left = mercatorX(view.lonDeg) * scale - view.widthPx / 2;
  const top = mercatorY(view.latDeg) * scale - view.heightPx / 2;
  return (latDeg, lonDeg) => ({ x: mercatorX(lonDeg) * scale - left, y: mercatorY(latDeg) * scale - top });
}

/** The degrees of the screen's edges. */
export function boundsOf(view: View): Bounds {
  const scale = worldPx(view.zoom);
  const [x, y] = [mercatorX(view.lonDeg), mercatorY(view.latDeg)];
  const [halfX, halfY] = [view.widthPx / 2 / scale, view.heightPx / 2 / scale];
  return {
    westDeg: longitudeOf(x - halfX),
    eastDeg: longitudeOf(x + halfX),
    northDeg: latitudeOf(y - halfY),
    southDeg: latitudeOf(y + halfY),
  };
}

/** Takes metres of the map east and south of an anchor to pixels of the screen: times the scale, plus the shift. */
export type PixelTransform = Readonly<{ scale: number; shiftX: number; shiftY: number }>;

export function pixelTransformOf(view: View, anchor: Anchor): PixelTransform {
  const scale = worldPx(view.zoom);
  return {
    scale: scale / WORLD_M,
    shiftX: (anchor.x - mercatorX(view.lonDeg)) * scale + view.widthPx / 2,
    shiftY: (anchor.y - mercatorY(view.latDeg)) * scale + view.heightPx / 2,
  };
}
