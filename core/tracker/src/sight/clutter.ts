import type { TrackerLook, TrackerSensor } from "../types.ts";

const RANGE_BINS = 16;
const AZIMUTH_BINS = 24;
const ELEVATION_BINS = 8;
const RATE_BINS = 16;
const RATE_SPAN_MPS = 40;

const LOOKS = 0;
const FALSE_ALARMS = 1;
const HITS = 2;
const CHANCES = 3;
const RANGE = 4;
const AZIMUTH = RANGE + RANGE_BINS;
const ELEVATION = AZIMUTH + AZIMUTH_BINS;
const RATE = ELEVATION + ELEVATION_BINS;
const RATE_COUNT = RATE + RATE_BINS;
const CELL = RATE_COUNT + 1;
const AGED = CELL + RANGE_BINS * AZIMUTH_BINS;
/** Of the newest look: when it was; what share of a whole look the parts are that a revisit has not yet outlived; when one last was whole. */
const COUNTED_MS = AGED;
const IN_PARTS = AGED + 1;
const WHOLE_MS = AGED + 2;
/** Values that a sensor's learned figures take. */
export const LEARNED = AGED + 3;

/** The sheet's figure is worth so many false alarms against what is seen, in all and per bin, and no more than so many looks. */
const SHAPE_COUNT = 8;
const SHEET_LOOKS = 10;
/** No sensor is without false alarms, whatever its sheet says. */
const LEAST_PER_LOOK = 0.01;
const CELL_COUNT = 3;
/** One report in ten is of nothing, where the sheet does not say; a sector is as wide as this share of the circle at least. */
const UNSTATED_FALSE_REPORTS = 0.1;
const LEAST_SHARE = 0.01;
/** And so many chances to detect a target that is there. */
const SHEET_CHANCES = 40;
/** A sensor's surroundings change within about so many looks. */
const MEMORY_LOOKS = 600;

/** What one sensor's sheet implies, worked out once: where its false alarms would fall if they were spread evenly over its volume. */
export type SensorModel = Readonly<{
  sensor: TrackerSensor;
  /** Extent of its polar coordinates. */
  range: Extent;
  azimuth: Extent;
  elevation: Extent;
  /** Share of even clutter in each bin. */
  share: Readonly<{ range: Float64Array; azimuth: Float64Array; elevation: Float64Array; cell: Float64Array }>;
  /** Volume of the box that it looks in, or 0 when it looks at its whole polar field. */
  boxM3: number;
}>;
type Extent = Readonly<{ low: number; high: number }>;

export function sensorModel(sensor: TrackerSensor): SensorModel {
  const field = sensor.fieldOfView;
  const azimuthLow = field?.azimuthFromRad ?? -Math.PI;
  const width = field ? field.azimuthToRad - field.azimuthFromRad : 2 * Math.PI;
  const range = { low: field?.rangeMinM ?? 0, high: field?.rangeMaxM ?? 10_000 };
  const azimuth = { low: azimuthLow, high: azimuthLow + (width <= 0 ? width + 2 * Math.PI : width) };
  const elevation = { low: field?.elevationMinRad ?? 0, high: field?.elevationMaxRad ?? Math.PI / 2 };
  const box = sensor.boxEnuM;
  const boxM3 = box ? (box.max[0] - box.min[0]) * (box.max[1] - box.min[1]) * (box.max[2] - box.min[2]) : 0;
  const model = { sensor, range, azimuth, elevation, boxM3 };
  return { ...model, share: box ? boxShares(model, box) : evenShares() };
}

/** Leaves in `at.perUnit` the density of false alarms per metre and square radian (per radian for a bearing) there. */
export function findClutter(model: SensorModel, learned: Float64Array, at: PolarPlace): void {
  const { range, azimuth, elevation, share, boxM3 } = model;
  const i = bin(range, RANGE_BINS, at.rangeM);
  const k = azimuthBin(azimuth, at.azimuthRad);
  const l = verticalBin(model, at);
  const total = learned[FALSE_ALARMS];
  const shape =
    ratio(learned[RANGE + i], total * share.range[i], SHAPE_COUNT) *
    ratio(learned[AZIMUTH + k], total * share.azimuth[k], SHAPE_COUNT) *
    ratio(learned[ELEVATION + l], total * share.elevation[l], SHAPE_COUNT);
  const cell = i * AZIMUTH_BINS + k;
  const local = ratio(learned[CELL + cell], total * share.cell[cell] * shape, CELL_COUNT);
  const even =
    boxM3 > 0
      ? (at.rangeM * at.rangeM * cosOf(at)) / boxM3
      : 1 / ((range.high - range.low) * (azimuth.high - azimuth.low) * (elevation.high - elevation.low));
  at.perUnit = falseAlarmsPerLook(model, learned) * even * shape * local;
}

/** The same per m³. */
export const perM3 = (at: PolarPlace): number => at.perUnit / (at.rangeM * at.rangeM * cosOf(at));

/** Straight above and below, where all azimuths meet, a bin of them has some width all the same. */
const cosOf = ({ elevationRad }: PolarPlace): number => Math.max(Math.cos(elevationRad), 0.01);

/** Density of false ranges per metre: a range tells of no direction. */
export function clutterPerMetre(model: SensorModel, learned: Float64Array, rangeM: number): number {
  const { range, share } = model;
  const i = bin(range, RANGE_BINS, rangeM);
  const shape = ratio(learned[RANGE + i], learned[FALSE_ALARMS] * share.range[i], SHAPE_COUNT);
  return (falseAlarmsPerLook(model, learned) * shape) / (range.high - range.low);
}

/** Density of false range differences per metre: they lie between plus and minus the distance of the two sensors. */
export const clutterPerDifference = (model: SensorModel, learned: Float64Array, apartM: number): number =>
  falseAlarmsPerLook(model, learned) / (2 * Math.max(apartM, 1));

/**
 * False reports of something in a sector, or within a distance, in one look: as the sheet says, spread evenly over the azimuths. They are
 * not learned: what is heard and not tracked is what such sensors are for.
 */
export function falseReportsPerLook({ sensor, azimuth }: SensorModel, fromRad: number, toRad: number): number {
  const width = toRad - fromRad;
  const share = (width < 0 ? width + 2 * Math.PI : width) / (azimuth.high - azimuth.low);
  return Math.max(sensor.clutterPerLook ?? UNSTATED_FALSE_REPORTS, LEAST_PER_LOOK) * Math.min(1, Math.max(share, LEAST_SHARE));
}

/** Mean number of false alarms in a look. Those of the newest look are not judged yet. */
function falseAlarmsPerLook({ sensor }: SensorModel, learned: Float64Array): number {
  const sheet = Math.max(sensor.clutterPerLook ?? 1, LEAST_PER_LOOK);
  const worthLooks = Math.min(SHEET_LOOKS, SHAPE_COUNT / sheet);
  return (sheet * worthLooks + learned[FALSE_ALARMS]) / (worthLooks + Math.max(0, learned[LOOKS] - 1));
}

/** Density of range rate among false alarms, per m/s. */
export function clutterRateDensity(learned: Float64Array, rangeRateMps: number): number {
  const width = (2 * RATE_SPAN_MPS) / RATE_BINS;
  const prior = 2;
  return (prior + learned[RATE + rateBin(rangeRateMps)]) / ((prior * RATE_BINS + learned[RATE_COUNT]) * width);
}

/**
 * Where a detection lies in its sensor's polar coordinates; `rangeRateMps` is NaN when it has none. What is asked and told of a place is handed
 * over in it, for the reason that `visibility.ts` gives: the density of false alarms there, and how many are counted.
 */
export type PolarPlace = {
  rangeM: number;
  azimuthRad: number;
  elevationRad: number;
  rangeRateMps: number;
  perUnit: number;
  count: number;
};
export const createPlace = (): PolarPlace => ({
  rangeM: 0.5,
  azimuthRad: 0.5,
  elevationRad: 0.5,
  rangeRateMps: Number.NaN,
  perUnit: 0.5,
  count: 0.5,
});

/**
 * A look has passed: older false alarms count a little less, as far as it was a whole one. Parts that overlap, as plots and then the sector
 * that they were in, are no more than a whole look in a revisit.
 */
export function ageClutter({ sensor, azimuth }: SensorModel, learned: Float64Array, { sector, measuredMs }: TrackerLook): void {
  const outlived = sensor.revisitMs === undefined ? 1 : (measuredMs - learned[COUNTED_MS]) / sensor.revisitMs;
  const inParts = Math.max(0, learned[IN_PARTS] - outlived);
  const share = Math.min(sector ? partOf(azimuth, sector) : 1, 1 - inParts);
  learned[COUNTED_MS] = measuredMs;
  learned[IN_PARTS] = sector ? inParts + share : 0;
  if (!sector) learned[WHOLE_MS] = measuredMs;
  const keep = 1 - share / MEMORY_LOOKS;
  for (let k = 0; k < AGED; k++) learned[k] *= keep;
  learned[LOOKS] += share;
}

/** When the newest look before at all of the field was. */
export const wholeLookMs = (learned: Float64Array): number => learned[WHOLE_MS];

function partOf({ low, high }: Extent, { azimuthFromRad, azimuthToRad }: NonNullable<TrackerLook["sector"]>): number {
  const width = azimuthToRad - azimuthFromRad;
  return (width < 0 ? width + 2 * Math.PI : width) / (high - low);
}

/** Counts `at.count` false alarms there. What is no number would never be forgotten: it is not learned. */
export function countFalseAlarms(model: SensorModel, learned: Float64Array, at: PolarPlace): void {
  const amount = at.count;
  if (!Number.isFinite(amount)) return;
  const i = bin(model.range, RANGE_BINS, at.rangeM);
  const k = azimuthBin(model.azimuth, at.azimuthRad);
  learned[FALSE_ALARMS] += amount;
  learned[RANGE + i] += amount;
  learned[AZIMUTH + k] += amount;
  learned[ELEVATION + verticalBin(model, at)] += amount;
  learned[CELL + i * AZIMUTH_BINS + k] += amount;
  if (Number.isNaN(at.rangeRateMps)) return;
  learned[RATE + rateBin(at.rangeRateMps)] += amount;
  learned[RATE_COUNT] += amount;
}

/** Share of the targets in a sensor's view that none of its looks has detected so far. */
export const shareUnseen = (model: SensorModel, learned: Float64Array): number =>
  Math.exp(Math.log(1 - detectionProbability(model, learned)) * learned[LOOKS]);

/** Counts a chance to see a target that is surely there and in plain view, and whether it was seen. */
export function countChance(learned: Float64Array, chance: number, hit: number): void {
  if (!Number.isFinite(chance + hit)) return;
  learned[CHANCES] += chance;
  learned[HITS] += hit;
}

/** Probability of detecting a target in plain view: the sheet's, corrected by what was seen (mean of a beta distribution). */
export function detectionProbability(model: SensorModel, learned: Float64Array): number {
  const sheet = model.sensor.detectionProbability;
  return Math.min(0.995, (sheet * SHEET_CHANCES + learned[HITS]) / (SHEET_CHANCES + learned[CHANCES]));
}

/**
 * Seen over expected count, drawn to 1 by a gamma prior of shape `prior`: (prior + seen) / (prior + expected).
 *
 * @source Gelman et al. (2013), Bayesian Data Analysis, section 2.6 (Poisson with exposure).
 */
const ratio = (seenCount: number, expected: number, prior: number): number => (prior + seenCount) / (prior + expected);

function bin({ low, high }: Extent, bins: number, value: number): number {
  return Math.max(0, Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins)));
}

/** A box is divided by height, a polar field by elevation. */
function verticalBin(
  { sensor, elevation }: Pick<SensorModel, "sensor" | "elevation">,
  { rangeM, elevationRad }: PolarPlace,
): number {
  const box = sensor.boxEnuM;
  if (box === undefined) return bin(elevation, ELEVATION_BINS, elevationRad);
  const up = sensor.posEnuM[2] + rangeM * Math.sin(elevationRad);
  return Math.max(0, Math.min(ELEVATION_BINS - 1, Math.floor(((up - box.min[2]) / (box.max[2] - box.min[2])) * ELEVATION_BINS)));
}

function azimuthBin({ low, high }: Extent, azimuthRad: number): number {
  const turn = 2 * Math.PI;
  const from = azimuthRad - low;
  return Math.max(
    0,
    Math.min(AZIMUTH_BINS - 1, Math.floor(((from - turn * Math.floor(from / turn)) / (high - low)) * AZIMUTH_BINS)),
  );
}

const rateBin = (rate: number): number =>
  Math.max(0, Math.min(RATE_BINS - 1, Math.floor(((rate + RATE_SPAN_MPS) / (2 * RATE_SPAN_MPS)) * RATE_BINS)));

function evenShares(): SensorModel["share"] {
  return {
    range: new Float64Array(RANGE_BINS).fill(1 / RANGE_BINS),
    azimuth: new Float64Array(AZIMUTH_BINS).fill(1 / AZIMUTH_BINS),
    elevation: new Float64Array(ELEVATION_BINS).fill(1 / ELEVATION_BINS),
    cell: new Float64Array(RANGE_BINS * AZIMUTH_BINS).fill(1 / (RANGE_BINS * AZIMUTH_BINS)),
  };
}

/** Shares of an even density in a box, by a lattice of its points. */
function boxShares(model: Omit<SensorModel, "share">, box: NonNullable<TrackerSensor["boxEnuM"]>): SensorModel["share"] {
  const share = evenShares();
  for (const column of [share.range, share.azimuth, share.cell]) column.fill(0);
  const across = 48;
  const up = 6;
  const weight = 1 / (across * across * up);
  const [se, sn, su] = model.sensor.posEnuM;
  const at = (k: 0 | 1 | 2, part: number): number => box.min[k] + (box.max[k] - box.min[k]) * part;
  for (let a = 0; a < across; a++)
    for (let b = 0; b < across; b++)
      for (let c = 0; c < up; c++) {
        const e = at(0, (a + 0.5) / across) - se;
        const n = at(1, (b + 0.5) / across) - sn;
        const u = at(2, (c + 0.5) / up) - su;
        const ground = Math.sqrt(e * e + n * n);
        const i = bin(model.range, RANGE_BINS, Math.sqrt(ground * ground + u * u));
        const k = azimuthBin(model.azimuth, Math.atan2(e, n));
        share.range[i] += weight;
        share.azimuth[k] += weight;
        share.cell[i * AZIMUTH_BINS + k] += weight;
      }
  return share;
}
