import { type Detections, POINT } from "../looks/detections.ts";
import { layExtent } from "../motion/extent.ts";
import { createGrid, fillGrid, nearInto } from "../pairs/grid.ts";
import type { PreparedLook } from "../prepared-look.ts";
import { COV, DIM, MODES, type TrackStore } from "../store/store.ts";
import type { Workspace } from "../workspace.ts";

/** Who flies with fewer than two others, by weight, is moved by nobody: a swarm begins with three. */
const LEAST_OTHERS = 2;
/** Density (m²/s³) of the acceleration that a swarm's members have in common: 2 m/s², for about a second. */
const SHARED_ACCEL_PSD = 4;
/** Of a plot's error this share is the same for all plots of its look, as variance: what is left of a sensor's misalignment. */
const SAME_ERROR = 1 / 16;
/** Members are alike so many times farther than companions are looked for: a swarm turns as one. */
const REACH = 2;
const REACH_SIGMAS = 3;
/** A track that has a plot less probably than this says nothing of the others. */
const LEAST_MASS = 0.3;

/** The tracks that this look shows: where and how they fly, how far their plots lie from where they were expected, and its variance. */
type Members = {
  count: number;
  row: Int32Array;
  posM: Float64Array;
  velMps: Float64Array;
  innovationM: Float64Array;
  variance: Float64Array;
  /** Part of `variance` that is the plot's. */
  plotVariance: Float64Array;
  mass: Float64Array;
  sinceS: Float64Array;
};

const createMembers = (capacity: number): Members => ({
  count: 0,
  row: new Int32Array(capacity),
  posM: new Float64Array(3 * capacity),
  velMps: new Float64Array(2 * capacity),
  innovationM: new Float64Array(2 * capacity),
  variance: new Float64Array(capacity),
  plotVariance: new Float64Array(capacity),
  mass: new Float64Array(capacity),
  sinceS: new Float64Array(capacity),
});

const members = createMembers(64);
const grid = createGrid();
const box = { x0: 0, x1: 0, y0: 0, y1: 0 };
let found = new Int32Array(64);
/** East, north, and their speeds: what a track is, and what it is moved by. */
const middle = new Float64Array(4);
const shift = new Float64Array(4);

/**
 * Moves every track by what this look shows of those that fly beside it as it does: a swarm's members turn and accelerate together, and what
 * each does for itself is little. The innovations of the others, y with variance V each, are averaged with weights w that fall with distance and
 * with difference of speed; that mean is followed as a target of its own, measured with variance C = 1 / sum(w / V), by the steady gains of the
 * tracking index L² = q dt³ / C: x += alpha y, v += beta y / dt. A track's own plot has no say, so that nothing is counted twice. Answers whether
 * any track was moved.
 *
 * @source Kalata (1984), "The tracking index: a generalized parameter for alpha-beta and alpha-beta-gamma target trackers"; Bar-Shalom,
 * Li & Kirubarajan (2001), section 6.5.3 (gains).
 */
export function moveTogether(work: Workspace, tracks: TrackStore, prepared: PreparedLook): boolean {
  if (prepared.model.sensor.revisitMs === undefined) return false;
  findMembers(work, tracks, prepared);
  if (members.count <= LEAST_OTHERS) return false;
  const reachM = REACH * prepared.settings.companionSigmaM;
  fillGrid(grid, members.posM, members.count, REACH_SIGMAS * reachM);
  let isMoved = false;
  for (let row = 0; row < tracks.count; row++) {
    if (work.isNear[row] === 0) continue;
    middleInto(middle, tracks, row);
    const isInSwarm = findShift(row, reachM, prepared.settings.companionSpeedSigmaMps);
    if (work.missProbability[row] < 1) tracks.inSwarm[row] = isInSwarm ? 1 : 0;
    if (!isInSwarm) continue;
    isMoved = true;
    for (let i = row * MODES; i < (row + 1) * MODES; i++) {
      tracks.mean[i * DIM] += shift[0];
      tracks.mean[i * DIM + 1] += shift[1];
      tracks.mean[i * DIM + 3] += shift[2];
      tracks.mean[i * DIM + 4] += shift[3];
    }
    layExtent(tracks, row);
  }
  return isMoved;
}

/** Leaves in `shift` what a track at `middle` is moved by; false where too few others fly as it does. */
function findShift(row: number, reachM: number, unlikeMps: number): boolean {
  const x = middle[0];
  const y = middle[1];
  const vx = middle[2];
  const vy = middle[3];
  box.x0 = x - REACH_SIGMAS * reachM;
  box.x1 = x + REACH_SIGMAS * reachM;
  box.y0 = y - REACH_SIGMAS * reachM;
  box.y1 = y + REACH_SIGMAS * reachM;
  const n = nearInto(found, grid, box);
  if (n <= LEAST_OTHERS) return false;
  let others = 0;
  let precision = 0;
  let east = 0;
  let north = 0;
  let sinceS = 0;
  let plotVariance = 0;
  for (let a = 0; a < n; a++) {
    const k = found[a];
    if (members.row[k] === row) continue;
    const apartM2 = square(members.posM[3 * k] - x) + square(members.posM[3 * k + 1] - y);
    const unlike = square(members.velMps[2 * k] - vx) + square(members.velMps[2 * k + 1] - vy);
    const weight = members.mass[k] * Math.exp(-apartM2 / (2 * reachM * reachM) - unlike / (4 * unlikeMps * unlikeMps));
    const part = weight / members.variance[k];
    others += weight;
    precision += part;
    east += part * members.innovationM[2 * k];
    north += part * members.innovationM[2 * k + 1];
    sinceS += weight * members.sinceS[k];
    plotVariance += weight * members.plotVariance[k];
  }
  if (others < LEAST_OTHERS) return false;
  const dtS = sinceS / others;
  const index = Math.sqrt((SHARED_ACCEL_PSD * dtS * dtS * dtS) / (1 / precision + (SAME_ERROR * plotVariance) / others));
  const root = (4 + index - Math.sqrt(8 * index + index * index)) / 4;
  const alpha = 1 - root * root;
  const beta = 2 * (2 - alpha) - 4 * root;
  shift[0] = (alpha * east) / precision;
  shift[1] = (alpha * north) / precision;
  shift[2] = (beta * east) / (precision * dtS);
  shift[3] = (beta * north) / (precision * dtS);
  return true;
}

function findMembers({ edges }: Workspace, tracks: TrackStore, { detections: d, look }: PreparedLook): void {
  reserve(tracks.count);
  members.count = 0;
  for (let e = 0, end = 0; e < edges.count; e = end) {
    const row = edges.track[e];
    let mass = 0;
    for (end = e; end < edges.count && edges.track[end] === row; end++)
      if (isPoint(d, edges.detection[end])) mass += edges.marginal[end];
    const sinceS = (look.measuredMs - tracks.measuredMs[row]) / 1000;
    if (tracks.confirmed[row] === 0 || mass < LEAST_MASS || sinceS <= 0) continue;
    const k = members.count++;
    middleInto(middle, tracks, row);
    members.row[k] = row;
    members.mass[k] = mass * tracks.existence[row];
    members.sinceS[k] = sinceS;
    for (let a = 0; a < 2; a++) {
      members.posM[3 * k + a] = middle[a];
      members.velMps[2 * k + a] = middle[2 + a];
      members.innovationM[2 * k + a] = 0;
    }
    members.plotVariance[k] = 0;
    for (let own = e; own < end; own++) {
      const j = edges.detection[own];
      if (!isPoint(d, j)) continue;
      const share = edges.marginal[own] / mass;
      for (let a = 0; a < 2; a++) members.innovationM[2 * k + a] += share * (d.posM[3 * j + a] - middle[a]);
      members.plotVariance[k] += share * levelVariance(d, j);
    }
    members.variance[k] = members.plotVariance[k] + spreadOf(tracks, row);
  }
}

/** A point whose error is its own: what is broadcast, and what another tracker made, errs for long. */
const isPoint = (d: Detections, j: number): boolean => d.shape[j] === POINT && d.axisCount[j] === 3 && d.correlationS[j] === 0;

/** Variance of a plot on the ground, the mean of both directions. */
function levelVariance(d: Detections, j: number): number {
  let sum = 0;
  for (let a = 0; a < 3; a++) sum += d.variance[3 * j + a] * (square(d.axes[9 * j + 3 * a]) + square(d.axes[9 * j + 3 * a + 1]));
  return sum / 2;
}

/** Mean of a track's motions: east, north, and their speeds. */
function middleInto(out: Float64Array, { mean, weight }: TrackStore, row: number): void {
  out.fill(0);
  for (let i = row * MODES; i < (row + 1) * MODES; i++) {
    out[0] += weight[i] * mean[i * DIM];
    out[1] += weight[i] * mean[i * DIM + 1];
    out[2] += weight[i] * mean[i * DIM + 3];
    out[3] += weight[i] * mean[i * DIM + 4];
  }
}

/** Variance of a track's place on the ground about `middle`, the mean of both directions. */
function spreadOf({ mean, cov, weight }: TrackStore, row: number): number {
  let sum = 0;
  for (let i = row * MODES; i < (row + 1) * MODES; i++)
    sum +=
      weight[i] * (cov[i * COV] + cov[i * COV + 3] + square(mean[i * DIM] - middle[0]) + square(mean[i * DIM + 1] - middle[1]));
  return sum / 2;
}

const square = (value: number): number => value * value;

function reserve(tracks: number): void {
  if (found.length >= tracks) return;
  found = new Int32Array(2 * tracks);
  Object.assign(members, createMembers(2 * tracks));
}
