/**
 * Draws how honest and how dear the tracker is: consistency (NEES, NIS), reliability of classes, growth of cost; and prints those figures, bytes
 * allocated a look, lead of the first warning, and, with --figures, detection, tracking and lead time per kind of drone.
 * Usage: node bench/tracker-plots.ts --out DIR [--runs 50] [--figures 8]
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { reliability } from "./tracker-plots-classes.ts";
import { consistency } from "./tracker-plots-consistency.ts";
import { figures } from "./tracker-plots-figures.ts";
import { growth } from "./tracker-plots-growth.ts";
import { leadTimes } from "./tracker-plots-lead.ts";
import { type Plot, svgOf } from "./tracker-plots-svg.ts";

const { values } = parseArgs({
  options: { out: { type: "string" }, runs: { type: "string", default: "50" }, figures: { type: "string", default: "0" } },
});
if (values.out === undefined) throw new Error("Usage: node bench/tracker-plots.ts --out DIR [--runs 50] [--figures 8]");
const { out } = values;
const runs = Number(values.runs);
mkdirSync(out, { recursive: true });

function write(name: string, plot: Plot): void {
  const file = join(out, `${name}.svg`);
  writeFileSync(file, svgOf(plot));
  console.log(`wrote ${file}`);
}

const honest = await consistency(runs);
for (const [name, plot] of honest.plots) write(name, plot);
for (const line of honest.lines) console.log(line);
const classes = await reliability(Math.max(2, Math.round(runs / 10)));
write("reliability", classes.plot);
for (const line of classes.lines) console.log(line);
const dear = await growth();
write("growth", dear.plot);
for (const line of dear.lines) console.log(line);
const child = spawnSync(
  process.execPath,
  ["--expose-gc", "--no-flush-bytecode", "--max-semi-space-size=512", join(import.meta.dirname, "tracker-plots-allocation.ts")],
  { encoding: "utf8" },
);
if (child.status !== 0) throw new Error(`The measurement of allocation failed: ${child.stderr}`);
console.log(child.stdout.trimEnd());
console.log(await leadTimes(Math.max(2, Math.round(runs / 10))));
if (Number(values.figures) > 0) for (const line of await figures(Number(values.figures))) console.log(line);
