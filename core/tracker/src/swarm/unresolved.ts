import { POINT } from "../looks/detections.ts";
import { ROW, updateRow } from "../measure/update-row.ts";
import { addSpread } from "../motion/mix-motions.ts";
import type { PreparedLook } from "../prepared-look.ts";
import { CONTRIBUTION, COV, DIM, MODES, type TrackStore } from "../store/store.ts";
import type { Workspace } from "../workspace.ts";
import { findGroups, isSomebody, noteShared } from "./groups.ts";
import { compare, compared, layMiddleRows, layNearRows } from "./one-cell.ts";

/** A plot less probably shared than this tells the other track nothing. */
const LEAST_SHARE = 0.1;
/** Tracks that shared a plot stay one group over so many looks of that sensor: now and then each gives a plot of its own. */
const MEMORY_LOOKS = 5;
/**
 * How probably two that are first unresolved by a radar which parts by width stay so; however often they were parted a moment ago, no less than
 * the second.
 */
const LASTING_AT_FIRST = 0.8;
const LEAST_LASTING = 0.3;
/** Rows by which a shared plot measures a track: three as their middle, and three as near the other. */
export const SHARED_ROWS = 6;
/** One more probably shared than not is both tracks'. */
const PROBABLE = 0.5;

const difference = new Float64Array(DIM);
let taker = new Int32Array(64);
let likeliest = new Float64Array(64);
/** Per track: probability that it shares no plot, if unresolved looks follow one another by chance, and if they last. */
let apartByChance = new Float64Array(64);
let apartIfLasting = new Float64Array(64);
const x = new Float64Array(DIM);
const cov = new Float64Array(COV);

/**
 * Two targets in one resolution cell give one plot. Writes for every track that took no plot how probably it shares one with the track
 * that took it: a plot that it might have given too, and how that plot measures it then, being the middle of both. What counts as a
 * miss is then no miss. 0 where the sensor states no resolution.
 *
 * A grid's lines come between two targets now and then. A radar that parts by width joins what is nearer for as long as it is; since a sheet may
 * overstate the width, and echoes differ, whether it does so with a track is learned from look to look.
 *
 * @source Koch & van Keuk (1997), "Multiple hypothesis track maintenance with possibly unresolved measurements", eq. 7 to 11; the cell
 * is a box of a sensor's grid instead of their Gaussian.
 */
export function findSharedPlots(work: Workspace, tracks: TrackStore, prepared: PreparedLook, chosen: Int32Array): void {
  const { edges, shared, sharer } = work;
  const { detections: d } = prepared;
  shared.fill(0, 0, tracks.count);
  sharer.fill(-1, 0, tracks.count);
  const cell = prepared.model.sensor.resolution;
  if (cell === undefined) return;
  reserve(tracks.count);
  if (taker.length < d.count) taker = new Int32Array(2 * d.count);
  taker.fill(-1, 0, d.count);
  for (let row = 0; row < tracks.count; row++) if (chosen[row] >= 0) taker[edges.detection[chosen[row]]] = row;
  for (let e = 0; e < edges.count; e++) {
    const row = edges.track[e];
    const j = edges.detection[e];
    // A cell is one of range and angles: positions that a sensor worked out itself have none.
    if (taker[j] < 0 || taker[j] === row || d.shape[j] !== POINT || d.axisCount[j] < 3 || !(d.rangeM[j] > 0)) continue;
    const isParted = chosen[row] >= 0;
    if (isParted && (tracks.sharesUntilMs[row] < prepared.look.measuredMs || cell.parts === "byGrid")) continue;
    compare(tracks, row, taker[j], d, j, cell);
    if (isParted) {
      learnLasting(tracks, row, 1 - compared.ifLasting, 1 - compared.byChance);
      continue;
    }
    apartByChance[row] *= 1 - compared.byChance;
    apartIfLasting[row] *= 1 - compared.ifLasting;
    const lasting = lastingOf(tracks, row, taker[j], prepared);
    const p = lasting * compared.ifLasting + (1 - lasting) * compared.byChance;
    shared[row] = 1 - (1 - shared[row]) * (1 - p);
    shared[taker[j]] = 1 - (1 - shared[taker[j]]) * (1 - p);
    if (p <= likeliest[row]) continue;
    likeliest[row] = p;
    sharer[row] = taker[j];
    layMiddleRows(work.sharedRows, row * SHARED_ROWS * ROW, d, j);
    if (cell.parts === "byWidth") layNearRows(work.sharedRows, (row * SHARED_ROWS + 3) * ROW, d, j, cell);
  }
  if (cell.parts === "byWidth") shareMisses(work, tracks, prepared.look.measuredMs, chosen);
}

/**
 * What lasts unresolved is missed together: where none of a group has a plot, the surest of them is missed, and the others only as far as they
 * were not in one plot with it, P(no plot | there) / P(no plot | not there) = s + (1 - s)·miss.
 */
function shareMisses({ shared }: Workspace, tracks: TrackStore, atMs: number, chosen: Int32Array): void {
  if (!isAnyMissed(tracks, atMs, chosen)) return;
  const groupOf = findGroups(tracks, atMs);
  const surest = new Map<number, number>();
  for (const [row, group] of groupOf) {
    const best = surest.get(group) ?? row;
    if (chosen[row] >= 0) surest.set(group, row);
    else if (chosen[best] < 0 && tracks.existence[row] >= tracks.existence[best]) surest.set(group, row);
  }
  for (const [row, group] of groupOf) {
    const best = surest.get(group) ?? row;
    if (best !== row && chosen[best] < 0) shared[row] = tracks.together[row];
  }
}

function isAnyMissed({ count, sharesUntilMs }: TrackStore, atMs: number, chosen: Int32Array): boolean {
  for (let row = 0; row < count; row++) if (chosen[row] < 0 && sharesUntilMs[row] >= atMs) return true;
  return false;
}

/**
 * Probability that two tracks which were each seen alone stay unresolved for as long as they are near, as far as `row` has taught it. Of a
 * track that never was seen alone nothing says that it is not the other; and the lines of a grid come between any two.
 */
function lastingOf(tracks: TrackStore, row: number, other: number, { look, model }: PreparedLook): number {
  if (model.sensor.resolution?.parts === "byGrid" || !isSomebody(tracks, row) || !isSomebody(tracks, other)) return 0;
  return tracks.sharesUntilMs[row] < look.measuredMs ? LASTING_AT_FIRST : tracks.lasting[row];
}

/** Bayes' rule, given how likely the look is if it lasts and if chance decides each time. */
function learnLasting({ lasting }: TrackStore, row: number, ifLasting: number, byChance: number): void {
  const p = (lasting[row] * ifLasting) / (lasting[row] * ifLasting + (1 - lasting[row]) * byChance);
  lasting[row] = Math.max(LEAST_LASTING, p);
}

/**
 * Gives a track that took no plot what it may have had of the one that it shares: its state is the mixture of having been missed and of
 * having been half of that plot, matched in mean and covariance per motion. Where it more probably shared it the look has seen it, and
 * the two are a group.
 */
export function takeShared(work: Workspace, tracks: TrackStore, row: number, { look, model, slot }: PreparedLook): void {
  const { shared, sharer, sharedRows, missProbability } = work;
  if (sharer[row] < 0) return;
  const miss = missProbability[row];
  const half = (1 - miss) * shared[row];
  const share = half / (half + miss);
  if (!(share > LEAST_SHARE)) return;
  if (share > PROBABLE) {
    tracks.measuredMs[row] = look.measuredMs;
    tracks.contribution[(row * tracks.sensorSlots + slot) * CONTRIBUTION] = look.measuredMs;
    const untilMs = look.measuredMs + MEMORY_LOOKS * (model.sensor.revisitMs ?? 0);
    noteShared(tracks, row, sharer[row], { probability: shared[row], atMs: look.measuredMs, untilMs, lasting: LASTING_AT_FIRST });
  }
  learnLasting(tracks, row, 1 - (1 - miss) * apartIfLasting[row], 1 - (1 - miss) * apartByChance[row]);
  const count = model.sensor.resolution?.parts === "byWidth" ? SHARED_ROWS : 3;
  for (let m = 0; m < MODES; m++) {
    const i = row * MODES + m;
    for (let k = 0; k < DIM; k++) x[k] = tracks.mean[i * DIM + k];
    for (let k = 0; k < COV; k++) cov[k] = tracks.cov[i * COV + k];
    for (let r = 0; r < count; r++) updateRow(x, cov, sharedRows, (SHARED_ROWS * row + r) * ROW);
    for (let k = 0; k < DIM; k++) difference[k] = x[k] - tracks.mean[i * DIM + k];
    for (let k = 0; k < DIM; k++) tracks.mean[i * DIM + k] += share * difference[k];
    for (let k = 0; k < COV; k++) tracks.cov[i * COV + k] += share * (cov[k] - tracks.cov[i * COV + k]);
    addSpread(tracks.cov, i * COV, share * (1 - share), difference, 0);
  }
}

function reserve(tracks: number): void {
  if (likeliest.length < tracks) {
    likeliest = new Float64Array(2 * tracks);
    apartByChance = new Float64Array(2 * tracks);
    apartIfLasting = new Float64Array(2 * tracks);
  }
  likeliest.fill(0, 0, tracks);
  apartByChance.fill(1, 0, tracks);
  apartIfLasting.fill(1, 0, tracks);
}
