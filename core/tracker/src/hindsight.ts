import { associate } from "./associate.ts";
import { isContested } from "./blend.ts";
import { clutterDensitiesInto } from "./clutter-density.ts";
import { createCompany, findCompany } from "./company.ts";
import { createDetections, type Detections, layOutInto } from "./detections.ts";
import type { PreparedLook } from "./gate.ts";
import { createGrid, fillGrid, nearInto } from "./grid.ts";
import { createRows } from "./observe.ts";
import { addLink, addOutlook, addShares, createOutlooks, type Outlooks } from "./outlooks.ts";
import { comparePoint, pointFit, timeSpreadM2 } from "./point-fit.ts";
import { type Move, moveOf, moveState } from "./predict.ts";
import { type Context, placeOf, type TrackerState, type Workspace } from "./state.ts";
import { COV, DIM, MODES, type TrackStore } from "./store.ts";
import { measureInto } from "./time-error.ts";
import type { TrackerLook, TrackerSensor } from "./types.ts";
import { ROW, updateRow } from "./update-row.ts";

/** A look is decided again, which costs as much as the look, where more than this share of the confirmed tracks is contested. */
const CONTESTED_SHARE = 0.1;
/** Two that cross are no swarm: each of their plots is one of two, and the states are mixed over both. */
const LONELY = 2;
/** A motion less likely than this is not looked ahead for, nor an answer less likely than that. */
const LEAST_WEIGHT = 0.03;
const LEAST_SHARE = 0.001;

/** How the next look is looked for: its plots' greatest variance, the way there, and the gate. */
type Ahead = Readonly<{ spreadM2: number; move: Move; gateSquared: number }>;

/** The next look's plots, per plot the density of newcomers and false alarms there, and that of all but one track's plots. */
const plots = createDetections();
let unexplained = new Float64Array(64);
let others = new Float64Array(64);
const outlooks = createOutlooks();
/** What association found by this look alone. */
const alone = { missed: new Float64Array(64), explained: new Float64Array(64) };
const company = createCompany();
const grid = createGrid();
const rows = createRows();
/** A track's motions, or what they are when it has taken a plot. */
const state = { mean: new Float64Array(MODES * DIM), cov: new Float64Array(MODES * COV) };
const weight = new Float64Array(MODES);
const x = new Float64Array(DIM);
const cov = new Float64Array(COV);
const box = { x0: 0, x1: 0, y0: 0, y1: 0 };
let found = new Int32Array(64);

/**
 * True when the sensor's next look is worth waiting for: many of the confirmed tracks may each have given several plots that may be
 * another's, where tracks fly together. A sensor whose plots merge says less by its next look than is thought here.
 */
export function isUndecided({ edges, company: around }: Workspace, tracks: TrackStore, prepared: PreparedLook): boolean {
  if (!canLookAhead(prepared.model.sensor, prepared.look) || !isPlain(prepared.detections)) return false;
  let confirmed = 0;
  for (let row = 0; row < tracks.count; row++) confirmed += tracks.confirmed[row];
  let contested = 0;
  let last = -1;
  for (let e = 0; e < edges.count; e++) {
    const row = edges.track[e];
    const j = edges.detection[e];
    if (row === last || tracks.confirmed[row] === 0 || around.density[j] <= prepared.clutter[j] || !isContested(edges, e))
      continue;
    contested++;
    last = row;
  }
  return contested > Math.max(LONELY, CONTESTED_SHARE * confirmed);
}

/**
 * Weighs a look's pairs by what the sensor's next look says of each: their odds are multiplied by the likelihood of the next look if the
 * track goes on with this plot, against that if it goes on without one, L = 1 - pD + sum_z pD p(z) / (lambda(z) + D(z)), where lambda is
 * the density of newcomers and false alarms and D that of all other tracks' plots, over all their answers. Existence stays as this look
 * alone gives it: the next one counts when it is taken.
 *
 * @source Poore (1994), "Multidimensional assignment formulation of data association problems arising from multitarget and multisensor
 * tracking"; of its window of looks the second is taken by its marginals instead of jointly.
 */
export function weighByNext(context: Context, state: TrackerState, prepared: PreparedLook, next: TrackerLook): void {
  const { edges, association } = context.work;
  const { tracks } = state;
  if (!canLookAhead(prepared.model.sensor, next)) return;
  const ahead = lookAhead(context, state, prepared, next);
  if (!isPlain(plots)) return;
  findOutlooks(context.work, tracks, prepared.detections, ahead);
  addShares(unexplained, outlooks, 0, outlooks.count, 1);
  for (let z = 0; z < plots.count; z++) others[z] = unexplained[z];
  for (let from = 0, to = 0; from < outlooks.count; from = to) {
    while (to < outlooks.count && outlooks.row[to] === outlooks.row[from]) to++;
    addShares(others, outlooks, from, to, -1);
    const stays = outlooks.share[from] / association.missed[outlooks.row[from]];
    const ifWithout = 1 - stays + stays * likelihoodOf(outlooks, from);
    for (let a = from + 1; a < to; a++) edges.odds[outlooks.edge[a]] *= likelihoodOf(outlooks, a) / ifWithout;
    for (let l = outlooks.start[from]; l < outlooks.start[to]; l++) others[outlooks.plot[l]] = unexplained[outlooks.plot[l]];
  }
  const { count } = prepared.detections;
  if (alone.missed.length < tracks.count) alone.missed = new Float64Array(2 * tracks.count);
  if (alone.explained.length < count) alone.explained = new Float64Array(2 * count);
  for (let row = 0; row < tracks.count; row++) alone.missed[row] = association.missed[row];
  for (let j = 0; j < count; j++) alone.explained[j] = association.explained[j];
  associate(association, edges, tracks.count, count);
  for (let row = 0; row < tracks.count; row++) association.missed[row] = alone.missed[row];
  for (let j = 0; j < count; j++) association.explained[j] = alone.explained[j];
}

/** The next look counts where every plot is the sensor's whole word on a target. */
const canLookAhead = ({ revisitMs, resolution }: TrackerSensor, { sector }: TrackerLook): boolean =>
  revisitMs !== undefined && resolution === undefined && sector === undefined;

function isPlain({ count, isPlainPoint }: Detections): boolean {
  for (let j = 0; j < count; j++) if (isPlainPoint[j] === 0) return false;
  return true;
}

function lookAhead(
  { settings, slots, work }: Context,
  { tracks }: TrackerState,
  { look, model, learned }: PreparedLook,
  next: TrackerLook,
): Ahead {
  layOutInto(plots, next.detections, model.sensor, next.measuredSigmaMs, placeOf(slots));
  findCompany(company, tracks, plots, settings);
  reserve(plots.count);
  clutterDensitiesInto(unexplained, model, learned, plots);
  let spreadM2 = 0;
  for (let z = 0; z < plots.count; z++) {
    unexplained[z] = unexplained[z] * (1 + settings.birthRatio) + company.density[z];
    spreadM2 = Math.max(spreadM2, plots.spreadM2[z]);
  }
  fillGrid(grid, plots.posM, plots.count, settings.companionSigmaM);
  const dtS = (next.measuredMs - look.measuredMs) / 1000;
  const move = dtS === work.move.dtS ? work.move : moveOf(settings.motions, settings.motionRatesPerS, dtS);
  return { spreadM2, move, gateSquared: settings.gateSquared };
}

function reserve(count: number): void {
  if (found.length >= count) return;
  found = new Int32Array(2 * count);
  unexplained = new Float64Array(2 * count);
  others = new Float64Array(2 * count);
}

/** Finds what every track that has a pair may give in the next look: without a plot of this one, then with each. */
function findOutlooks(work: Workspace, tracks: TrackStore, d: Detections, ahead: Ahead): void {
  const { edges, association } = work;
  outlooks.count = 0;
  for (let e = 0; e < edges.count; ) {
    const row = edges.track[e];
    const first = row * MODES;
    let chance = 0;
    for (let m = 0; m < MODES; m++) {
      weight[m] = tracks.weight[first + m];
      chance += weight[m] * work.detectionProbability[first + m];
    }
    for (let k = 0; k < MODES * DIM; k++) state.mean[k] = tracks.mean[first * DIM + k];
    for (let k = 0; k < MODES * COV; k++) state.cov[k] = tracks.cov[first * COV + k];
    const r = tracks.existence[row];
    const stays = r * work.missProbability[row];
    const a = addOutlook(outlooks);
    outlooks.row[a] = row;
    outlooks.chance[a] = chance;
    outlooks.share[a] = (association.missed[row] * stays) / (1 - r + stays);
    findLinks(ahead, a);
    for (; e < edges.count && edges.track[e] === row; e++) {
      if (edges.marginal[e] < LEAST_SHARE) continue;
      takeInto(tracks, row, d, edges.detection[e]);
      for (let m = 0; m < MODES; m++) weight[m] = edges.motion[e * MODES + m];
      const b = addOutlook(outlooks);
      outlooks.row[b] = row;
      outlooks.edge[b] = e;
      outlooks.chance[b] = chance;
      outlooks.share[b] = edges.marginal[e];
      findLinks(ahead, b);
    }
  }
}

/** Leaves every motion of a track, updated by detection `j`, in `state`. */
function takeInto(tracks: TrackStore, row: number, d: Detections, j: number): void {
  for (let m = 0; m < MODES; m++) {
    const i = row * MODES + m;
    for (let k = 0; k < DIM; k++) x[k] = tracks.mean[i * DIM + k];
    for (let k = 0; k < COV; k++) cov[k] = tracks.cov[i * COV + k];
    const n = measureInto(rows, d, j, x, cov);
    for (let r = 0; r < n; r++) updateRow(x, cov, rows, r * ROW);
    for (let k = 0; k < DIM; k++) state.mean[m * DIM + k] = x[k];
    for (let k = 0; k < COV; k++) state.cov[m * COV + k] = cov[k];
  }
}

/** Moves `state` on to the next look and adds the plots that answer `a` may give there. */
function findLinks({ spreadM2, move, gateSquared }: Ahead, a: number): void {
  let east = 0;
  let north = 0;
  let variance = 0;
  for (let m = 0; m < MODES; m++) {
    if (weight[m] <= LEAST_WEIGHT) continue;
    moveState(state.mean, m * DIM, state.cov, m * COV, move.steps[m]);
    east += weight[m] * state.mean[m * DIM];
    north += weight[m] * state.mean[m * DIM + 1];
    const lateM2 = plots.timeVarianceS2 > 0 ? timeSpreadM2(plots, state, m) : 0;
    variance = Math.max(variance, state.cov[m * COV] + lateM2, state.cov[m * COV + 3] + lateM2);
  }
  const reachM = Math.sqrt(gateSquared * (variance + spreadM2));
  box.x0 = east - reachM;
  box.x1 = east + reachM;
  box.y0 = north - reachM;
  box.y1 = north + reachM;
  const n = nearInto(found, grid, box);
  for (let k = 0; k < n; k++) {
    let density = 0;
    for (let m = 0; m < MODES; m++)
      if (weight[m] > LEAST_WEIGHT && comparePoint(plots, found[k], state, m, gateSquared))
        density += weight[m] * Math.exp(pointFit.logLikelihood);
    if (density > 0) addLink(outlooks, found[k], outlooks.chance[a] * density);
  }
}

/** How likely the next look is after an answer: L of {@link weighByNext}. */
function likelihoodOf({ chance, start, plot, density }: Outlooks, a: number): number {
  let likelihood = 1 - chance[a];
  for (let l = start[a]; l < start[a + 1]; l++) likelihood += density[l] / others[plot[l]];
  return likelihood;
}
