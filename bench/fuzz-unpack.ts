/**
 * Unpacks mutated messages of gzip, xz and LZMA, and says what they came to. Exits 1 when one throws, hangs, comes to more than the cap,
 * or memory is not given back. Needs the program xz. Usage: node bench/fuzz-unpack.ts [--inputs 1000000] [--seed 1] [--packer xz]
 */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { fuzzUnpack, PACKERS } from "./unpack-fuzzer.ts";

const LONGEST_MS = 50;
const LARGEST_RSS_MB = 300;

const { values } = parseArgs({
  options: { inputs: { type: "string", default: "1000000" }, seed: { type: "string", default: "1" }, packer: { type: "string" } },
});
const packers = PACKERS.filter((packer) => values.packer === undefined || values.packer === packer);
if (packers.length === 0) throw new RangeError(`packer must be one of ${PACKERS.join(", ")}, got ${values.packer}`);
console.log(`${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}`);
for (const packer of packers) {
  const options = { inputs: Number(values.inputs), seed: Number(values.seed) };
  const { inputs, seconds, codes, slowestMs, peakRssMb } = fuzzUnpack(packer, options);
  console.log(`${packer}, seed ${options.seed}: ${inputs} messages in ${seconds.toFixed(1)} s`);
  for (const [code, count] of Object.entries(codes)) console.log(`  ${code.padEnd(24)} ${count}`);
  console.log(`  slowest ${slowestMs.toFixed(2)} ms, at most ${peakRssMb.toFixed(0)} MB resident, no crash`);
  if (slowestMs > LONGEST_MS || peakRssMb > LARGEST_RSS_MB) process.exitCode = 1;
}
