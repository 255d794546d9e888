/**
 * How fast the codecs are, records and megabytes a second, each beside another's program in the same run where there is one:
 * tshark and python3-protobuf from Debian, node-cot (npm install --no-save @tak-ps/node-cot), xmllint. What is skipped says why.
 * ASTERIX and SAPIENT are whole commands, start included, on one core; Cursor on Target and CAP are calls from memory.
 * Usage: node bench/codecs.ts [asterix sapient cot cap] [--rounds 3] [--scale 1]
 */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { asterixRows, countAsterix } from "./codec-asterix.ts";
import { capRows } from "./codec-cap.ts";
import { cotRows } from "./codec-cot.ts";
import type { Options, Rate, Row } from "./codec-rates.ts";
import { countSapient, sapientRows } from "./codec-sapient.ts";

const CODECS: Readonly<Record<string, (options: Options) => Promise<readonly Row[]>>> = {
  asterix: asterixRows,
  sapient: sapientRows,
  cot: cotRows,
  cap: capRows,
};
/** What a child process of this command does instead: decodes a file to objects. */
const COUNTS: Readonly<Record<string, (file: string) => Promise<number>>> = { asterix: countAsterix, sapient: countSapient };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "3" },
    scale: { type: "string", default: "1" },
    objects: { type: "string" },
  },
});
const [first = ""] = positionals;
if (values.objects !== undefined) console.log(await COUNTS[first]?.(values.objects));
else await printTable();

async function printTable(): Promise<void> {
  const options = { rounds: Number(values.rounds), scale: Number(values.scale) };
  console.log(`${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}, one core, best of ${options.rounds}\n`);
  console.log("| codec | what | records/s | MB/s | beside it | records/s | MB/s | ratio |");
  console.log("| --- | --- | --: | --: | --- | --: | --: | --: |");
  for (const codec of positionals.length > 0 ? positionals : Object.keys(CODECS)) {
    const rows = CODECS[codec];
    if (!rows) throw new RangeError(`expected some of ${Object.keys(CODECS).join(", ")}, got ${codec}`);
    for (const row of await rows(options)) console.log(lineOf(row));
  }
}

function lineOf({ codec, what, ours, peer }: Row): string {
  const beside =
    "missing" in peer
      ? [`skipped: ${peer.missing}`, "", "", ""]
      : [peer.name, ...figures(peer.rate), ours ? (ours.recordsPerS / peer.rate.recordsPerS).toFixed(1) : ""];
  return `| ${[codec, what, ...(ours ? figures(ours) : ["", ""]), ...beside].join(" | ")} |`;
}

function figures({ recordsPerS, megabytesPerS }: Rate): readonly string[] {
  return [Math.round(recordsPerS).toLocaleString("en"), megabytesPerS.toFixed(1)];
}
