import { basename, dirname } from "node:path";
import type { ScenarioScore } from "../apps/cli/src/score.ts";

/** One run of one tracker over one scenario. */
export type Run = Readonly<{ score: ScenarioScore; meanMs: number; p95Ms: number; peakMb: number }>;

/** Mean GOSPA of perfect association and of the reference peer, and the goal as a ratio to the peer, as the bench states them. */
const ANCHORS: Readonly<Record<string, Readonly<{ perfect: number; peer: number; goal: number }>>> = {
  S1: { perfect: 14.8, peer: 15.7, goal: 1 },
  S2: { perfect: 12.7, peer: 13.6, goal: 1 },
  S3: { perfect: 78.3, peer: 81.7, goal: 1 },
  S4: { perfect: 85.5, peer: 105.7, goal: 0.95 },
  S4m: { perfect: 91.6, peer: 140.1, goal: 0.9 },
  S5: { perfect: 65, peer: 76, goal: 0.93 },
  S5b: { perfect: 66.8, peer: 71.9, goal: 0.97 },
  S6: { perfect: 93.2, peer: 102.6, goal: 0.98 },
  S7: { perfect: 664, peer: 691, goal: 1 },
  S9: { perfect: 76, peer: 87.2, goal: 0.92 },
  S10: { perfect: 22.2, peer: 29.6, goal: 0.88 },
};

/** The scenario's kind: its name without the seed. */
export const groupOf = (dir: string): string =>
  dirname(dir).endsWith("S8-sweep")
    ? `S8-${basename(dir)}`
    : basename(dir)
        .replace(/-[abc]$/, "")
        .replace(/-like\d+$/, "-like");

export const fileNameOf = (dir: string): string => (dirname(dir).endsWith("S8-sweep") ? `S8-${basename(dir)}` : basename(dir));

/** A Markdown table, one row a kind of scenario. */
export function tableOf(groups: ReadonlyMap<string, Readonly<{ ours: readonly Run[]; peer: readonly Run[] }>>): string {
  const head = [
    "scenario",
    "n",
    "GOSPA",
    "peer, same run",
    "anchor: peer",
    "goal",
    "perfect",
    "gap max s",
    "false/h",
    "false drones/h",
    "switches",
    "same id hover",
    "same id outage",
    "count error",
    "drones only",
    "ms/look",
    "p95",
    "peer ms",
    "MB",
  ];
  const rows = [...groups].map(([group, { ours, peer }]) => {
    const anchor = ANCHORS[group.split("-")[0] ?? ""];
    const of = (runs: readonly Run[], name: keyof ScenarioScore): string =>
      meanAndError(runs.map(({ score }) => score[name]).filter((value) => value !== undefined));
    return [
      group,
      String(ours.length),
      of(ours, "gospa"),
      of(peer, "gospa"),
      String(anchor?.peer ?? "–"),
      anchor ? `≤ ${anchor.goal}` : "–",
      String(anchor?.perfect ?? "–"),
      of(ours, "gapMaxS"),
      of(ours, "falseTracksPerHour"),
      of(ours, "falseDroneTracksPerHour"),
      of(ours, "idSwitches"),
      of(ours, "sameIdHover"),
      of(ours, "sameIdOutage"),
      of(ours, "groupCountError"),
      of(ours, "gospaDrones"),
      meanAndError(ours.map(({ meanMs }) => meanMs)),
      meanAndError(ours.map(({ p95Ms }) => p95Ms)),
      meanAndError(peer.map(({ meanMs }) => meanMs)),
      meanAndError(ours.map(({ peakMb }) => peakMb)),
    ];
  });
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Mean with standard error where there is more than one value; a dash for none. */
export function meanAndError(values: readonly number[]): string {
  const n = values.length;
  if (n === 0) return "–";
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const shown = String(Number(mean.toPrecision(4)));
  if (n === 1) return shown;
  const error = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1) / n);
  return `${shown} ±${Number(error.toPrecision(2))}`;
}
