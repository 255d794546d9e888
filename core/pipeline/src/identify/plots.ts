import type { Scan } from "@picket/model";
import type { TrackerSensor } from "@picket/tracker";
import type { Tracked } from "../track/tracked.ts";
import { apartM } from "./claim-record.ts";

/** One look of a sensor that measures for itself: what it saw, and the objects that are known, where they were then. */
export type SeenLook = Readonly<{ scan: Scan; pose: TrackerSensor; plots: readonly Plot[]; objects: readonly KnownObject[] }>;

/**
 * Where a plot lies in the site's frame, and how well that is known; without a height where no elevation was measured. `owner` is the object nearest to it
 * that may have given it.
 */
export type Plot = Readonly<{
  eastM: number;
  northM: number;
  upM: number | undefined;
  sigmaM: number;
  upSigmaM: number;
  /** Over the ground: ee, en, nn. */
  covarianceM2: readonly [number, number, number];
  owner: KnownObject | undefined;
}>;

export type KnownObject = Readonly<{ eastM: number; northM: number; track: Tracked }>;

/** A plot is an object's when it is this near, or within so many of its sigmas. */
const OWNER_LEAST_M = 20;
const OWNER_SIGMAS = 2;

export function seenLook(scan: Scan, pose: TrackerSensor, tracks: readonly Tracked[], nowMs: number): SeenLook {
  const agoS = (nowMs - scan.measuredMs) / 1000;
  const objects = tracks.flatMap((track) => {
    if (track.reality !== scan.reality) return [];
    const { posEnuM, velEnuMps } = track.state;
    return [{ eastM: posEnuM[0] - velEnuMps[0] * agoS, northM: posEnuM[1] - velEnuMps[1] * agoS, track }];
  });
  const byEast = objects.toSorted((a, b) => a.eastM - b.eastM);
  return { scan, pose, plots: plotsOf(scan, pose).map((plot) => ({ ...plot, owner: ownerOf(plot, byEast) })), objects };
}

/** Something that sensors see, whoever it says it is. */
export const isObject = ({ state }: Tracked): boolean => state.confirmed && state.existence > 0.5;

export type Placed = Omit<Plot, "owner">;

/** Near enough that the object may have given the plot. */
export const isOf = (plot: Placed, object: KnownObject): boolean => apartM(plot, object) <= reachOf(plot);

const reachOf = ({ sigmaM }: Placed): number => OWNER_LEAST_M + OWNER_SIGMAS * sigmaM;

/** The nearest of the objects, which are in order from west to east, that may have given a plot. */
function ownerOf(plot: Placed, byEast: readonly KnownObject[]): KnownObject | undefined {
  const reachM = reachOf(plot);
  let [from, to] = [0, byEast.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((byEast[middle] as KnownObject).eastM < plot.eastM - reachM) from = middle + 1;
    else to = middle;
  }
  let owner: KnownObject | undefined;
  let nearestM = reachM;
  for (let object = byEast[from]; object && object.eastM <= plot.eastM + reachM; object = byEast[++from]) {
    const awayM = apartM(plot, object);
    if (awayM > nearestM || (owner && awayM === nearestM)) continue;
    owner = object;
    nearestM = awayM;
  }
  return owner;
}

/** The places of what was measured with a range; the slant range serves for the ground where no elevation is known. */
export function plotsOf({ detections }: Scan, { posEnuM, toSite }: TrackerSensor): Placed[] {
  const [r0 = 1, r1 = 0, r2 = 0, r3 = 0, r4 = 1, r5 = 0, r6 = 0, r7 = 0, r8 = 1] = toSite ?? [];
  return detections.flatMap(({ measurement, claims }) => {
    if (claims || measurement.kind !== "polar") return [];
    const { rangeM, rangeSigmaM, azimuthRad, azimuthSigmaRad, elevationRad, elevationSigmaRad = 0 } = measurement;
    const groundM = rangeM * Math.cos(elevationRad ?? 0);
    const [e, n, u] = [groundM * Math.sin(azimuthRad), groundM * Math.cos(azimuthRad), rangeM * Math.sin(elevationRad ?? 0)];
    return [
      {
        eastM: posEnuM[0] + r0 * e + r1 * n + r2 * u,
        northM: posEnuM[1] + r3 * e + r4 * n + r5 * u,
        upM: elevationRad === undefined ? undefined : posEnuM[2] + r6 * e + r7 * n + r8 * u,
        sigmaM: Math.max(rangeSigmaM, rangeM * azimuthSigmaRad),
        upSigmaM: rangeM * elevationSigmaRad,
        covarianceM2: groundCovariance(Math.atan2(r0 * e + r1 * n, r3 * e + r4 * n), rangeSigmaM, rangeM * azimuthSigmaRad),
      },
    ];
  });
}

/** Covariance over the ground of what is measured along and across an azimuth of the site's frame. */
function groundCovariance(azimuthRad: number, alongM: number, acrossM: number): readonly [number, number, number] {
  const [sin, cos] = [Math.sin(azimuthRad), Math.cos(azimuthRad)];
  const [along, across] = [alongM * alongM, acrossM * acrossM];
  return [along * sin * sin + across * cos * cos, (along - across) * sin * cos, along * cos * cos + across * sin * sin];
}
