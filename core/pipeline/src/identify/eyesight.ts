import type { Reality } from "@picket/model";
import type { TrackerSensor } from "@picket/tracker";
import { type PointEnuM, statedDetection } from "../coverage/detection-probability.ts";
import { isOf, type SeenLook } from "./plots.ts";

/**
 * How often each sensor saw what is known to be there, and how often it would have by its sheet, by reality, sensor, and whether what it looked for was
 * low. Plain data.
 */
export type Eyesight = Map<string, { hits: number; expected: number }>;

/** An object is asked about once it is sure and has been there for a while, and so many of them in a look. */
const SURE_EXISTENCE = 0.9;
const OLD_MS = 6000;
const ASKED = 30;
/**
 * What a sheet says of detection is often too good: so much of it is believed, and less where something is so low above the sensor's horizon that
 * it may be hidden by what no sheet tells of. Of what a sensor was seen to do less is believed too, for what is tracked is what is seen well.
 */
const BELIEVED = 0.75;
const BELIEVED_LOW = 0.5;
const BELIEVED_SEEN = 0.9;
const LOW_ELEVATION_RAD = 0.017;
/** What the sheet is worth against what is seen, and after how many chances what was seen counts half. */
const SHEET_CHANCES = 10;
const MEMORY_CHANCES = 300;

/** Learns from one look. */
export function noteLook(eyesight: Eyesight, { scan, pose, plots, objects }: SeenLook): void {
  const sure = objects.filter(
    ({ track: { state } }) => state.confirmed && state.existence >= SURE_EXISTENCE && scan.measuredMs - state.firstMs >= OLD_MS,
  );
  for (const object of sure.slice(0, ASKED)) {
    const { posEnuM, velEnuMps } = object.track.state;
    const expected = statedDetection(pose, scan.sector, posEnuM, velEnuMps);
    if (expected === 0) continue;
    const key = keyOf(scan.reality, pose, posEnuM);
    const seen = eyesight.get(key) ?? { hits: 0, expected: 0 };
    eyesight.set(key, seen);
    seen.expected += expected;
    if (plots.some((plot) => isOf(plot, object))) seen.hits++;
    if (seen.expected <= MEMORY_CHANCES) continue;
    seen.expected /= 2;
    seen.hits /= 2;
  }
}

/** How much of what a sensor's sheet says of detection at a place is believed. */
export function believedOf(eyesight: Eyesight, reality: Reality, pose: TrackerSensor, at: PointEnuM): number {
  const { hits, expected } = eyesight.get(keyOf(reality, pose, at)) ?? { hits: 0, expected: 0 };
  const sheet = isLow(pose, at) ? BELIEVED_LOW : BELIEVED;
  return Math.min(BELIEVED_SEEN, (SHEET_CHANCES * sheet + BELIEVED_SEEN * hits) / (SHEET_CHANCES + expected));
}

const keyOf = (reality: Reality, pose: TrackerSensor, at: PointEnuM): string =>
  `${reality} ${pose.id}${isLow(pose, at) ? " low" : ""}`;

function isLow({ posEnuM }: TrackerSensor, [eastM, northM, upM]: PointEnuM): boolean {
  const [de, dn] = [eastM - posEnuM[0], northM - posEnuM[1]];
  return Math.atan2(upM - posEnuM[2], Math.sqrt(de * de + dn * dn)) < LOW_ELEVATION_RAD;
}
