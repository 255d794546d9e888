import { WGS84_A_M } from "@picket/geo";
import type { Reality, Scan } from "@picket/model";
import type { Picture } from "../track/track.ts";
import { detectionProbability, type PointEnuM } from "./detection-probability.ts";

/**
 * A volume that is watched for a hovering small drone: points that stand for it (east, north, up in turn) and, for each, the logarithm
 * of the probability that every look since `sinceMs` would have missed one there. Only looks of its own reality count. Plain data.
 */
export type VolumeWatch = { reality: Reality; sinceMs: number; pointsM: number[]; logMissed: number[] };

/** A small drone hovers at these heights above the ground. */
const HOVER_HEIGHTS_M = [20, 60];
/** Not even many looks may claim more than this of one look: misses of a sensor are not independent. */
const MOST_PER_LOOK = 0.9;
/** A look that sees less than this proves nothing: what hides a drone from one such look hides it from the next as well. */
const LEAST_PER_LOOK = 0.2;

/** A disc of ground, metres in the site's frame. */
export type Disc = Readonly<{ eastM: number; northM: number; radiusM: number }>;

/** Begins to watch the air over discs of ground: the middle and four points of the rim of each, at two heights. */
export function beginWatch(reality: Reality, discs: readonly Disc[], nowMs: number): VolumeWatch {
  const pointsM = discs.flatMap(({ eastM, northM, radiusM }) => {
    // The ground falls away from the frame's tangent plane.
    const groundUpM = -(eastM * eastM + northM * northM) / (2 * WGS84_A_M);
    return RIM.flatMap(([east, north]) =>
      HOVER_HEIGHTS_M.flatMap((heightM) => [eastM + east * radiusM, northM + north * radiusM, groundUpM + heightM]),
    );
  });
  return { reality, sinceMs: nowMs, pointsM, logMissed: new Array<number>(pointsM.length / 3).fill(0) };
}

const RIM = [
  [0, 0],
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;

/** Adds the looks of this tick. While the volume is not covered the watch begins again and again. */
export function keepWatch(watch: VolumeWatch, picture: Picture, nowMs: number): void {
  if (coverageNow(watch, picture) !== "covered") {
    watch.sinceMs = nowMs;
    watch.logMissed.fill(0);
    return;
  }
  for (const scan of picture.scans) addLook(watch, picture, scan);
}

/** The least probability, over the volume, that a hovering small drone would have been detected since the watch began. */
export const watchedProbability = ({ logMissed }: VolumeWatch): number => 1 - Math.exp(Math.max(...logMissed));

/** `covered`: sensors whose silence proves something see the volume. `silent`: one of those does not work. `none`: there are none. */
export type Coverage = "covered" | "silent" | "none";

export function coverageNow(watch: VolumeWatch, picture: Picture): Coverage {
  let coverage: Coverage = "none";
  const points = pointsOf(watch);
  for (const { covering, sensor, state } of picture.sensors) {
    const isOfReality = (sensor.reality ?? watch.reality) === watch.reality;
    const pose = covering && isOfReality ? picture.poses.get(sensor.id) : undefined;
    if (!pose || !points.some((point) => detectionProbability(pose, undefined, point, 0) > 0)) continue;
    if (state.state !== "watching" || state.clockBad) return "silent";
    coverage = "covered";
  }
  return coverage;
}

function addLook(watch: VolumeWatch, { poses, sensors }: Picture, scan: Scan): void {
  const pose = scan.reality === watch.reality ? poses.get(scan.sensor) : undefined;
  if (!pose || !sensors.some(({ sensor, covering }) => covering && sensor.id === scan.sensor)) return;
  pointsOf(watch).forEach((point, i) => {
    const pD = Math.min(MOST_PER_LOOK, detectionProbability(pose, scan.sector, point, 0));
    if (pD < LEAST_PER_LOOK) return;
    watch.logMissed[i] = (watch.logMissed[i] as number) + Math.log(1 - pD);
  });
}

const pointsOf = ({ pointsM }: VolumeWatch): PointEnuM[] =>
  Array.from({ length: pointsM.length / 3 }, (_, i) => [
    pointsM[3 * i] as number,
    pointsM[3 * i + 1] as number,
    pointsM[3 * i + 2] as number,
  ]);
