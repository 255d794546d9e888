import type { SensorSlots, TrackerState } from "../state.ts";
import type { BornColumn } from "../store/newborns.ts";
import { CONTRIBUTION, COV, MODES } from "../store/store.ts";
import { countFalseAlarms, createPlace, findClutter, perM3, type SensorModel } from "./clutter.ts";

const TWO_PI_CUBED = 8 * Math.PI * Math.PI * Math.PI;
/** Less than this is not worth counting. */
const LEAST_COUNT = 0.01;

type Born = Readonly<Record<BornColumn, Float64Array>>;

const moved = new Float64Array(6);
const place = createPlace();

/**
 * Counts a track's detections as false alarms of the sensor that began it, as probably as they are that: from the first look since that
 * could have seen it, until it is confirmed (none was) or forgotten (all were). Counted at birth, a swarm that appears in one place would
 * be clutter there before it could prove anything; counted only when forgotten, a wrong sheet would be believed for many looks.
 */
export function countDoubt({ tracks, learned }: TrackerState, row: number, { models }: SensorSlots, isKept: boolean): void {
  const slot = tracks.birthSensor[row];
  const chanceMs = tracks.contribution[(row * tracks.sensorSlots + slot) * CONTRIBUTION + 2];
  if (isKept && chanceMs <= tracks.firstMs[row]) return;
  const isTrue = tracks.confirmed[row] === 1 ? 1 : isKept ? tracks.existence[row] : 0;
  place.count = tracks.hits[row] * (1 - isTrue);
  countMore(tracks, row, models[slot], learned[slot]);
}

/** The same for a newborn, of its one detection. */
export function countNewbornDoubt(
  { newborns, learned }: TrackerState,
  k: number,
  { models }: SensorSlots,
  isKept: boolean,
): void {
  const slot = newborns.birthSensor[k];
  if (isKept && newborns.chanceMs[k * newborns.sensorSlots + slot] <= newborns.firstMs[k]) return;
  place.count = 1 - (isKept ? newborns.existence[k] : 0);
  countMore(newborns, k, models[slot], learned[slot]);
}

/** Brings what is counted of `born` at `at` to `place.count`. */
function countMore(born: Born, at: number, model: SensorModel, learned: Float64Array): void {
  const more = place.count - born.doubted[at];
  if (Math.abs(more) < LEAST_COUNT) return;
  born.doubted[at] += more;
  layBirthPlace(born, at);
  place.count = more;
  countFalseAlarms(model, learned, place);
}

/**
 * True for a track so vague that it can take no detection any more: even in its middle, where it expects
 * r·sum_m w_m / sqrt((2 pi)³ |P_m|) detections per m³, a false alarm is likelier. Such a track only grows vaguer, while every look has
 * some false alarm that might be its: what it stands for, that somebody may be there whom nobody sees, is said by the newcomers.
 *
 * @source Williams (2012), "Hybrid Poisson and multi-Bernoulli filters", section IV (recycling), here by density.
 */
export function isVague({ tracks, learned, timeMs }: TrackerState, row: number, { models }: SensorSlots): boolean {
  if (tracks.confirmed[row] === 1 || tracks.measuredMs[row] === timeMs || tracks.birthRange[row] === 0) return false;
  let density = 0;
  for (let i = row * MODES; i < (row + 1) * MODES; i++)
    density += tracks.weight[i] / Math.sqrt(TWO_PI_CUBED * determinant(tracks.cov, i * COV));
  const slot = tracks.birthSensor[row];
  layBirthPlace(tracks, row);
  findClutter(models[slot], learned[slot], place);
  return tracks.existence[row] * density < perM3(place);
}

/**
 * The same for a newborn whose motions have each added so much, level and up, to the variance of its place, and been kept to with such a
 * probability: one that has changed its motion may be anywhere.
 */
export function isNewbornVague(
  { newborns, learned }: TrackerState,
  k: number,
  { levelM2, upM2, kept }: Readonly<{ levelM2: Float64Array; upM2: Float64Array; kept: Float64Array }>,
  { models }: SensorSlots,
): boolean {
  if (newborns.birthRange[k] === 0) return false;
  let density = 0;
  for (let m = 0; m < MODES; m++) {
    for (let a = 0; a < 6; a++) moved[a] = newborns.posCov[6 * k + a];
    moved[0] += levelM2[m];
    moved[3] += levelM2[m];
    moved[5] += upM2[m];
    density += (kept[m] * newborns.weight[k * MODES + m]) / Math.sqrt(TWO_PI_CUBED * determinant(moved, 0));
  }
  const slot = newborns.birthSensor[k];
  layBirthPlace(newborns, k);
  findClutter(models[slot], learned[slot], place);
  return newborns.existence[k] * density < perM3(place);
}

/** Of the position block of a covariance. */
const determinant = (cov: Float64Array, c: number): number =>
  cov[c] * (cov[c + 3] * cov[c + 5] - cov[c + 4] * cov[c + 4]) -
  cov[c + 1] * (cov[c + 1] * cov[c + 5] - cov[c + 4] * cov[c + 2]) +
  cov[c + 2] * (cov[c + 1] * cov[c + 4] - cov[c + 3] * cov[c + 2]);

/** Where the first detection lay, to the sensor that made it. */
function layBirthPlace(born: Born, at: number): void {
  place.rangeM = born.birthRange[at];
  place.azimuthRad = born.birthAzimuth[at];
  place.elevationRad = born.birthElevation[at];
  place.rangeRateMps = born.birthRangeRate[at];
}
