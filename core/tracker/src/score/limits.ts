import { isPosition, secondOf, type TrackLine, type TruthLine } from "./lines.ts";
import type { Holds } from "./score.ts";

/** What the scorer knows of a scenario besides truth: what is protected, where radars stand, what happened when. */
export type ScoreScene = Readonly<{
  protectedM: readonly (readonly [number, number, number])[];
  radarsM: readonly (readonly [number, number])[];
  fromS: number;
  toS: number;
  events: readonly ScoreEvent[];
}>;
export type ScoreEvent = Readonly<{ id: string; kind: string; t0: number; t1: number }>;

/** Hard-limit figures, named as the reference scorer's in camel case; `undefined` where nothing was there to judge. */
export type Limits = Readonly<{
  completenessAfter: number | undefined;
  completenessAfterVis: number | undefined;
  gapMaxS: number | undefined;
  gapMeanS: number | undefined;
  gap1kmS: number | undefined;
  ttftVis: number | undefined;
  rangeFirst: number | undefined;
  neverTrackedVis: number;
  falseDroneTracksPerHour: number;
  groupCountError: number | undefined;
  sameIdHover: number | undefined;
  sameIdNotch: number | undefined;
  sameIdShadow: number | undefined;
  sameIdOutage: number | undefined;
}>;

/** Truth with a detection probability above this counts as visible. */
const VISIBLE_PD = 0.5;
const NEAR_PROTECTED_M = 1000;
const GROUP_REACH_M = 100;

/** Gaps, completeness, false drone tracks, counts and kept identities, from who held whom. */
export function limitFigures(truth: readonly TruthLine[], tracks: readonly TrackLine[], holds: Holds, scene: ScoreScene): Limits {
  const lives = livesOf(truth);
  return {
    ...gapFigures(lives, holds, scene),
    falseDroneTracksPerHour: falseDroneTracks(lives, tracks, holds, scene) / ((scene.toS + 1) / 3600),
    groupCountError: groupCountError(truth, tracks, scene),
    sameIdHover: sameId("hover", lives, holds, scene),
    sameIdNotch: sameId("notch", lives, holds, scene),
    sameIdShadow: sameId("shadow", lives, holds, scene),
    sameIdOutage: sameId("outage", lives, holds, scene),
  };
}

type Lives = ReadonlyMap<string, readonly TruthLine[]>;

function livesOf(truth: readonly TruthLine[]): Lives {
  const lives = new Map<string, TruthLine[]>();
  for (const line of truth) {
    const life = lives.get(String(line.id));
    if (life) life.push(line);
    else lives.set(String(line.id), [line]);
  }
  return lives;
}

const isVisible = (line: TruthLine): boolean => (line.pd ?? 1) > VISIBLE_PD;

function gapFigures(lives: Lives, holds: Holds, scene: ScoreScene) {
  const anyDrone = [...lives.values()].some(([first]) => first?.cls === "drone");
  const total = { held: 0, alive: 0, heldVis: 0, aliveVis: 0 };
  const gaps: number[] = [];
  const nearGaps: number[] = [];
  const delays: number[] = [];
  const ranges: number[] = [];
  let never = 0;
  for (const [id, life] of lives) {
    if (anyDrone && life[0]?.cls !== "drone") continue;
    const held = holds.get(id) ?? new Map<number, string>();
    const walked = walkLife(life, held, scene);
    nearGaps.push(walked.nearGap);
    total.held += walked.held;
    total.alive += walked.alive;
    total.heldVis += walked.heldVis;
    total.aliveVis += walked.aliveVis;
    const firstHeld = Math.min(...held.keys());
    const at = life.find(({ t }) => t === firstHeld);
    if (!at) {
      if (life.filter(isVisible).length >= 5) never++;
      continue;
    }
    gaps.push(walked.gap);
    ranges.push(nearestM(at, scene.protectedM.length > 0 ? scene.protectedM : scene.radarsM));
    const firstVisible = life.find(isVisible);
    if (firstVisible) delays.push(Math.max(0, firstHeld - firstVisible.t));
  }
  return {
    completenessAfter: ratio(total.held, total.alive),
    completenessAfterVis: ratio(total.heldVis, total.aliveVis),
    gapMaxS: gaps.length > 0 ? Math.max(...gaps) : undefined,
    gapMeanS: mean(gaps),
    gap1kmS: scene.protectedM.length > 0 && anyDrone ? Math.max(...nearGaps) : undefined,
    ttftVis: mean(delays),
    rangeFirst: mean(ranges),
    neverTrackedVis: never,
  };
}

/** Counts one truth's seconds and its longest gaps; seconds that are not visible neither lengthen nor end a gap. */
function walkLife(life: readonly TruthLine[], held: ReadonlyMap<number, string>, scene: ScoreScene) {
  const firstHeld = Math.min(...held.keys());
  const firstVisible = life.find(isVisible)?.t;
  const walked = { held: 0, alive: 0, heldVis: 0, aliveVis: 0, gap: 0, nearGap: 0 };
  let gap = 0;
  let nearGap = 0;
  for (const line of life) {
    if (line.t > scene.toS) break;
    const isHeld = held.has(line.t);
    const visible = isVisible(line);
    if (line.t >= firstHeld) {
      walked.alive++;
      if (isHeld) walked.held++;
      if (visible) walked.aliveVis++;
      if (visible && isHeld) walked.heldVis++;
      if (isHeld) gap = 0;
      else if (visible) gap++;
      walked.gap = Math.max(walked.gap, gap);
    }
    if (firstVisible === undefined || line.t < firstVisible || nearestM(line, scene.protectedM) >= NEAR_PROTECTED_M) continue;
    if (isHeld) nearGap = 0;
    else if (visible) nearGap++;
    walked.nearGap = Math.max(walked.nearGap, nearGap);
  }
  return walked;
}

/** Horizontal distance to the nearest of some places. */
function nearestM({ x, y }: TruthLine, places: readonly (readonly number[])[]): number {
  return Math.min(...places.map(([px, py]) => Math.hypot((px ?? 0) - x, (py ?? 0) - y)));
}

/** Tracks that say "drone", or nothing, and hold a drone in fewer than half of the lines that say so. */
function falseDroneTracks(lives: Lives, tracks: readonly TrackLine[], holds: Holds, { toS }: ScoreScene): number {
  const holdsDrone = new Set<string>();
  for (const [id, held] of holds)
    if (lives.get(id)?.[0]?.cls === "drone") for (const [t, by] of held) holdsDrone.add(`${t}/${by}`);
  const lines = new Map<string, { all: number; right: number }>();
  for (const line of tracks) {
    const second = secondOf(line.t);
    if (second === undefined || second > toS || !isPosition(line) || (line.cls ?? "drone") !== "drone") continue;
    const counts = lines.get(String(line.id)) ?? { all: 0, right: 0 };
    const isRight = holdsDrone.has(`${second}/${line.id}`);
    lines.set(String(line.id), { all: counts.all + 1, right: counts.right + (isRight ? 1 : 0) });
  }
  return [...lines.values()].filter(({ all, right }) => right < all / 2).length;
}

function groupCountError(
  truth: readonly TruthLine[],
  tracks: readonly TrackLine[],
  { fromS, toS }: ScoreScene,
): number | undefined {
  const truthAt = bySecond(truth, (line) => line.t);
  const tracksAt = bySecond(tracks.filter(isPosition), (line) => secondOf(line.t));
  const errors: number[] = [];
  for (let t = fromS; t <= toS; t++) {
    const there = truthAt.get(t);
    if (!there) continue;
    let told = 0;
    for (const line of tracksAt.get(t) ?? [])
      if (there.some((one) => Math.hypot(one.x - (line.x ?? 0), one.y - line.y, one.z - line.z) < GROUP_REACH_M))
        told += line.count ?? 1;
    errors.push(Math.abs(told - there.length) / there.length);
  }
  return mean(errors);
}

function bySecond<Line>(lines: readonly Line[], second: (line: Line) => number | undefined): Map<number, Line[]> {
  const groups = new Map<number, Line[]>();
  for (const line of lines) {
    const t = second(line);
    if (t === undefined) continue;
    const group = groups.get(t);
    if (group) group.push(line);
    else groups.set(t, [line]);
  }
  return groups;
}

/**
 * Share of events of a kind after which the same track holds the truth: the one that last held it within [start-10, start+5] is the
 * first to hold it within [end, end+15]. Events with no track before, or within 3 s of the end of life, do not count.
 */
function sameId(kind: string, lives: Lives, holds: Holds, { events }: ScoreScene): number | undefined {
  const kept: boolean[] = [];
  for (const event of events) {
    const life = lives.get(event.id);
    if (event.kind !== kind || !life || event.t1 > (life.at(-1)?.t ?? 0) - 3) continue;
    const held = holds.get(event.id);
    const before = seconds(event.t0 - 10, Math.min(event.t0 + 5, event.t1)).filter((t) => held?.has(t));
    const last = before.at(-1);
    if (last === undefined) continue;
    const after = seconds(event.t1, event.t1 + 15).find((t) => held?.has(t));
    kept.push(after !== undefined && held?.get(after) === held?.get(last));
  }
  return mean(kept.map(Number));
}

const seconds = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => from + k);
const ratio = (sum: number, of: number): number | undefined => (of > 0 ? sum / of : undefined);
const mean = (values: readonly number[]): number | undefined =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : undefined;
