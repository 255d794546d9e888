import { clutterPerM3, countFalseAlarm, type PolarPlace } from "./clutter.ts";
import type { SensorSlots, TrackerState } from "./state.ts";
import { CONTRIBUTION, COV, MODES, type TrackStore } from "./store.ts";

const TWO_PI_CUBED = 8 * Math.PI * Math.PI * Math.PI;
/** Less than this is not worth counting. */
const LEAST_COUNT = 0.01;

const place: PolarPlace = { rangeM: 0, azimuthRad: 0, elevationRad: 0, rangeRateMps: 0 };

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
  const more = tracks.hits[row] * (1 - isTrue) - tracks.doubted[row];
  if (Math.abs(more) < LEAST_COUNT) return;
  tracks.doubted[row] += more;
  layBirthPlace(tracks, row);
  countFalseAlarm(models[slot], learned[slot], place, more);
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
  const { cov, weight } = tracks;
  let density = 0;
  for (let i = row * MODES, c = i * COV; i < (row + 1) * MODES; i++, c += COV) {
    const determinant =
      cov[c] * (cov[c + 3] * cov[c + 5] - cov[c + 4] * cov[c + 4]) -
      cov[c + 1] * (cov[c + 1] * cov[c + 5] - cov[c + 4] * cov[c + 2]) +
      cov[c + 2] * (cov[c + 1] * cov[c + 4] - cov[c + 3] * cov[c + 2]);
    density += weight[i] / Math.sqrt(TWO_PI_CUBED * determinant);
  }
  const slot = tracks.birthSensor[row];
  layBirthPlace(tracks, row);
  return tracks.existence[row] * density < clutterPerM3(models[slot], learned[slot], place);
}

/** Where the track's first detection lay, to the sensor that made it. */
function layBirthPlace(tracks: TrackStore, row: number): void {
  place.rangeM = tracks.birthRange[row];
  place.azimuthRad = tracks.birthAzimuth[row];
  place.elevationRad = tracks.birthElevation[row];
  place.rangeRateMps = tracks.birthRangeRate[row];
}
