import { type Detections, POINT } from "../looks/detections.ts";
import { createGrid, fillGrid, type Grid, nearInto } from "../pairs/grid.ts";
import type { TrackerSettings } from "../settings.ts";
import { COV, DIM, MODES, type TrackStore } from "../store/store.ts";

/** Companions fly so many times less far apart in height than on the ground. */
const FLATNESS = 2;
const REACH_SIGMAS = 3;

/**
 * Per detection: how many targets that no track holds yet are expected there per m³ because tracks fly around it, how these fly on
 * average (east, north), and the variance of that.
 */
export type Company = {
  density: Float64Array;
  velMps: Float64Array;
  velVariance: Float64Array;
  /** The greatest part of `density` that one track gives. */
  most: Float64Array;
};

export const createCompany = (capacity = 64): Company => ({
  density: new Float64Array(capacity),
  velMps: new Float64Array(2 * capacity),
  velVariance: new Float64Array(2 * capacity),
  most: new Float64Array(capacity),
});

const grid = createGrid();
const box = { x0: 0, x1: 0, y0: 0, y1: 0 };
let found = new Int32Array(64);

/**
 * What flies together is seldom counted to the last: each track is accompanied, in a look, by `companionRate` targets that no track holds
 * yet, spread normally about it, and they fly as it does. Company begins with two: the track nearest to a detection, whose own plot
 * it may be, counts for nothing, so that what flies alone has none.
 *
 * @source Vo & Ma (2006), "The Gaussian mixture probability hypothesis density filter", eq. 15 (spawned targets).
 */
export function findCompany(company: Company, tracks: TrackStore, d: Detections, settings: TrackerSettings): void {
  if (company.density.length < d.count) Object.assign(company, createCompany(2 * d.count));
  if (found.length < d.count) found = new Int32Array(2 * d.count);
  const { density, velMps, velVariance, most } = company;
  for (const column of [density, velMps, velVariance, most]) column.fill(0);
  const reachM = REACH_SIGMAS * settings.companionSigmaM;
  fillGrid(grid, d.posM, d.count, reachM);
  for (let row = 0; row < tracks.count; row++) {
    if (tracks.confirmed[row] === 0 || !isOver(grid, tracks.extent, row, reachM)) continue;
    const i = likeliestMotion(tracks, row);
    const x = tracks.mean[i * DIM];
    const y = tracks.mean[i * DIM + 1];
    box.x0 = x - reachM;
    box.x1 = x + reachM;
    box.y0 = y - reachM;
    box.y1 = y + reachM;
    const n = nearInto(found, grid, box);
    for (let k = 0; k < n; k++) {
      const j = found[k];
      if (d.shape[j] !== POINT || d.axisCount[j] < 3 || d.correlationS[j] > 0) continue;
      compare(tracks, i, d, j, settings.companionSigmaM);
      const part = settings.companionRate * tracks.existence[row] * compared.perM3;
      density[j] += part;
      most[j] = Math.max(most[j], part);
      for (let a = 0; a < 2; a++) {
        const v = tracks.mean[i * DIM + 3 + a];
        velMps[2 * j + a] += part * v;
        velVariance[2 * j + a] += part * (v * v + tracks.cov[i * COV + 15 + 3 * a]);
      }
    }
  }
  for (let j = 0; j < d.count; j++) {
    if (density[j] === 0) continue;
    for (let a = 2 * j; a < 2 * j + 2; a++) {
      velMps[a] /= density[j];
      velVariance[a] = Math.max(0, velVariance[a] / density[j] - velMps[a] * velMps[a]);
    }
    density[j] = Math.max(0, density[j] - most[j]);
  }
}

/** False for a track that all detections lie farther from than `reachM`. */
const isOver = ({ west, east, south, north }: Grid, extent: Float64Array, row: number, reachM: number): boolean =>
  extent[4 * row] - reachM <= east &&
  extent[4 * row + 1] + reachM >= west &&
  extent[4 * row + 2] - reachM <= north &&
  extent[4 * row + 3] + reachM >= south;

function likeliestMotion({ weight }: TrackStore, row: number): number {
  let top = row * MODES;
  for (let i = top + 1; i < (row + 1) * MODES; i++) if (weight[i] > weight[top]) top = i;
  return top;
}

const compared = { perM3: 0 };

/** Leaves the density at which detection `j` would come from a companion of state `i`, along each of its axes by itself. */
function compare({ mean, cov }: TrackStore, i: number, d: Detections, j: number, sigmaM: number): void {
  const c = i * COV;
  let exponent = 0;
  let volume2 = 1;
  for (let k = 0; k < 3; k++) {
    const a = 9 * j + 3 * k;
    const x = d.axes[a];
    const y = d.axes[a + 1];
    const z = d.axes[a + 2];
    const own =
      x * x * cov[c] +
      y * y * cov[c + 3] +
      z * z * cov[c + 5] +
      2 * (x * y * cov[c + 1] + x * z * cov[c + 2] + y * z * cov[c + 4]);
    const off = d.value[3 * j + k] - (x * mean[i * DIM] + y * mean[i * DIM + 1] + z * mean[i * DIM + 2]);
    const spread = sigmaM * Math.sqrt(x * x + y * y + (z * z) / (FLATNESS * FLATNESS));
    const variance = own + d.variance[3 * j + k] + spread * spread;
    exponent += (off * off) / variance;
    volume2 *= 2 * Math.PI * variance;
  }
  compared.perM3 = Math.exp(-0.5 * exponent) / Math.sqrt(volume2);
}
