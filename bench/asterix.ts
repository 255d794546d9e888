/**
 * Times whole commands over the shared radar capture, repeated: to objects, to JSON lines (`picket decode asterix`), and tshark's JSON of the
 * same packets. Each is one process, start included, held to one core where `taskset` is there.
 * Usage: node bench/asterix.ts [--repeat 5000] [--rounds 3]
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createReadStream, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { createAsterixDecoder } from "@picket/asterix";
import { createCaptureDecoder, decodeLinks } from "@picket/capture";

const { values } = parseArgs({
  options: {
    repeat: { type: "string", default: "5000" },
    rounds: { type: "string", default: "3" },
    objects: { type: "string" },
  },
});
const ROOT = resolve(import.meta.dirname, "..");
const PICKET = join(ROOT, "apps/cli/bin/picket.mjs");
const CAPTURE = resolve(ROOT, process.env["PICKET_SHARED"] ?? "../shared", "vectors/asterix/cat_034_048.subset.pcap");
const PCAP_HEADER_OCTETS = 24;
/** tshark keeps what it has seen, and is so much slower that fewer packets tell. */
const TSHARK_SHARE = 20;
const TASKSET = ["taskset", "-c", "0"];
const PIN: readonly string[] = spawnSync(TASKSET[0] ?? "", ["--version"]).status === 0 ? TASKSET : [];

if (values.objects !== undefined) console.log(await countObjects(values.objects));
else if (existsSync(CAPTURE)) await compare(Number(values.repeat), Number(values.rounds));
else console.log(`${CAPTURE} is not there: set PICKET_SHARED`);

async function compare(repeat: number, rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "picket-asterix-"));
  try {
    const all = writeRepeated(join(folder, "all.pcap"), repeat);
    const some = writeRepeated(join(folder, "some.pcap"), Math.ceil(repeat / TSHARK_SHARE));
    console.log(`${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}, one core, best of ${rounds}`);
    const node = process.execPath;
    const objects = await best("to objects", rounds, all.records, [node, import.meta.filename, "--objects", all.file]);
    const json = await best("to JSON lines", rounds, all.records, [node, PICKET, "decode", "asterix", all.file]);
    if (spawnSync("tshark", ["--version"]).status !== 0) return;
    const decodeAs = ["-d", "udp.port==1-65535,asterix"];
    const tshark = await best("tshark -T json", rounds, some.records, ["tshark", "-r", some.file, ...decodeAs, "-T", "json"]);
    console.log(`objects ${(objects / tshark).toFixed(0)} times tshark, JSON lines ${(json / tshark).toFixed(0)} times`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The packets of the capture over and over in one file, and how many records that is. */
function writeRepeated(file: string, repeat: number): Readonly<{ file: string; records: number }> {
  const capture = readFileSync(CAPTURE);
  const packets = capture.subarray(PCAP_HEADER_OCTETS);
  writeFileSync(file, Buffer.concat([capture.subarray(0, PCAP_HEADER_OCTETS), ...Array.from({ length: repeat }, () => packets)]));
  return { file, records: recordsIn(capture) * repeat };
}

function recordsIn(capture: Uint8Array): number {
  const decoder = createAsterixDecoder();
  let records = 0;
  for (const item of createCaptureDecoder().push(capture))
    if (item.kind === "packet")
      for (const link of decodeLinks(item.value.linkType, item.value.packet))
        if (link.ok && link.value.kind === "udp") records += decoder.decode(link.value.payload).records.length;
  return records;
}

async function countObjects(file: string): Promise<number> {
  const capture = createCaptureDecoder();
  const decoder = createAsterixDecoder();
  let records = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>)
    for (const item of capture.push(chunk)) {
      if (item.kind !== "packet") continue;
      for (const link of decodeLinks(item.value.linkType, item.value.packet))
        if (link.ok && link.value.kind === "udp") records += decoder.decode(link.value.payload).records.length;
    }
  return records;
}

/** Records a second of the fastest round. */
async function best(name: string, rounds: number, records: number, command: readonly string[]): Promise<number> {
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round++) seconds.push(await time(command));
  const fastest = Math.min(...seconds);
  console.log(`${name.padEnd(16)} ${records} records in ${fastest.toFixed(2)} s, ${Math.round(records / fastest)} a second`);
  return records / fastest;
}

async function time(command: readonly string[]): Promise<number> {
  const [file = "", ...args] = [...PIN, ...command];
  const start = performance.now();
  const child = spawn(file, args, { stdio: ["ignore", openSync("/dev/null", "w"), openSync("/dev/null", "w")] });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`${command.join(" ")} answered ${code}`);
  return (performance.now() - start) / 1000;
}
