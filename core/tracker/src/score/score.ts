import { type Points, pointsBySecond, type TrackLine, type TruthLine } from "./lines.ts";
import { distance, nearPairs, type Pair, pairUp } from "./pairs.ts";

export type ScoreOptions = Readonly<{
  cutoffM: number;
  /** First and last second that GOSPA, OSPA and the SIAP-like figures are means over; continuity runs from the first second of truth. */
  fromS: number;
  toS: number;
  truthClass?: string;
  trackClass?: string;
}>;

/** Names are the reference scorer's, in camel case. `undefined` is a figure that there was nothing to take from. */
export type Score = Readonly<{
  gospa: number;
  gospaPool: number;
  loc: number;
  missed: number;
  false: number;
  ospa: number;
  missedPerSecond: number;
  falsePerSecond: number;
  gospaPerTarget: number;
  locRmse: number | undefined;
  hRmse: number | undefined;
  vRmse: number | undefined;
  completeness: number | undefined;
  spurious: number;
  ambiguity: number | undefined;
  posAcc: number | undefined;
  velAcc: number | undefined;
  idSwitches: number;
  longestSegment: number | undefined;
  idsPerTruth: number | undefined;
  ttft: number | undefined;
  neverTracked: number;
  falseTracksPerHour: number;
  tracks: number;
  truths: number;
  seconds: number;
}>;

/** Which track each truth was held by in each second, by the continuity assignment. */
export type Holds = ReadonlyMap<string, ReadonlyMap<number, string>>;

const NOTHING: Points = { ids: [], posM: new Float64Array(0), velMps: new Float64Array(0) };

/**
 * GOSPA (p = 2, alpha = 2), OSPA, SIAP-like figures, continuity with hysteresis. Continuity favours the pair a truth last had by (c/2)², so
 * that a swap counts only when it is plainly one.
 *
 * @source Rahmathullah et al. (2017) GOSPA; Schuhmacher, Vo & Vo (2008) OSPA; Votruba et al. (2001) SIAP attributes.
 */
export function scoreTracks(
  truth: readonly TruthLine[],
  tracks: readonly TrackLine[],
  options: ScoreOptions,
): { score: Score; holds: Holds } {
  const truthAt = pointsBySecond(truth, options.truthClass);
  const tracksAt = pointsBySecond(tracks, options.trackClass);
  const firstS = Math.min(...(truthAt.size > 0 ? truthAt.keys() : [0]));
  const accuracy = createAccuracy(options.cutoffM);
  const continuity = createContinuity(options.cutoffM);
  for (let t = firstS; t <= options.toS; t++) {
    const x = truthAt.get(t) ?? NOTHING;
    const y = tracksAt.get(t) ?? NOTHING;
    const pairs = pairUp(x, y, options.cutoffM);
    continuity.add(t, x, y, pairs);
    if (t >= options.fromS) accuracy.add(x, y, pairs);
  }
  const seconds = Math.max(1, options.toS - options.fromS + 1);
  const hours = (options.toS - firstS + 1) / 3600;
  const { holds, ...held } = continuity.figures(hours);
  return { score: { ...accuracy.figures(seconds), ...held, seconds }, holds };
}

/** Sums of what accuracy figures are made of, second by second. */
function createAccuracy(c: number) {
  const gospa: number[] = [];
  const ospa: number[] = [];
  const loc: number[] = [];
  const missed: number[] = [];
  const falses: number[] = [];
  const speedErrors: number[] = [];
  let truths = 0;
  let tracks = 0;
  let pairCount = 0;
  let squares = 0;
  let horizontal = 0;
  let vertical = 0;
  let distances = 0;
  let near = 0;
  let spurious = 0;
  let nearest = 0;
  return {
    add(x: Points, y: Points, pairs: readonly Pair[]): void {
      const n = x.ids.length;
      const m = y.ids.length;
      const k = pairs.length;
      const sum = pairs.reduce((total, { distanceM }) => total + distanceM * distanceM, 0);
      loc.push(sum);
      missed.push(((c * c) / 2) * (n - k));
      falses.push(((c * c) / 2) * (m - k));
      gospa.push(Math.sqrt(sum + ((c * c) / 2) * (n + m - 2 * k)));
      const most = Math.max(n, m);
      ospa.push(most === 0 ? 0 : Math.sqrt((sum + c * c * (most - k)) / most));
      truths += n;
      tracks += m;
      pairCount += k;
      squares += sum;
      for (const { i, j, distanceM } of pairs) {
        distances += distanceM;
        const up = x.posM[3 * i + 2] - y.posM[3 * j + 2];
        vertical += up * up;
        horizontal += distanceM * distanceM - up * up;
        const speedError = distance(x.velMps, i, y.velMps, j);
        if (!Number.isNaN(speedError)) speedErrors.push(speedError);
      }
      const closest = closestTruths(x, y, c);
      near += closest.size;
      spurious += m - closest.size;
      nearest += new Set(closest.values()).size;
    },
    figures(seconds: number) {
      const pooled = mean(loc) + mean(missed) + mean(falses);
      return {
        gospa: mean(gospa),
        gospaPool: Math.sqrt(pooled),
        loc: mean(loc),
        missed: mean(missed),
        false: mean(falses),
        ospa: mean(ospa),
        missedPerSecond: mean(missed) / ((c * c) / 2),
        falsePerSecond: mean(falses) / ((c * c) / 2),
        gospaPerTarget: Math.sqrt(pooled / Math.max(1e-9, truths / seconds)),
        locRmse: root(squares, pairCount),
        hRmse: root(horizontal, pairCount),
        vRmse: root(vertical, pairCount),
        completeness: part(pairCount, truths),
        spurious: tracks > 0 ? spurious / tracks : 0,
        ambiguity: part(near, nearest),
        posAcc: part(distances, pairCount),
        velAcc: speedErrors.length > 0 ? mean(speedErrors) : undefined,
      };
    },
  };
}

/** For every track nearer than c to some truth, its nearest truth. */
function closestTruths(x: Points, y: Points, c: number): Map<number, number> {
  const best = new Map<number, Pair>();
  for (const pair of nearPairs(x, y, c)) {
    const known = best.get(pair.j);
    if (!known || pair.distanceM < known.distanceM) best.set(pair.j, pair);
  }
  return new Map([...best].map(([j, { i }]) => [j, i]));
}

/** Who held whom, second by second. */
function createContinuity(c: number) {
  const holds = new Map<string, Map<number, string>>();
  const last = new Map<string, string>();
  const first = new Map<string, number>();
  const start = new Map<string, number>();
  const life = new Map<string, number>();
  const runs = new Map<string, { now: number; longest: number }>();
  const trackLines = new Map<string, number>();
  const trackHeld = new Map<string, number>();
  let switches = 0;
  return {
    add(t: number, x: Points, y: Points, pairs: readonly Pair[]): void {
      for (const id of x.ids) {
        if (!start.has(id)) start.set(id, t);
        count(life, id);
      }
      for (const { i, j } of pairs) {
        const id = x.ids[i];
        if (!first.has(id)) first.set(id, t);
        count(trackHeld, y.ids[j]);
      }
      for (const id of y.ids) count(trackLines, id);
      const favoured = (i: number, j: number): number => (last.get(x.ids[i]) === y.ids[j] ? (c / 2) * (c / 2) : 0);
      for (const { i, j } of pairUp(x, y, c, favoured)) {
        const id = x.ids[i];
        const by = y.ids[j];
        if (last.has(id) && last.get(id) !== by) switches++;
        const run = runs.get(id);
        const now = run && last.get(id) === by ? run.now + 1 : 1;
        runs.set(id, { now, longest: Math.max(now, run?.longest ?? 0) });
        last.set(id, by);
        const held = holds.get(id) ?? new Map<number, string>();
        holds.set(id, held.set(t, by));
      }
    },
    figures(hours: number) {
      const lives = [...life];
      const falseTracks = [...trackLines].filter(([id, lines]) => (trackHeld.get(id) ?? 0) < lines / 2).length;
      return {
        holds,
        idSwitches: switches,
        longestSegment: meanOf(lives.map(([id, seconds]) => (runs.get(id)?.longest ?? 0) / seconds)),
        idsPerTruth: meanOf([...holds.values()].map((held) => new Set(held.values()).size)),
        ttft: meanOf([...first].map(([id, t]) => t - (start.get(id) ?? t))),
        neverTracked: lives.filter(([id]) => !first.has(id)).length,
        falseTracksPerHour: falseTracks / hours,
        tracks: trackLines.size,
        truths: life.size,
      };
    },
  };
}

const count = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const meanOf = (values: readonly number[]): number | undefined => (values.length > 0 ? mean(values) : undefined);
const part = (sum: number, of: number): number | undefined => (of > 0 ? sum / of : undefined);
const root = (sum: number, of: number): number | undefined => (of > 0 ? Math.sqrt(sum / of) : undefined);
