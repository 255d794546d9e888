import { basename, dirname } from "node:path";
import type { ScenarioScore } from "../apps/cli/src/score.ts";

/** What the reference scorer alone works out: lead time, warnings and the truth test, by its own names. */
export type Extra = Readonly<Record<string, number | null | undefined>>;

/**
 * One run of one tracker over one scenario: time a look, and for all looks of a second. The peer takes all radars of a second as one look where they
 * look together, ours takes each by itself: only the time of a second compares.
 */
export type Run = Readonly<{
  score: ScenarioScore;
  extra: Extra;
  meanMs: number;
  p95Ms: number;
  secondMs: number;
  peakMb: number;
}>;
export type Runs = Readonly<{ ours: Run[]; peer: Run[] }>;
type Goal = Readonly<{ perfect: number; stoneSoup: number; ratio: number; stated?: number; speed?: number }>;

/**
 * The bench's goals: the ratio to the peer, what it is to, and the ratio of times; beside them what perfect association and the best of Stone
 * Soup's trackers reach. In S5 and S5b the peer of the same run knows every look measured by a
 * second, however late it came, so that the goal is to the stated mean of a peer that does not.
 */
const GOALS: Readonly<Record<string, Goal>> = {
  S1: { perfect: 14.8, stoneSoup: 15.9, ratio: 1 },
  S2: { perfect: 12.7, stoneSoup: 13.3, ratio: 1 },
  S3: { perfect: 78.3, stoneSoup: 84.2, ratio: 1 },
  S4: { perfect: 85.5, stoneSoup: 125.7, ratio: 0.95 },
  S4m: { perfect: 91.6, stoneSoup: 160.6, ratio: 0.9 },
  S5: { perfect: 65, stoneSoup: 77.2, ratio: 0.93, stated: 76 },
  S5b: { perfect: 66.8, stoneSoup: 74.1, ratio: 0.97, stated: 71.9 },
  S6: { perfect: 93.2, stoneSoup: 106.3, ratio: 0.98 },
  S7: { perfect: 664, stoneSoup: 762, ratio: 1, speed: 0.55 },
  S9: { perfect: 76, stoneSoup: 83.8, ratio: 0.92 },
  S10: { perfect: 22.2, stoneSoup: 36.1, ratio: 0.88 },
};

type Limit = Readonly<{ name: string; of: (run: Run) => number | null | undefined; most?: number; least?: number }>;
const extra =
  (name: string) =>
  (run: Run): number | null | undefined =>
    run.extra[name];
const GAP: Limit = { name: "gap s", of: ({ score }) => score.gapMaxS, most: 5 };
const FALSE: Limit = { name: "false/h", of: ({ score }) => score.falseTracksPerHour, most: 30 };
const FALSE_DRONES: Limit = { name: "false drones/h", of: ({ score }) => score.falseDroneTracksPerHour };

/** The limits that every seed must keep. */
const LIMITS: Readonly<Record<string, readonly Limit[]>> = {
  S1: [GAP, FALSE],
  S2: [GAP, FALSE],
  S3: [GAP, FALSE, { name: "complete", of: ({ score }) => score.completenessAfter, least: 0.98 }],
  S4: [
    { name: "switches", of: ({ score }) => score.idSwitches, most: 290 },
    { ...GAP, most: 10 },
  ],
  S4m: [
    { name: "count error", of: ({ score }) => score.groupCountError, most: 0.04 },
    { ...GAP, most: 15 },
  ],
  S5b: [
    { name: "spoofs caught", of: extra("spoof_catch_rate"), least: 1 },
    { name: "catch s", of: extra("spoof_catch_s"), most: 20 },
    { name: "honest contradicted", of: extra("genuine_contradicted_rate"), most: 0 },
    { ...FALSE, most: 10 },
  ],
  S6: [
    { name: "drones only", of: ({ score }) => score.gospaDrones, most: 42 },
    { ...FALSE_DRONES, most: 50 },
  ],
  S7: [
    { ...FALSE, most: 600 },
    { name: "first s", of: ({ score }) => score.ttft, most: 2.7 },
    { name: "ms", of: ({ meanMs }) => meanMs, most: 10 },
    { name: "p95 ms", of: ({ p95Ms }) => p95Ms, most: 20 },
    { name: "MB", of: ({ peakMb }) => peakMb, most: 250 },
  ],
  S9: [
    { name: "same id hover", of: ({ score }) => score.sameIdHover, least: 0.7 },
    { name: "same id outage", of: ({ score }) => score.sameIdOutage, least: 0.8 },
    { name: "complete", of: ({ score }) => score.completenessAfterVis, least: 0.975 },
    { ...GAP, most: 7 },
    { name: "gap 1 km s", of: ({ score }) => score.gap1kmS, most: 1 },
  ],
  S10: [
    { name: "lead", of: extra("lead_fraction"), least: 0.92 },
    { name: "unwarned", of: extra("warn_missed"), most: 0 },
    { name: "gap 1 km s", of: ({ score }) => score.gap1kmS, most: 3 },
    FALSE,
  ],
  S11: [{ ...FALSE_DRONES, most: 2 }],
};

/** The scenario's kind with its size or its origin: its folder's name without the seed. */
export const groupOf = (dir: string): string =>
  dirname(dir).endsWith("S8-sweep")
    ? `S8-${basename(dir)}`
    : basename(dir)
        .replace(/-[abc]$/, "")
        .replace(/-(like|lied)\d+$/, "-$1");

export const kindOf = (dir: string): string => groupOf(dir).split("-")[0] ?? "";
export const fileNameOf = (dir: string): string => (dirname(dir).endsWith("S8-sweep") ? `S8-${basename(dir)}` : basename(dir));

/** A Markdown table, one row a kind of scenario. */
export function tableOf(groups: ReadonlyMap<string, Runs>): string {
  const head = [
    "scenario",
    "n",
    "GOSPA",
    "peer",
    "ratio",
    "goal",
    "perfect",
    "Stone Soup",
    "limits (worst seed)",
    "missed",
    "false",
  ];
  head.push("switches", "longest", "false/h", "first s", "rmse m", "ms a look", "p95", "ms/s", "peer ms/s", "time", "MB");
  const rows = [...groups].map(([group, runs]) => [
    group,
    String(runs.ours.length),
    ...goalCells(group, runs),
    ...plainCells(runs, GOALS[group.split("-")[0] ?? ""]?.speed),
  ]);
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function goalCells(group: string, { ours, peer }: Runs): string[] {
  const kind = group.split("-")[0] ?? "";
  const goal = GOALS[kind];
  const against = goal?.stated ?? mean(peer.map(({ score }) => score.gospa));
  const ratio = mean(ours.map(({ score }) => score.gospa)) / against;
  const limits = (LIMITS[kind] ?? []).map((limit) => limitCell(limit, ours));
  return [
    meanAndError(ours.map(({ score }) => score.gospa)),
    meanAndError(peer.map(({ score }) => score.gospa)) + (goal?.stated === undefined ? "" : ` (stated ${goal.stated})`),
    Number.isFinite(ratio) ? ratio.toFixed(3) : "–",
    goal ? `≤ ${goal.ratio}${Number.isFinite(ratio) ? mark(ratio <= goal.ratio) : ""}` : "–",
    String(goal?.perfect ?? "–"),
    String(goal?.stoneSoup ?? "–"),
    limits.join(", ") || "–",
  ];
}

/** The worst seed's figure, and whether it keeps the limit. */
function limitCell({ name, of, most, least }: Limit, runs: readonly Run[]): string {
  const values = runs.map(of).filter((value) => typeof value === "number");
  if (values.length === 0) return `${name} –`;
  const worst = least === undefined ? Math.max(...values) : Math.min(...values);
  return `${name} ${Number(worst.toPrecision(3))}${mark(least === undefined ? worst <= (most ?? 0) : worst >= least)}`;
}

const mark = (isMet: boolean): string => (isMet ? " ✓" : " ✗");

function plainCells({ ours, peer }: Runs, speed: number | undefined): string[] {
  const time = mean(ours.map(({ secondMs }) => secondMs)) / mean(peer.map(({ secondMs }) => secondMs));
  const goal = speed === undefined ? "" : ` (≤ ${speed}${mark(time <= speed)})`;
  const of = (name: keyof ScenarioScore): string =>
    meanAndError(ours.map(({ score }) => score[name]).filter((value) => value !== undefined));
  return [
    of("missed"),
    of("false"),
    of("idSwitches"),
    of("longestSegment"),
    of("falseTracksPerHour"),
    of("ttft"),
    of("locRmse"),
    meanAndError(ours.map(({ meanMs }) => meanMs)),
    meanAndError(ours.map(({ p95Ms }) => p95Ms)),
    meanAndError(ours.map(({ secondMs }) => secondMs)),
    meanAndError(peer.map(({ secondMs }) => secondMs)),
    Number.isFinite(time) ? time.toFixed(2) + goal : "–",
    meanAndError(ours.map(({ peakMb }) => peakMb)),
  ];
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean with standard error where there is more than one value; a dash for none. */
export function meanAndError(values: readonly number[]): string {
  const n = values.length;
  if (n === 0) return "–";
  const middle = mean(values);
  const shown = String(Number(middle.toPrecision(4)));
  if (n === 1) return shown;
  const error = Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (n - 1) / n);
  return `${shown} ±${Number(error.toPrecision(2))}`;
}
