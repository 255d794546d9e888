import { CLASS_NAMES, type TrackerClass, type TrackState } from "../types.ts";
import { type Candidate, moveOn } from "./candidate.ts";

/** So many bearings of a finder count for something. */
export const HITS = 4;
/** A pilot stands still: what does not move is placed only when its finders say that an aircraft sends. */
const MOVES_MPS = 4;
const MOVES_SIGMAS = 1.5;

/** A bearing says nothing of height: this is where small drones fly, and how widely. */
const PRIOR_HEIGHT_M = 100;
const PRIOR_HEIGHT_SIGMA_M = 150;
const PRIOR_CLIMB_SIGMA_MPS = 3;
/** However often it is heard, a bearing may be of something else. */
const MOST_EXISTENCE = 0.99;
const EVEN_CLASSES = Object.fromEntries(CLASS_NAMES.map((name) => [name, 1 / CLASS_NAMES.length])) as Record<
  TrackerClass,
  number
>;

/** A candidate as a track at `nowMs`; `bias` is what constant errors add to its place, [ee, en, nn] m². */
export function trackOf(candidate: Candidate, bias: readonly number[], confirmed: boolean, nowMs: number): TrackState {
  const ahead = { ...candidate };
  moveOn(ahead, nowMs);
  const [ee, en, nn, eve, evn, nve, nvn, vee, ven, vnn] = ahead.cov;
  const [h, c] = [PRIOR_HEIGHT_SIGMA_M * PRIOR_HEIGHT_SIGMA_M, PRIOR_CLIMB_SIGMA_MPS * PRIOR_CLIMB_SIGMA_MPS];
  return {
    serial: candidate.id,
    posEnuM: [ahead.mean[0], ahead.mean[1], PRIOR_HEIGHT_M],
    velEnuMps: [ahead.mean[2], ahead.mean[3], 0],
    covariance: Float64Array.from([
      ...[ee + bias[0], en + bias[1], 0, eve, evn, 0],
      ...[en + bias[1], nn + bias[2], 0, nve, nvn, 0],
      ...[0, 0, h, 0, 0, 0],
      ...[eve, nve, 0, vee, ven, 0],
      ...[evn, nvn, 0, ven, vnn, 0],
      ...[0, 0, 0, 0, 0, c],
    ]),
    existence: Math.min(MOST_EXISTENCE, 1 / (1 + Math.exp(-candidate.llr))),
    confirmed,
    firstMs: candidate.firstMs,
    measuredMs: newestMs(candidate),
    heightKnown: false,
    classProbabilities: EVEN_CLASSES,
    contributions: [...candidate.heard].map(([sensor, { aircraft: _, ...heard }]) => ({ sensor, ...heard })),
    claims: [],
  };
}

/** Does it move, or do its finders say that an aircraft sends? */
export function isAircraft({ mean, cov, heard }: Candidate): boolean {
  const said = [...heard.values()].reduce((sum, { aircraft }) => sum + aircraft, 0);
  if (said >= HITS) return true;
  const speedMps = Math.sqrt(mean[2] * mean[2] + mean[3] * mean[3]);
  return speedMps > MOVES_MPS && speedMps > MOVES_SIGMAS * largestSigma(cov[7], cov[8], cov[9]);
}

/** The longer half axis of a covariance's ellipse. */
function largestSigma(ee: number, en: number, nn: number): number {
  const half = (ee - nn) / 2;
  return Math.sqrt((ee + nn) / 2 + Math.sqrt(half * half + en * en));
}

export const newestMs = ({ heard }: Candidate): number => Math.max(...[...heard.values()].map(({ lastMs }) => lastMs));

export const hitsOf = ({ heard }: Candidate): number => [...heard.values()].reduce((sum, { hits }) => sum + hits, 0);
