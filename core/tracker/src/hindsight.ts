import { associate } from "./associate.ts";
import { isContested } from "./blend.ts";
import { createCompany, findCompany } from "./company.ts";
import { createDetections, createRows, type Detections, layOutInto, observeInto } from "./detections.ts";
import { clutterDensitiesInto, type PreparedLook } from "./gate.ts";
import { createGrid, fillGrid, nearInto } from "./grid.ts";
import { comparePoint, pointFit } from "./point-fit.ts";
import { type Move, moveOf, moveState } from "./predict.ts";
import type { Context, TrackerState, Workspace } from "./state.ts";
import { COV, DIM, MODES, type TrackStore } from "./store.ts";
import type { TrackerLook, TrackerSensor } from "./types.ts";
import { ROW, updateRow } from "./update-row.ts";

/** A look is decided again, which costs as much as the look, where more than this share of the confirmed tracks is contested. */
const CONTESTED_SHARE = 0.1;
/** Two that cross are no swarm: each of their plots is one of two, and the states are mixed over both. */
const LONELY = 2;
/** A motion less likely than this is not looked ahead for, nor an answer less likely than that. */
const LEAST_WEIGHT = 0.03;
const LEAST_SHARE = 0.001;

/** One answer to "which plot?": how probable it is by this look alone, and the next look's plots that it may give. */
type Outlook = Readonly<{ row: number; edge: number; share: number; chance: number; links: readonly Link[] }>;
/** A plot of the next look with the density, per m³, at which a track's plots lie there. */
type Link = Readonly<{ plot: number; density: number }>;
/** The next look's plots, and per plot the density of newcomers and false alarms there. */
type Ahead = Readonly<{ plots: Detections; unexplained: Float64Array; spreadM2: number; move: Move; gateSquared: number }>;

const plots = createDetections();
const company = createCompany();
const grid = createGrid();
const rows = createRows();
/** A track's motions, or what they are when it has taken a plot. */
const state = { mean: new Float64Array(MODES * DIM), cov: new Float64Array(MODES * COV) };
const weight = new Float64Array(MODES);
const x = new Float64Array(DIM);
const cov = new Float64Array(COV);
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
  if (!isPlain(ahead.plots)) return;
  const outlooks = outlooksOf(context.work, tracks, prepared.detections, ahead);
  const { unexplained } = ahead;
  for (const { share, links } of outlooks) for (const { plot, density } of links) unexplained[plot] += share * density;
  const others = Float64Array.from(unexplained);
  for (let from = 0; from < outlooks.length; ) {
    let to = from;
    while (to < outlooks.length && outlooks[to].row === outlooks[from].row) to++;
    const own = outlooks.slice(from, to);
    for (const { share, links } of own) for (const { plot, density } of links) others[plot] -= share * density;
    const [without, ...taking] = own;
    const stays = without.share / association.missed[without.row];
    const ifWithout = 1 - stays + stays * likelihoodOf(without, others);
    for (const one of taking) edges.odds[one.edge] *= likelihoodOf(one, others) / ifWithout;
    for (const { links } of own) for (const { plot } of links) others[plot] = unexplained[plot];
    from = to;
  }
  const missed = association.missed.slice(0, tracks.count);
  const explained = association.explained.slice(0, prepared.detections.count);
  associate(association, edges, tracks.count, prepared.detections.count);
  association.missed.set(missed);
  association.explained.set(explained);
}

/** The next look counts where every plot is the sensor's whole word on a target. */
const canLookAhead = ({ revisitMs, resolution }: TrackerSensor, { sector }: TrackerLook): boolean =>
  revisitMs !== undefined && resolution === undefined && sector === undefined;

const isPlain = ({ count, isPlainPoint }: Detections): boolean => !isPlainPoint.subarray(0, count).includes(0);

function lookAhead(
  { settings }: Context,
  { tracks }: TrackerState,
  { look, model, learned }: PreparedLook,
  next: TrackerLook,
): Ahead {
  layOutInto(plots, next.detections, model.sensor);
  findCompany(company, tracks, plots, settings);
  const unexplained = new Float64Array(plots.count);
  clutterDensitiesInto(unexplained, model, learned, plots);
  let spreadM2 = 0;
  for (let z = 0; z < plots.count; z++) {
    unexplained[z] = unexplained[z] * (1 + settings.birthRatio) + company.density[z];
    spreadM2 = Math.max(spreadM2, plots.spreadM2[z]);
  }
  if (found.length < plots.count) found = new Int32Array(2 * plots.count);
  fillGrid(grid, plots.posM, plots.count, settings.companionSigmaM);
  const move = moveOf(settings.motions, settings.motionRatesPerS, (next.measuredMs - look.measuredMs) / 1000);
  return { plots, unexplained, spreadM2, move, gateSquared: settings.gateSquared };
}

/** What every track that has a pair may give in the next look: without a plot of this one, then with each. */
function outlooksOf(work: Workspace, tracks: TrackStore, d: Detections, ahead: Ahead): readonly Outlook[] {
  const { edges, association } = work;
  const outlooks: Outlook[] = [];
  for (let e = 0; e < edges.count; ) {
    const row = edges.track[e];
    const first = row * MODES;
    let chance = 0;
    for (let m = 0; m < MODES; m++) {
      weight[m] = tracks.weight[first + m];
      chance += weight[m] * work.detectionProbability[first + m];
    }
    state.mean.set(tracks.mean.subarray(first * DIM, (first + MODES) * DIM));
    state.cov.set(tracks.cov.subarray(first * COV, (first + MODES) * COV));
    const r = tracks.existence[row];
    const stays = r * work.missProbability[row];
    const share = (association.missed[row] * stays) / (1 - r + stays);
    outlooks.push({ row, edge: -1, share, chance, links: linksOf(ahead, chance) });
    for (; e < edges.count && edges.track[e] === row; e++) {
      if (edges.marginal[e] < LEAST_SHARE) continue;
      takeInto(tracks, row, d, edges.detection[e]);
      for (let m = 0; m < MODES; m++) weight[m] = edges.motion[e * MODES + m];
      outlooks.push({ row, edge: e, share: edges.marginal[e], chance, links: linksOf(ahead, chance) });
    }
  }
  return outlooks;
}

/** Leaves every motion of a track, updated by detection `j`, in `state`. */
function takeInto(tracks: TrackStore, row: number, d: Detections, j: number): void {
  for (let m = 0; m < MODES; m++) {
    const i = row * MODES + m;
    for (let k = 0; k < DIM; k++) x[k] = tracks.mean[i * DIM + k];
    for (let k = 0; k < COV; k++) cov[k] = tracks.cov[i * COV + k];
    const n = observeInto(rows, d, j, x);
    for (let r = 0; r < n; r++) updateRow(x, cov, rows, r * ROW);
    state.mean.set(x, m * DIM);
    state.cov.set(cov, m * COV);
  }
}

/** Moves `state` on to the next look and finds the plots that it may give there. */
function linksOf({ plots, spreadM2, move, gateSquared }: Ahead, chance: number): readonly Link[] {
  let east = 0;
  let north = 0;
  let variance = 0;
  for (let m = 0; m < MODES; m++) {
    if (weight[m] <= LEAST_WEIGHT) continue;
    moveState(state.mean, m * DIM, state.cov, m * COV, move.steps[m]);
    east += weight[m] * state.mean[m * DIM];
    north += weight[m] * state.mean[m * DIM + 1];
    variance = Math.max(variance, state.cov[m * COV], state.cov[m * COV + 3]);
  }
  const links: Link[] = [];
  const reachM = Math.sqrt(gateSquared * (variance + spreadM2));
  const n = nearInto(found, grid, { x0: east - reachM, x1: east + reachM, y0: north - reachM, y1: north + reachM });
  for (let k = 0; k < n; k++) {
    let density = 0;
    for (let m = 0; m < MODES; m++)
      if (weight[m] > LEAST_WEIGHT && comparePoint(plots, found[k], state, m, gateSquared))
        density += weight[m] * Math.exp(pointFit.logLikelihood);
    if (density > 0) links.push({ plot: found[k], density: chance * density });
  }
  return links;
}

const likelihoodOf = ({ chance, links }: Outlook, others: Float64Array): number =>
  links.reduce((sum, { plot, density }) => sum + density / others[plot], 1 - chance);
