/**
 * Feeds mutated documents to the decoders of CAP and EDXL-DE, and says what they answered. Exits 1 when one throws,
 * hangs, or grows. Usage: node bench/fuzz-cap.ts [--frames 1000000] [--seed 1]
 */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { fuzzCap } from "./cap-fuzzer.ts";

const LONGEST_MS = 50;
const LARGEST_GROWTH_MB = 20;

const { values } = parseArgs({
  options: { frames: { type: "string", default: "1000000" }, seed: { type: "string", default: "1" } },
});
const { frames, seeds, seconds, codes, slowestMs, heapGrowthMb } = fuzzCap({
  frames: Number(values.frames),
  seed: Number(values.seed),
});
console.log(`${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}`);
console.log(
  `seed ${values.seed}: ${frames} inputs from ${seeds} vectors in ${seconds.toFixed(1)} s, ${Math.round(frames / seconds)} a second`,
);
for (const [code, count] of Object.entries(codes)) console.log(`  ${code.padEnd(24)} ${count}`);
console.log(`slowest input ${slowestMs.toFixed(2)} ms, heap growth ${heapGrowthMb.toFixed(1)} MB`);
if (slowestMs > LONGEST_MS || heapGrowthMb > LARGEST_GROWTH_MB) process.exitCode = 1;
