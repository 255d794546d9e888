import { access, constants, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { BENCH_KINDS, type BenchKind, type BenchOptions, generateBench } from "@picket/sim";
import { fileError } from "./command-error.ts";
import { EXIT } from "./exit-codes.ts";

const gzipped = promisify(gzip);

export type SimulateOptions = BenchOptions & Readonly<{ kind: string; out: string }>;

/**
 * Writes a bench scenario to a folder: meta.json, detections.jsonl.gz and, where radars report features, labelled samples for the tracker;
 * truth.jsonl.gz and answers.json for the scorer alone.
 * Answers the exit code.
 */
export async function simulateCommand({ kind, out, ...options }: SimulateOptions): Promise<number> {
  const known = BENCH_KINDS.find((name): name is BenchKind => name === kind);
  if (!known) {
    process.stderr.write(`Scenario must be one of ${BENCH_KINDS.join(", ")}, got ${JSON.stringify(kind)}\n`);
    return EXIT.usage;
  }
  try {
    await mkdir(out, { recursive: true });
    await access(out, constants.W_OK);
  } catch (error) {
    throw fileError("write", out, error);
  }
  const { meta, detections, truth, answers, samples } = generateBench(known, options);
  await writeFile(join(out, "meta.json"), `${JSON.stringify(meta, undefined, 1)}\n`);
  await writeFile(join(out, "answers.json"), `${JSON.stringify(answers, undefined, 1)}\n`);
  await writeFile(join(out, "detections.jsonl.gz"), await linesGzipped(detections));
  await writeFile(join(out, "truth.jsonl.gz"), await linesGzipped(truth));
  if (samples) await writeFile(join(out, "features-train.jsonl.gz"), await linesGzipped(samples));
  process.stderr.write(`${out}: ${detections.length} lines of looks and detections, ${truth.length} of truth\n`);
  return EXIT.done;
}

const linesGzipped = (lines: readonly string[]): Promise<Buffer> => gzipped(lines.map((line) => `${line}\n`).join(""));
