import { WGS84_A_M } from "@picket/geo";
import type { Scan } from "@picket/model";
import type { Picture } from "../track/track.ts";
import { detectionProbability, type PointEnuM } from "./detection-probability.ts";

/**
 * A volume that is watched for a hovering small drone: points that stand for it (east, north, up in turn) and, for each, the logarithm
 * of the probability that every look since `sinceMs` would have missed one there. Plain data.
 */
export type VolumeWatch = { sinceMs: number; pointsM: number[]; logMissed: number[] };

/** A small drone hovers at these heights above the ground. */
const HOVER_HEIGHTS_M = [20, 60];
/** Not even many looks may claim more than this of one look: misses of a sensor are not independent. */
const MOST_PER_LOOK = 0.9;

/** Begins to watch the ground disc around a place: its middle and four points of its rim, at two heights. */
export function beginWatch(eastM: number, northM: number, radiusM: number, nowMs: number): VolumeWatch {
  const pointsM: number[] = [];
  // The ground falls away from the frame's tangent plane.
  const groundUpM = -(eastM * eastM + northM * northM) / (2 * WGS84_A_M);
  for (const [east, north] of [
    [0, 0],
    [radiusM, 0],
    [-radiusM, 0],
    [0, radiusM],
    [0, -radiusM],
  ] as const)
    for (const heightM of HOVER_HEIGHTS_M) pointsM.push(eastM + east, northM + north, groundUpM + heightM);
  return { sinceMs: nowMs, pointsM, logMissed: new Array<number>(pointsM.length / 3).fill(0) };
}

/** Adds the looks of this tick. A covering sensor that is silent, or none that covers the volume at all, begins the watch again. */
export function keepWatch(watch: VolumeWatch, picture: Picture, nowMs: number): void {
  if (!isCoveredNow(watch, picture)) {
    watch.sinceMs = nowMs;
    watch.logMissed.fill(0);
    return;
  }
  for (const scan of picture.scans) addLook(watch, picture, scan);
}

/** The least probability, over the volume, that a hovering small drone would have been detected since the watch began. */
export const watchedProbability = ({ logMissed }: VolumeWatch): number => 1 - Math.exp(Math.max(...logMissed));

/** Do sensors whose silence proves something cover the volume, and is none of them silent? */
export function isCoveredNow(watch: VolumeWatch, picture: Picture): boolean {
  let covered = false;
  for (const { covering, sensor, state } of picture.sensors) {
    const pose = covering ? picture.poses.get(sensor.id) : undefined;
    if (!pose || !pointsOf(watch).some((point) => detectionProbability(pose, undefined, point, 0) > 0)) continue;
    if (state.state !== "watching") return false;
    covered = true;
  }
  return covered;
}

function addLook(watch: VolumeWatch, { poses, sensors }: Picture, scan: Scan): void {
  const pose = poses.get(scan.sensor);
  if (!pose || !sensors.some(({ sensor, covering }) => covering && sensor.id === scan.sensor)) return;
  pointsOf(watch).forEach((point, i) => {
    const pD = Math.min(MOST_PER_LOOK, detectionProbability(pose, scan.sector, point, 0));
    watch.logMissed[i] = (watch.logMissed[i] as number) + Math.log(1 - pD);
  });
}

const pointsOf = ({ pointsM }: VolumeWatch): PointEnuM[] =>
  Array.from({ length: pointsM.length / 3 }, (_, i) => [
    pointsM[3 * i] as number,
    pointsM[3 * i + 1] as number,
    pointsM[3 * i + 2] as number,
  ]);
