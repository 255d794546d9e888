import type { Reality } from "@picket/model";
import { statedDetection } from "../coverage/detection-probability.ts";
import { isOf, type SeenLook } from "./plots.ts";

/** How often each sensor saw what is known to be there, and how often it would have by its sheet, by reality and sensor. Plain data. */
export type Eyesight = Map<string, { hits: number; expected: number }>;

/** An object is asked about once it is sure and has been there for a while, and so many of them in a look. */
const SURE_EXISTENCE = 0.9;
const OLD_MS = 6000;
const ASKED = 30;
/** What the sheet is worth against what is seen, and after how many chances what was seen counts half. */
const SHEET_CHANCES = 10;
const MEMORY_CHANCES = 300;

/** Learns from one look. */
export function noteLook(eyesight: Eyesight, { scan, pose, plots, objects }: SeenLook): void {
  const sure = objects.filter(
    ({ track: { state } }) => state.existence >= SURE_EXISTENCE && scan.measuredMs - state.firstMs >= OLD_MS,
  );
  const key = `${scan.reality} ${scan.sensor}`;
  const seen = eyesight.get(key) ?? { hits: 0, expected: 0 };
  eyesight.set(key, seen);
  for (const object of sure.slice(0, ASKED)) {
    const expected = statedDetection(pose, scan.sector, object.track.state.posEnuM, object.track.state.velEnuMps);
    if (expected === 0) continue;
    seen.expected += expected;
    if (plots.some((plot) => isOf(plot, object))) seen.hits++;
  }
  if (seen.expected <= MEMORY_CHANCES) return;
  seen.expected /= 2;
  seen.hits /= 2;
}

/** By how much a sensor sees less than its sheet says: 1 for as well or better. */
export function sightOf(eyesight: Eyesight, reality: Reality, sensor: string): number {
  const { hits, expected } = eyesight.get(`${reality} ${sensor}`) ?? { hits: 0, expected: 0 };
  return Math.min(1, (SHEET_CHANCES + hits) / (SHEET_CHANCES + expected));
}
