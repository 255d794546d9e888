import {
  convertHeight,
  createLocalFrame,
  distanceM,
  type EnuM,
  fromEnu,
  type GeoPoint,
  type LocalFrame,
  toEnu,
} from "@picket/geo";
import type { Height, Site, UsualPressure } from "@picket/model";

/**
 * The frame everything is tracked in. Its zero of height is the ellipsoid when the site says how high its ground is; else it is the
 * site's own ground, and heights above the ellipsoid or the sea are unknown in it.
 */
export type SiteFrame = Readonly<{ frame: LocalFrame; zero: "hae" | "ground"; groundM: number; qnh?: UsualPressure }>;

/** A height in the site frame's own zero, metres, with its standard deviation. */
export type FrameHeight = Readonly<{ heightM: number; sigmaM: number }>;

/** How well the ground of the site itself is known, and how much it may rise or fall per metre away from it (no terrain is loaded). */
const GROUND_SIGMA_M = 3;
const GROUND_SLOPE = 0.02;
/** But hills are steeper: what is judged by its height above the ground must allow for this much per metre, and for so high a hill. */
const RELIEF_SLOPE = 0.15;
const RELIEF_MOST_M = 300;
/** A take-off point lies somewhere near: its ground is taken for the site's own, this well. */
const TAKEOFF_SIGMA_M = 20;

export function createSiteFrame({ latDeg, lonDeg, groundHaeM, qnh }: Site): SiteFrame {
  const groundM = groundHaeM ?? 0;
  return {
    frame: createLocalFrame({ latDeg, lonDeg, altHaeM: groundM }),
    zero: groundHaeM === undefined ? "ground" : "hae",
    groundM,
    ...(qnh && { qnh }),
  };
}

/** References that say nothing in a frame whose ground lies nobody knows how high. */
const FROM_AFAR: ReadonlySet<Height["reference"]> = new Set<Height["reference"]>(["hae", "msl", "pressure"]);

/** Within this distance of its origin a frame serves. */
const FRAME_REACH_M = 30_000;

/** The frame for a site that was configured anew: the same one while it serves, so that what is tracked goes on. */
export function moveSite(site: SiteFrame, next: Site): SiteFrame {
  const fresh = createSiteFrame(next);
  if (fresh.zero !== site.zero || distanceM(site.frame.origin, next) > FRAME_REACH_M) return fresh;
  return { ...fresh, frame: site.frame };
}

/** Where a point at a height of the frame's own zero lies, ENU metres. */
export const placeIn = (site: SiteFrame, { latDeg, lonDeg }: GeoPoint, heightM: number): EnuM =>
  toEnu(site.frame, { latDeg, lonDeg, altHaeM: heightM });

/** Far enough for the direction to be exact to a millionth, near enough for the meridian to be straight. */
const MERIDIAN_DEG = 1e-3;

/** Where true north of a place lies in the frame, radians clockwise from the frame's own: meridians converge. */
export function northIn(site: SiteFrame, { latDeg, lonDeg }: GeoPoint): number {
  const step = latDeg > 0 ? -MERIDIAN_DEG : MERIDIAN_DEG;
  const [from, to] = [latDeg, latDeg + step].map((deg) => placeIn(site, { latDeg: deg, lonDeg }, 0)) as [EnuM, EnuM];
  return Math.atan2((to[0] - from[0]) * Math.sign(step), (to[1] - from[1]) * Math.sign(step));
}

/** Latitude, longitude and height above the frame's own zero of an ENU point. */
export function placeOut(site: SiteFrame, posEnuM: EnuM): GeoPoint & { heightM: number } {
  const { latDeg, lonDeg, altHaeM } = fromEnu(site.frame, posEnuM);
  return { latDeg, lonDeg, heightM: altHaeM };
}

/** Standard deviation of the ground's height `awayM` metres from the site, as a reference of heights. */
export const groundSigmaM = (awayM: number): number => rss(GROUND_SIGMA_M, GROUND_SLOPE * awayM);

/** How far the ground `awayM` metres from the site may lie from the site's own height: nobody knows while no terrain is loaded. */
export const reliefSigmaM = (awayM: number): number => rss(GROUND_SIGMA_M, Math.min(RELIEF_MOST_M, RELIEF_SLOPE * awayM));

/**
 * A height at a place in the frame's own zero, or `undefined` when what its reference needs is not known here: never 0. The ground is
 * taken as flat at the site's own height, with a sigma that grows with distance. Pressure heights are turned by the site's usual
 * pressure, which does not age because its sigma says how far it strays; without one they stay unknown.
 */
export function frameHeight(site: SiteFrame, height: Height, at: GeoPoint): FrameHeight | undefined {
  if (site.zero === "ground" && FROM_AFAR.has(height.reference)) return undefined;
  const ground: Height = { valueM: site.groundM, sigmaM: groundSigmaM(distanceM(site.frame.origin, at)), reference: "hae" };
  const converted = convertHeight(height, "hae", at, {
    terrain: () => ground,
    ...(site.qnh && { qnh: { ...site.qnh, ageMs: 0 } }),
    takeoff: { at, ground: { ...ground, sigmaM: rss(ground.sigmaM, TAKEOFF_SIGMA_M) } },
  });
  return converted && { heightM: converted.valueM, sigmaM: converted.sigmaM };
}

/** Root sum square. */
export const rss = (...sigmas: readonly number[]): number => Math.sqrt(sigmas.reduce((sum, sigma) => sum + sigma * sigma, 0));
