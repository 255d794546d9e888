/**
 * Feeds mutated messages to the decoders of ADS-B and Remote ID receivers, and says what they answered. Exits 1 when one throws, hangs,
 * grows, or lets a prototype be reached. Usage: node bench/fuzz-receivers.ts [--inputs 1000000] [--seed 1] [--decoder dronescout]
 */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { fuzz, SUBJECTS } from "./receivers-fuzzer.ts";

const LONGEST_MS = 50;
const LARGEST_GROWTH_MB = 20;

const { values } = parseArgs({
  options: {
    inputs: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    decoder: { type: "string" },
  },
});
console.log(`${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}`);
for (const decoder of values.decoder === undefined ? SUBJECTS.keys() : [values.decoder]) {
  const { seed, inputs, seeds, seconds, codes, slowestMs, heapGrowthMb } = fuzz(decoder, {
    inputs: Number(values.inputs),
    seed: Number(values.seed),
  });
  const rate = Math.round(inputs / seconds);
  console.log(`${decoder}, seed ${seed}: ${inputs} inputs from ${seeds} messages in ${seconds.toFixed(1)} s, ${rate} a second`);
  for (const [code, count] of Object.entries(codes)) console.log(`  ${code.padEnd(24)} ${count}`);
  console.log(`  slowest ${slowestMs.toFixed(2)} ms, heap growth ${heapGrowthMb.toFixed(1)} MB, no crash, no prototype reached`);
  if (slowestMs > LONGEST_MS || heapGrowthMb > LARGEST_GROWTH_MB) process.exitCode = 1;
}
