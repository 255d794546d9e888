import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  type Limits,
  limitFigures,
  type Score,
  type ScoreEvent,
  scoreTracks,
  type TrackLine,
  type TruthLine,
} from "@picket/tracker";
import { EXIT } from "./exit-codes.ts";

/** A scenario's figures, with GOSPA of its drones alone where tracks carry classes. */
export type ScenarioScore = Score & Limits & Readonly<{ gospaDrones: number | undefined }>;

type Meta = Readonly<{
  duration: number;
  t0: number;
  gospa: Readonly<{ c: number; p: number }>;
  protected?: readonly Readonly<{ x: number; y: number; z: number }>[];
  sensors: readonly Readonly<{ kind: string; pos?: readonly number[] }>[];
}>;

/** `picket score`: prints every figure, one a line. Answers the exit code. */
export async function scoreCommand(options: Readonly<{ scenarioDir: string; tracks: string }>): Promise<number> {
  for (const [name, value] of Object.entries(scoreScenario(options)))
    process.stdout.write(`${name.padEnd(26)} ${value === undefined ? "–" : Number(value.toPrecision(6))}\n`);
  return EXIT.done;
}

/** Scores a track file (plain or gzip) against the truth of a scenario of the bench. */
export function scoreScenario({ scenarioDir, tracks }: Readonly<{ scenarioDir: string; tracks: string }>): ScenarioScore {
  const meta = JSON.parse(readFileSync(join(scenarioDir, "meta.json"), "utf8")) as Meta;
  if (meta.gospa.p !== 2) throw new RangeError(`GOSPA's exponent must be 2, got ${meta.gospa.p}`);
  const truth = readLines<TruthLine>(join(scenarioDir, "truth.jsonl.gz"));
  const lines = readLines<TrackLine>(tracks);
  const answers = join(scenarioDir, "answers.json");
  const events = existsSync(answers)
    ? ((JSON.parse(readFileSync(answers, "utf8")) as { events?: ScoreEvent[] }).events ?? [])
    : [];
  const options = { cutoffM: meta.gospa.c, fromS: meta.t0, toS: Math.floor(meta.duration) };
  const { score, holds } = scoreTracks(truth, lines, options);
  const limits = limitFigures(truth, lines, holds, {
    protectedM: (meta.protected ?? []).map(({ x, y, z }) => [x, y, z]),
    radarsM: meta.sensors.filter(({ kind }) => kind === "polar3d").map(({ pos }) => [pos?.[0] ?? 0, pos?.[1] ?? 0]),
    fromS: options.fromS,
    toS: options.toS,
    events,
  });
  const hasFeatures = existsSync(join(scenarioDir, "features-train.jsonl.gz")) && truth.some(({ cls }) => cls === "drone");
  const drones = hasFeatures ? scoreTracks(truth, lines, { ...options, truthClass: "drone", trackClass: "drone" }) : undefined;
  return { ...score, ...limits, gospaDrones: drones?.score.gospa };
}

function readLines<Line>(file: string): Line[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
}
