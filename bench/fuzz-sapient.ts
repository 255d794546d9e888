/**
 * Feeds mutated messages to the SAPIENT decoder and to conversations, and says what they answered. Exits 1 when it throws, hangs, or grows.
 * Usage: node bench/fuzz-sapient.ts [--frames 1000000] [--seed 1]
 */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { fuzzSapient } from "./sapient-fuzzer.ts";

const LONGEST_MS = 50;
const LARGEST_GROWTH_MB = 20;

const { values } = parseArgs({
  options: { frames: { type: "string", default: "1000000" }, seed: { type: "string", default: "1" } },
});
const { frames, seeds, seconds, codes, slowestMs, heapGrowthMb } = fuzzSapient({
  frames: Number(values.frames),
  seed: Number(values.seed),
});
console.log(`${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}`);
console.log(
  `seed ${values.seed}: ${frames} messages from ${seeds} in ${seconds.toFixed(1)} s, ${Math.round(frames / seconds)} a second`,
);
for (const [code, count] of Object.entries(codes)) console.log(`  ${code.padEnd(24)} ${count}`);
console.log(`slowest message ${slowestMs.toFixed(2)} ms, heap growth ${heapGrowthMb.toFixed(1)} MB`);
if (slowestMs > LONGEST_MS || heapGrowthMb > LARGEST_GROWTH_MB) process.exitCode = 1;
