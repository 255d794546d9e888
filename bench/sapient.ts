/**
 * Times whole commands over messages of the shared test harness, repeated: to checked objects, to JSON lines (`picket decode sapient`), and
 * what protoc prints of the same messages without a schema. Each is one process, start included, held to one core where `taskset` is there.
 * Usage: node bench/sapient.ts [--repeat 4000] [--rounds 3]
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createReadStream, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { createFrameDecoder, decodeMessage, encodeFrame } from "@picket/sapient";

const { values } = parseArgs({
  options: {
    repeat: { type: "string", default: "4000" },
    rounds: { type: "string", default: "3" },
    objects: { type: "string" },
  },
});
const ROOT = resolve(import.meta.dirname, "..");
const PICKET = join(ROOT, "apps/cli/bin/picket.mjs");
const VECTORS = resolve(ROOT, process.env["PICKET_SHARED"] ?? "../shared", "vectors/sapient/sapient-v2-wire.jsonl");
const STOP_WATCH = ["bash", "-c", 'TIMEFORMAT="%U %S"; time "$@"', "bash"] as const;
const TASKSET = ["taskset", "-c", "0"];
const PIN: readonly string[] = spawnSync(TASKSET[0] ?? "", ["--version"]).status === 0 ? TASKSET : [];
/** Field 1 with a length: so a file of messages is one message of them, which is what protoc reads. */
const FIELD_1 = 0x0a;

if (values.objects !== undefined) console.log(await countObjects(values.objects));
else if (existsSync(VECTORS)) await compare(Number(values.repeat), Number(values.rounds));
else console.log(`${VECTORS} is not there: set PICKET_SHARED`);

async function compare(repeat: number, rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "picket-sapient-"));
  try {
    const lines = readFileSync(VECTORS, "utf8").trim().split("\n");
    const messages = lines.map((line) => Uint8Array.from(Buffer.from(JSON.parse(line).wire_hex, "hex")));
    const sound = messages.filter((octets) => decodeMessage(octets).ok);
    const count = sound.length * repeat;
    const megabytes = (sound.reduce((sum, { length }) => sum + length, 0) * repeat) / 1e6;
    const framed = join(folder, "frames.bin");
    writeRepeated(framed, Buffer.concat(sound.map(encodeFrame)), repeat);
    const wrapped = join(folder, "wrapped.bin");
    writeRepeated(wrapped, Buffer.concat(sound.map(wrap)), repeat);
    console.log(
      `${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}, one core, best of ${rounds}, ${megabytes.toFixed(0)} MB`,
    );
    const node = process.execPath;
    const objects = await best("to checked objects", rounds, count, megabytes, [node, import.meta.filename, "--objects", framed]);
    const json = await best("to JSON lines", rounds, count, megabytes, [
      node,
      PICKET,
      "decode",
      "sapient",
      "--format",
      "raw",
      framed,
    ]);
    if (spawnSync("protoc", ["--version"]).status !== 0) return;
    const raw = ["bash", "-c", `protoc --decode_raw < ${wrapped}`];
    const protoc = await best("protoc --decode_raw", rounds, count, megabytes, raw);
    console.log(
      `checked objects ${(objects / protoc).toFixed(2)} times protoc's raw text, JSON lines ${(json / protoc).toFixed(2)} times`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function wrap(octets: Uint8Array): Uint8Array {
  const length: number[] = [];
  for (let left = octets.length; ; left >>= 7) {
    if (left < 0x80) {
      length.push(left);
      break;
    }
    length.push((left & 0x7f) | 0x80);
  }
  return Uint8Array.of(FIELD_1, ...length, ...octets);
}

function writeRepeated(file: string, octets: Uint8Array, repeat: number): void {
  writeFileSync(file, Buffer.concat(Array.from({ length: repeat }, () => octets)));
}

async function countObjects(file: string): Promise<number> {
  const frames = createFrameDecoder();
  let messages = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>)
    for (const item of frames.push(chunk)) if (item.kind === "frame" && decodeMessage(item.octets).ok) messages++;
  return messages;
}

/** Messages a second of processor time of the best round: a shared machine changes it less than the clock. */
async function best(
  name: string,
  rounds: number,
  messages: number,
  megabytes: number,
  command: readonly string[],
): Promise<number> {
  const spentS: number[] = [];
  for (let round = 0; round < rounds; round++) spentS.push(await time(command));
  const processorS = Math.min(...spentS);
  console.log(
    `${name.padEnd(20)} ${messages} messages in ${processorS.toFixed(2)} s of processor: ` +
      `${Math.round(messages / processorS)} and ${(megabytes / processorS).toFixed(1)} MB a second`,
  );
  return messages / processorS;
}

/** Runs a command to its end under the shell's own stop-watch, which tells user and system time of all it started. */
async function time(command: readonly string[]): Promise<number> {
  const [shell, ...args] = STOP_WATCH;
  const child = spawn(shell, [...args, ...PIN, ...command], { stdio: ["ignore", openSync("/dev/null", "w"), "pipe"] });
  let told = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    told += chunk.toString();
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${command.join(" ")} answered ${code}: ${told}`);
  const [userS = 0, systemS = 0] = told.trim().split("\n").at(-1)?.split(" ").map(Number) ?? [];
  return userS + systemS;
}
