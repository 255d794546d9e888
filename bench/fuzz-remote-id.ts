/**
 * Feeds mutated vectors to every decoder of Remote ID and its captures, and says what they answered. Exits 1 when one throws, hangs,
 * or grows. Usage: node bench/fuzz-remote-id.ts [--frames 1000000] [--seed 1]
 */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { fuzz } from "./remote-id-fuzzer.ts";

const LONGEST_MS = 50;
const LARGEST_GROWTH_MB = 20;

const { values } = parseArgs({
  options: { frames: { type: "string", default: "1000000" }, seed: { type: "string", default: "1" } },
});
const report = fuzz({ frames: Number(values.frames), seed: Number(values.seed) });
const { seed, frames, seeds, seconds, codes, slowestMs, heapGrowthMb } = report;
console.log(`${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}`);
console.log(
  `seed ${seed}: ${frames} frames from ${seeds} vectors in ${seconds.toFixed(1)} s, ${Math.round(frames / seconds)} a second`,
);
for (const [code, count] of Object.entries(codes)) console.log(`  ${code.padEnd(24)} ${count}`);
console.log(`slowest frame ${slowestMs.toFixed(2)} ms, heap growth ${heapGrowthMb.toFixed(1)} MB`);
if (slowestMs > LONGEST_MS || heapGrowthMb > LARGEST_GROWTH_MB) process.exitCode = 1;
