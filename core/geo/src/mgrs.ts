import mgrs from "mgrs";
import { wrapLonDeg } from "./angle.ts";
import { type GeoPoint, isGeoPoint } from "./wgs84.ts";

/** An MGRS square: its middle and the length of its side, 1 m to 100 km. */
export type MgrsSquare = Readonly<{ centre: GeoPoint; sideM: 1 | 10 | 100 | 1000 | 10_000 | 100_000 }>;

const SIDES_M = [100_000, 10_000, 1000, 100, 10, 1] as const;
/** Zone, latitude band, column and row letters, and an even number of digits. */
const MGRS = /^(\d{1,2})([C-HJ-NP-X])([A-HJ-NP-Z])([A-HJ-NP-V])((?:\d\d){0,5})$/;

/**
 * The MGRS name of the square a point lies in, without spaces, such as `13RCR5936515004`; 5 digits each way (the default) name a square
 * of 1 m, 0 one of 100 km. `undefined` beyond 84° north and 80° south, where polar squares begin, and off the globe.
 *
 * @source NGA.STND.0037_2.0.0_GRIDS (2014), by the mgrs library.
 */
export function formatMgrs(point: GeoPoint, digits: 0 | 1 | 2 | 3 | 4 | 5 = 5): string | undefined {
  if (!isGeoPoint(point) || point.latDeg > 84 || point.latDeg < -80) return undefined;
  return mgrs.forward([point.lonDeg === 180 ? -180 : point.lonDeg, point.latDeg], digits);
}

/**
 * The square an MGRS name stands for, in any case and with or without spaces, or `undefined` when it is none. The library uses `Math.pow`, so the last bit may differ between runtimes: parse where text
 * comes in, and record the point.
 */
export function parseMgrs(text: string): MgrsSquare | undefined {
  const name = text.replaceAll(/\s/g, "").toUpperCase();
  const parts = MGRS.exec(name);
  const zone = Number(parts?.[1]);
  if (!parts || !(zone >= 1 && zone <= 60)) return undefined;
  const sideM = SIDES_M[(parts[5] as string).length / 2];
  const point = middleOf(name);
  if (sideM === undefined || !point || !isGeoPoint(point)) return undefined;
  return { centre: point, sideM };
}

/** The library throws on letters that name no square in their zone: outside text is no error of ours. */
function middleOf(name: string): GeoPoint | undefined {
  try {
    const [lonDeg, latDeg] = mgrs.toPoint(name);
    // A square on the antimeridian may have its middle beyond it.
    return { latDeg, lonDeg: wrapLonDeg(lonDeg) };
  } catch {
    return undefined;
  }
}
