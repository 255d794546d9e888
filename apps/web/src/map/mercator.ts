/** Length of the equator on the map, metres: one unit of Web Mercator. */
export const WORLD_M = 40_075_016.685578488;

/** Web Mercator x of a longitude, 0 to 1 eastwards. */
export const mercatorX = (lonDeg: number): number => (lonDeg + 180) / 360;

/** Web Mercator y of a latitude, 0 at 85.05° north to 1 at 85.05° south. */
export const mercatorY = (latDeg: number): number => {
  const sine = Math.sin((Math.min(85.05, Math.max(-85.05, latDeg)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
};

export const longitudeOf = (x: number): number => x * 360 - 180;
export const latitudeOf = (y: number): number => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

/** Map units (of one metre at the equator) that one true metre takes at this latitude. */
export const stretch = (latDeg: number): number => 1 / Math.cos((Math.min(85.05, Math.abs(latDeg)) * Math.PI) / 180);

/**
 * A point near which buffers hold their coordinates as 32-bit floats: metres of the map east and south of it. A float of the whole
 * world would be coarser than two metres.
 */
export type Anchor = Readonly<{ x: number; y: number }>;

export const anchorAt = (latDeg: number, lonDeg: number): Anchor => ({ x: mercatorX(lonDeg), y: mercatorY(latDeg) });
export const eastOf = (anchor: Anchor, lonDeg: number): number => (mercatorX(lonDeg) - anchor.x) * WORLD_M;
export const southOf = (anchor: Anchor, latDeg: number): number => (mercatorY(latDeg) - anchor.y) * WORLD_M;
