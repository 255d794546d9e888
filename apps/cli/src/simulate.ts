import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { BENCH_KINDS, type BenchKind, type BenchOptions, generateBench } from "@picket/sim";

const gzipped = promisify(gzip);

export type SimulateOptions = BenchOptions & Readonly<{ scenario: string; out: string }>;

/**
 * Writes a bench scenario to a folder: meta.json, detections.jsonl.gz, and for the scorer alone truth.jsonl.gz and answers.json.
 * Answers how much was written; throws `RangeError` for a scenario that does not exist.
 */
export async function simulateCommand({
  scenario,
  out,
  ...options
}: SimulateOptions): Promise<{ looks: number; detections: number; truths: number }> {
  const kind = BENCH_KINDS.find((known): known is BenchKind => known === scenario.toUpperCase());
  if (!kind) throw new RangeError(`Scenario must be one of ${BENCH_KINDS.join(", ")}, got ${JSON.stringify(scenario)}`);
  const { meta, detections, truth, answers } = generateBench(kind, options);
  await mkdir(out, { recursive: true });
  await writeFile(join(out, "meta.json"), `${JSON.stringify(meta, undefined, 1)}\n`);
  await writeFile(join(out, "answers.json"), `${JSON.stringify(answers, undefined, 1)}\n`);
  await writeFile(join(out, "detections.jsonl.gz"), await linesGzipped(detections));
  await writeFile(join(out, "truth.jsonl.gz"), await linesGzipped(truth));
  const looks = detections.filter((line) => line.includes('"kind":"scan"')).length;
  return { looks, detections: detections.length - looks, truths: truth.length };
}

const linesGzipped = (lines: readonly string[]): Promise<Buffer> => gzipped(lines.map((line) => `${line}\n`).join(""));
