import { readFileSync, writeFileSync } from "node:fs";
import { geoidHeight } from "./index.ts";

/**
 * Compares the bundled grid with NGA's full one, `node geoid.bench.ts WW15MGH.DAC`: 721 rows from the north pole southwards of 1440
 * centimetre heights from 0° eastwards, 16-bit big-endian. With `--write` it first packs the full grid into geoid-table.ts, each
 * height as two digits of base 64 in decimetres above −120 m; run it twice, because the block errors are of the grid before.
 */
const [file, write] = process.argv.slice(2);
if (!file) throw new Error("Expected the path of WW15MGH.DAC");
const dac = readFileSync(file);
if (dac.length !== 2 * 721 * 1440) throw new Error(`Expected ${2 * 721 * 1440} octets, got ${dac.length}`);
const fullM = (row: number, column: number): number => dac.readInt16BE(2 * (row * 1440 + (column % 1440))) / 100;

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
let squares = 0;
let weights = 0;
const errorsM: number[] = [];
const blocks = Array.from({ length: 18 }, () => Array.from({ length: 36 }, () => ({ squares: 0, weights: 0 })));
const start = process.hrtime.bigint();
for (let row = 0; row < 721; row++) {
  const weight = Math.cos(((90 - row / 4) * Math.PI) / 180);
  for (let column = 0; column < 1440; column++) {
    const errorM = geoidHeight(90 - row / 4, column / 4 > 180 ? column / 4 - 360 : column / 4).undulationM - fullM(row, column);
    const block = blocks[Math.min(17, Math.floor(row / 40))]?.[Math.floor(column / 40)];
    errorsM.push(Math.abs(errorM));
    squares += weight * errorM * errorM;
    weights += weight;
    if (block) {
      block.squares += weight * errorM * errorM;
      block.weights += weight;
    }
  }
}
const nsPerItem = Number(process.hrtime.bigint() - start) / errorsM.length;
errorsM.sort((a, b) => a - b);
const rmsM = Math.sqrt(squares / weights);
const p99M = errorsM[Math.floor(errorsM.length * 0.99)] ?? Number.NaN;
console.log(
  `geo/geoidHeight rms ${rmsM.toFixed(3)} m  p99 ${p99M.toFixed(2)} m  max ${errorsM.at(-1)?.toFixed(2)} m  ${nsPerItem.toFixed(0)} ns (${errorsM.length} nodes)`,
);

if (write === "--write") {
  const digit = (value: number) => DIGITS[value] as string;
  const rows = Array.from({ length: 181 }, (_, row) =>
    Array.from({ length: 360 }, (_, column) => Math.round(fullM(4 * row, 4 * column) * 10) + 1200)
      .map((value) => digit(value >> 6) + digit(value & 63))
      .join(""),
  );
  const sigmas = blocks.map((line) =>
    line.map((block) => digit(Math.min(63, Math.ceil(20 * Math.sqrt(block.squares / block.weights))))).join(""),
  );
  const list = (lines: readonly string[]) => lines.map((line) => `  "${line}",\n`).join("");
  writeFileSync(
    new URL("geoid-table.ts", import.meta.url),
    `/** EGM96 geoid heights, 1° rows from 90°N to 90°S of 360 nodes from 0° eastwards: two base-64 digits each, decimetres above −120 m. */
export const GEOID_ROWS: readonly string[] = [\n${list(rows)}];

/** Root mean square error of the interpolated grid by 10° blocks, from the north and from 0° eastwards: one digit each, twentieths of a metre. */
export const GEOID_SIGMA_ROWS: readonly string[] = [\n${list(sigmas)}];\n`,
  );
}
