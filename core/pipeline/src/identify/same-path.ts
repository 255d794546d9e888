import { type ClaimRecord, LATEST_S, PATH } from "./claim-record.ts";
import { ANYWHERE_M, logLikelihoodOfFlight } from "./flown-path.ts";
import { createSquare, inverseInto, logDensity, type Square } from "./normal-density.ts";
import { PLOT, type Trail } from "./trails.ts";

/** Standard deviation of an honest sender's constant error of place: a datum, a home point, a barometer. */
const OFFSET_SIGMA_M = 50;
/** How much rarer a sender is for each second that it is told late. */
const RARER_PER_S = 0.7;
/** And of the rate at which it wanders: a satellite receiver's error lives for some ten seconds. */
const WANDER_MPS = 1.2;
/** Standard deviation of a stranger's velocity against the sender's, along each axis. */
const STRANGER_MPS = 12;

/** Strangers are counted this far around, and are thought to be at least so many there. */
export const AROUND_M = 1000;
const LEAST_AROUND = 2;

/** How many objects there are to a square metre where so many are known around. */
export const strangersPerM2 = (around: number): number => Math.max(LEAST_AROUND, around) / (Math.PI * AROUND_M * AROUND_M);

const LATE_STEP_S = 2;

/** So much of a path is compared, no less than this of it, and not across a longer gap in what was told. */
const COMPARED_MS = 16_000;
const LEAST_MS = 3000;
const LEAST_PLOTS = 4;
const GAP_MS = 3500;

const information = createSquare(4);
const covariance = createSquare(4);
const same = createSquare(4);
const other = createSquare(2);
const estimate = new Float64Array(4);

/**
 * Log-likelihood ratio of an object being the sender, whose told path is its own but for a constant offset and a constant delay, against
 * its being a stranger of which there are `perM2` about: at the delay that serves the sender best. `undefined` while too little of both paths is
 * known.
 *
 * For each delay τ the offsets d(t) = plot(t) − told(t + τ) are fitted with o + s·t by least squares; with estimate θ and its covariance C,
 * llr = ln N(θ; 0, C + diag(σo², σo², σw², σw²)) − ln(perM2 · N(θs; 0, Cs + σv² I)).
 *
 * @source Kass & Raftery (1995), "Bayes factors", section 3 (linear models with normal priors).
 */
export function samePathLlr({ path, places }: ClaimRecord, trail: Trail | undefined, perM2: number): number | undefined {
  if (!trail || trail.length < LEAST_PLOTS * PLOT) return undefined;
  const sigmaM = places[0]?.sigmaM ?? 0;
  const toldM2 = roughnessM2(path, sigmaM * sigmaM);
  let best: number | undefined;
  for (let lateS = 0; lateS <= LATEST_S; lateS += LATE_STEP_S) {
    const llr = llrAt(path, trail, lateS * 1000, toldM2, perM2);
    if (llr !== undefined) best = Math.max(best ?? Number.NEGATIVE_INFINITY, llr - RARER_PER_S * lateS);
  }
  return best;
}

/** Told places come a second apart; so unevenly they may, to be compared with a path of steady acceleration. */
const STEP_MS = 1500;
/** The stated variance counts as so many differences. */
const STATED_DIFFERENCES = 2;
/** Of white noise of variance 1, that of x(t + 3) − 3·x(t + 2) + 3·x(t + 1) − x(t). */
const THIRD_DIFFERENCE = 20;

/**
 * Variance of what is new in each told place, m²: by the third differences of the path, which flight hardly has; at most the stated one. What a sender
 * states holds the error that stays too, which is an offset, and the one that wanders.
 */
function roughnessM2(path: readonly number[], statedM2: number): number {
  let [sum, count] = [STATED_DIFFERENCES * statedM2, STATED_DIFFERENCES];
  for (let at = 3 * PATH; at < path.length; at += PATH) {
    if ((path[at] as number) - (path[at - 3 * PATH] as number) > 3 * STEP_MS) continue;
    for (const axis of [1, 2]) {
      const told = (ago: number): number => path[at - ago * PATH + axis] as number;
      const difference = told(0) - 3 * told(1) + 3 * told(2) - told(3);
      sum += (difference * difference) / THIRD_DIFFERENCE;
      count++;
    }
  }
  return Math.min(statedM2, sum / count);
}

/** A delay is known to a second where the path as it was flown is. */
const FLOWN_STEP_S = 1;

/**
 * The same, by the whole paths as they were flown, with all that was seen of the object before the broadcast: for whom drift alone leaves open. It takes a
 * hundred times longer. With trail X and told path Y, llr = ln p(X, Y) − ln p(X) − ln p(Y) − ln(perM2 / density of a place that may be anywhere).
 */
export function flownPathLlr({ path, places }: ClaimRecord, trail: Trail, perM2: number): number {
  const sigmaM = places[0]?.sigmaM ?? 0;
  const told = { toldM2: roughnessM2(path, sigmaM * sigmaM), offsetSigmaM: OFFSET_SIGMA_M };
  let best = Number.NEGATIVE_INFINITY;
  for (let lateS = 0; lateS <= LATEST_S; lateS += FLOWN_STEP_S)
    best = Math.max(best, logLikelihoodOfFlight({ trail, path, lateMs: lateS * 1000, ...told }) - RARER_PER_S * lateS);
  const apart = logLikelihoodOfFlight({ trail, lateMs: 0, ...told }) + logLikelihoodOfFlight({ path, lateMs: 0, ...told });
  return best - apart - Math.log(perM2 * 2 * Math.PI * ANYWHERE_M * ANYWHERE_M);
}

function llrAt(path: readonly number[], trail: Trail, lateMs: number, toldM2: number, perM2: number): number | undefined {
  if (!fit(path, trail, lateMs, toldM2)) return undefined;
  return logDensity(withPrior(same), estimate, 0) - Math.log(perM2) - logDensity(strangersInto(other), estimate, 2);
}

/** Fits offset and drift of a trail from a path that is told so late into `estimate` and `covariance`; false where there is too little. */
function fit(path: readonly number[], trail: Trail, lateMs: number, toldM2: number): boolean {
  const newestMs = path.at(-PATH) ?? 0;
  sums.fill(0);
  let [count, fromMs, toMs, at] = [0, 0, 0, path.length - 2 * PATH];
  for (let plot = trail.length - PLOT; plot >= 0 && at >= 0; plot -= PLOT) {
    const toldMs = (trail[plot] as number) + lateMs;
    if (newestMs - toldMs > COMPARED_MS) break;
    if (toldMs > newestMs) continue;
    while (at >= 0 && (path[at] as number) > toldMs) at -= PATH;
    if (at < 0) break;
    const beforeMs = path[at] as number;
    const spanMs = (path[at + PATH] as number) - beforeMs;
    if (spanMs > GAP_MS) continue;
    const share = (toldMs - beforeMs) / spanMs;
    if (count === 0) toMs = toldMs;
    count++;
    fromMs = toldMs;
    const east = (trail[plot + 1] as number) - between(path, at + 1, share);
    const north = (trail[plot + 2] as number) - between(path, at + 2, share);
    addOffset(trail, plot + 3, toldM2, (toldMs - newestMs + COMPARED_MS / 2) / 1000, east, north);
  }
  return count >= LEAST_PLOTS && toMs - fromMs >= LEAST_MS && solve();
}

/** Σ W tⁿ for n = 0, 1, 2, each as ee, en, nn, and Σ W d tⁿ for n = 0, 1, where W is the inverse covariance of an offset d at time t. */
const sums = new Float64Array(13);

function addOffset(trail: Trail, at: number, toldM2: number, tS: number, east: number, north: number): void {
  const ee = (trail[at] as number) + toldM2;
  const en = trail[at + 1] as number;
  const nn = (trail[at + 2] as number) + toldM2;
  const perDet = 1 / (ee * nn - en * en);
  const [wee, wen, wnn] = [nn * perDet, -en * perDet, ee * perDet];
  const [we, wn] = [wee * east + wen * north, wen * east + wnn * north];
  let power = 1;
  for (let n = 0; n < 3; n++, power *= tS) {
    (sums[3 * n] as number) += power * wee;
    (sums[3 * n + 1] as number) += power * wen;
    (sums[3 * n + 2] as number) += power * wnn;
    if (n === 2) continue;
    (sums[9 + 2 * n] as number) += power * we;
    (sums[10 + 2 * n] as number) += power * wn;
  }
}

/** Solves the normal equations of o + s·t. */
function solve(): boolean {
  for (let i = 0; i < 4; i++)
    for (let k = 0; k < 4; k++) information.cells[4 * i + k] = sums[3 * ((i >> 1) + (k >> 1)) + (i & 1) + (k & 1)] as number;
  if (!inverseInto(covariance, information)) return false;
  for (let i = 0; i < 4; i++) {
    let sum = 0;
    for (let k = 0; k < 4; k++) sum += (covariance.cells[4 * i + k] as number) * (sums[9 + k] as number);
    estimate[i] = sum;
  }
  return true;
}

function withPrior(out: Square): Square {
  out.cells.set(covariance.cells);
  for (let i = 0; i < 4; i++) (out.cells[5 * i] as number) += i < 2 ? OFFSET_SIGMA_M * OFFSET_SIGMA_M : WANDER_MPS * WANDER_MPS;
  return out;
}

function strangersInto(out: Square): Square {
  for (let i = 0; i < 2; i++)
    for (let k = 0; k < 2; k++)
      out.cells[2 * i + k] = (covariance.cells[4 * (i + 2) + k + 2] as number) + (i === k ? STRANGER_MPS * STRANGER_MPS : 0);
  return out;
}

/** Between a path's coordinate at an index and the same of its next point. */
function between(path: readonly number[], at: number, share: number): number {
  const before = path[at] as number;
  return before + share * ((path[at + PATH] as number) - before);
}
