import { existsSync } from "node:fs";
import { join } from "node:path";
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
import { badData, type Entry, needNumbers, needObject, needObjects, readLines, readObject } from "./scenario-file.ts";

/** A scenario's figures, with GOSPA of its drones alone where tracks carry classes. */
export type ScenarioScore = Score & Limits & Readonly<{ gospaDrones: number | undefined }>;

/** What of a scenario's `meta.json` the figures are taken by. */
type Meta = Readonly<{
  duration: number;
  t0: number;
  gospa: Readonly<{ c: number }>;
  protected?: readonly Readonly<{ x: number; y: number; z: number }>[];
  sensors: readonly Readonly<{ kind: string; pos?: readonly number[] }>[];
}>;

/** `picket score`: prints every figure, one a line. Answers the exit code. */
export async function scoreCommand(options: Readonly<{ scenarioDir: string; tracks: string }>): Promise<number> {
  for (const [name, value] of Object.entries(scoreScenario(options)))
    process.stdout.write(`${name.padEnd(26)} ${value === undefined ? "–" : Number(value.toPrecision(6))}\n`);
  return EXIT.done;
}

/**
 * Scores a track file (plain or gzip) against the truth of a scenario of the bench. Throws {@link CommandError} for files that are not
 * there or hold something else.
 */
export function scoreScenario({ scenarioDir, tracks }: Readonly<{ scenarioDir: string; tracks: string }>): ScenarioScore {
  const meta = readMeta(join(scenarioDir, "meta.json"));
  const truth = readLines(join(scenarioDir, "truth.jsonl.gz")).map(toTruth);
  const lines = readLines(tracks).map(toTrack);
  const answers = join(scenarioDir, "answers.json");
  const events = existsSync(answers) ? ((readObject(answers).value["events"] ?? []) as readonly ScoreEvent[]) : [];
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

function readMeta(file: string): Meta {
  const meta = readObject(file);
  needNumbers(meta, ["duration", "t0"]);
  const gospa = needObject(meta, "gospa");
  needNumbers(gospa, ["c"]);
  if (gospa.value["p"] !== 2) throw badData(gospa.where, `p must be 2, got ${JSON.stringify(gospa.value["p"])}`);
  needObjects(meta, "sensors");
  if (meta.value["protected"] !== undefined)
    for (const point of needObjects(meta, "protected")) needNumbers(point, ["x", "y", "z"]);
  return meta.value as Meta;
}

function toTruth(entry: Entry): TruthLine {
  needNumbers(entry, ["t", "x", "y", "z"]);
  return named(entry) as TruthLine;
}

/** A line that is a verdict alone has no place. */
function toTrack(entry: Entry): TrackLine {
  const isPlace = entry.value["claim"] !== true;
  needNumbers(entry, isPlace ? ["t", "x", "y", "z"] : ["t"]);
  return (isPlace ? named(entry) : entry.value) as TrackLine;
}

function named({ where, value }: Entry): Entry["value"] {
  const { id } = value;
  if (typeof id !== "string" && typeof id !== "number")
    throw badData(where, `id must be text or a number, got ${JSON.stringify(id)}`);
  return value;
}
