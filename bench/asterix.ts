/**
 * Times whole commands over the shared radar capture, repeated: to objects, to JSON lines (`picket decode asterix`), and tshark's JSON of the
 * same packets. Each is one process, start included, held to one core where `taskset` is there.
 * Usage: node bench/asterix.ts [--repeat 20000] [--rounds 3]
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
    repeat: { type: "string", default: "20000" },
    rounds: { type: "string", default: "3" },
    objects: { type: "string" },
  },
});
const ROOT = resolve(import.meta.dirname, "..");
const PICKET = join(ROOT, "apps/cli/bin/picket.mjs");
const CAPTURE = resolve(ROOT, process.env["PICKET_SHARED"] ?? "../shared", "vectors/asterix/cat_034_048.subset.pcap");
const PCAP_HEADER_OCTETS = 24;
/** JSON is slower to write, and tshark keeps what it has seen and is slower still: fewer packets tell. A start of 0.3 s is in all three. */
const JSON_SHARE = 4;
const TSHARK_SHARE = 80;
const STOP_WATCH = ["bash", "-c", 'TIMEFORMAT="%U %S"; time "$@"', "bash"] as const;
const TASKSET = ["taskset", "-c", "0"];
const PIN: readonly string[] = spawnSync(TASKSET[0] ?? "", ["--version"]).status === 0 ? TASKSET : [];

if (values.objects !== undefined) console.log(await countObjects(values.objects));
else if (existsSync(CAPTURE)) await compare(Number(values.repeat), Number(values.rounds));
else console.log(`${CAPTURE} is not there: set PICKET_SHARED`);

async function compare(repeat: number, rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "picket-asterix-"));
  try {
    const all = writeRepeated(join(folder, "all.pcap"), repeat);
    const part = writeRepeated(join(folder, "part.pcap"), Math.ceil(repeat / JSON_SHARE));
    const some = writeRepeated(join(folder, "some.pcap"), Math.ceil(repeat / TSHARK_SHARE));
    console.log(`${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}, one core, best of ${rounds}`);
    const node = process.execPath;
    const objects = await best("to objects", rounds, all.records, [node, import.meta.filename, "--objects", all.file]);
    const json = await best("to JSON lines", rounds, part.records, [node, PICKET, "decode", "asterix", part.file]);
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

type Spent = Readonly<{ wallS: number; processorS: number }>;

/** Records a second of the fastest round: of the clock, and of processor time, which a shared machine changes less. */
async function best(name: string, rounds: number, records: number, command: readonly string[]): Promise<number> {
  const spent: Spent[] = [];
  for (let round = 0; round < rounds; round++) spent.push(await time(command));
  const wallS = Math.min(...spent.map((one) => one.wallS));
  const processorS = Math.min(...spent.map((one) => one.processorS));
  console.log(
    `${name.padEnd(16)} ${records} records in ${wallS.toFixed(2)} s, ${Math.round(records / wallS)} a second; ` +
      `${processorS.toFixed(2)} s of processor, ${Math.round(records / processorS)} a second of it`,
  );
  return records / processorS;
}

/** Runs a command to its end under the shell's own stop-watch, which tells user and system time of all it started. */
async function time(command: readonly string[]): Promise<Spent> {
  const [shell, ...args] = STOP_WATCH;
  const start = performance.now();
  const child = spawn(shell, [...args, ...PIN, ...command], { stdio: ["ignore", openSync("/dev/null", "w"), "pipe"] });
  let told = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    told += chunk.toString();
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${command.join(" ")} answered ${code}: ${told}`);
  const [userS = 0, systemS = 0] = told.trim().split("\n").at(-1)?.split(" ").map(Number) ?? [];
  return { wallS: (performance.now() - start) / 1000, processorS: userS + systemS };
}
