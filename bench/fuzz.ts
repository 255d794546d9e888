/**
 * Feeds mutated inputs to decoders, and says what they answered. Exits 1 when one throws, hangs, or grows.
 * Usage: node bench/fuzz.ts [asterix cap cot receivers remote-id sapient unpack] [--inputs 1000000] [--seed 1]
 */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { asterixSubject } from "./asterix-fuzzer.ts";
import { capSubject } from "./cap-fuzzer.ts";
import { cotSubject } from "./cot-fuzzer.ts";
import { type FuzzReport, fuzz, type Subject } from "./fuzzing.ts";
import { receiverSubjects } from "./receivers-fuzzer.ts";
import { remoteIdSubject } from "./remote-id-fuzzer.ts";
import { sapientSubject } from "./sapient-fuzzer.ts";
import { unpackSubjects } from "./unpack-fuzzer.ts";

const LONGEST_MS = 50;
const LARGEST_GROWTH_MB = 20;

type Run = (options: Readonly<{ inputs: number; seed: number }>) => FuzzReport;
type Named = Readonly<{ name: string; run: Run }>;
const named = <Input, Output>(subject: Subject<Input, Output>): Named => ({
  name: subject.name,
  run: (options) => fuzz(subject, options),
});

const GROUPS: Readonly<Record<string, () => readonly Named[]>> = {
  asterix: () => [named(asterixSubject())],
  cap: () => [named(capSubject())],
  cot: () => [named(cotSubject())],
  receivers: () => receiverSubjects().map(named),
  "remote-id": () => [named(remoteIdSubject())],
  sapient: () => [named(sapientSubject())],
  unpack: () => unpackSubjects().map(named),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { inputs: { type: "string", default: "1000000" }, seed: { type: "string", default: "1" } },
});
const options = { inputs: Number(values.inputs), seed: Number(values.seed) };
console.log(`${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}`);
for (const group of positionals.length > 0 ? positionals : Object.keys(GROUPS)) {
  const subjects = GROUPS[group];
  if (!subjects) throw new RangeError(`expected some of ${Object.keys(GROUPS).join(", ")}, got ${group}`);
  for (const { name, run } of subjects()) tell(name, run(options));
}

function tell(name: string, { inputs, seeds, seconds, codes, slowestMs, heapGrowthMb }: FuzzReport): void {
  const rate = Math.round(inputs / seconds);
  console.log(`${name}, seed ${options.seed}: ${inputs} inputs from ${seeds} in ${seconds.toFixed(1)} s, ${rate} a second`);
  for (const [code, count] of Object.entries(codes)) console.log(`  ${code.padEnd(24)} ${count}`);
  console.log(`  slowest ${slowestMs.toFixed(2)} ms, heap growth ${heapGrowthMb.toFixed(1)} MB, no crash`);
  if (slowestMs > LONGEST_MS || heapGrowthMb > LARGEST_GROWTH_MB) process.exitCode = 1;
}
