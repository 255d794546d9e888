/**
 * Times `picket decode remote-id` as a whole: hex lines of the vectors in, JSON out to /dev/null, start of the process included.
 * Usage: node bench/decode.ts [--lines 1000000] [--rounds 3]
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { finished } from "node:stream/promises";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: { lines: { type: "string", default: "1000000" }, rounds: { type: "string", default: "3" } },
});
const LINES = Number(values.lines);
const ROUNDS = Number(values.rounds);
const ROOT = resolve(import.meta.dirname, "..");
const PICKET = join(ROOT, "apps/cli/bin/picket.mjs");
const BATCH = 10_000;

const folder = mkdtempSync(join(tmpdir(), "picket-decode-"));
try {
  console.log(`${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}, best of ${ROUNDS}`);
  for (const [name, vectors] of Object.entries(loadVectors())) {
    if (vectors.length === 0) continue;
    const file = join(folder, `${name}.hex`);
    await writeLines(file, vectors);
    const seconds: number[] = [];
    for (let round = 0; round < ROUNDS; round++) seconds.push(await time(file));
    const best = Math.min(...seconds);
    console.log(
      `${name.padEnd(10)} ${LINES} lines of ${vectors.length} vectors in ${best.toFixed(2)} s, ${Math.round(LINES / best)} lines a second`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** Hex lines by kind: single messages, and whole packs and frames. The shared captures are added where they are there. */
function loadVectors(): Readonly<Record<string, readonly string[]>> {
  const own = join(ROOT, "codecs/remote-id/vectors");
  const files = readdirSync(own).filter((file) => file !== "carriers.json");
  const messages = files.flatMap((file) =>
    (JSON.parse(readFileSync(join(own, file), "utf8")) as { hex: string }[]).map(({ hex }) => hex),
  );
  const packs: string[] = [];
  const shared = resolve(ROOT, process.env["PICKET_SHARED"] ?? "../shared", "vectors/odid");
  if (existsSync(shared)) {
    for (const file of readdirSync(shared).filter((name) => name.endsWith(".expected.jsonl"))) {
      for (const line of readFileSync(join(shared, file), "utf8").trim().split("\n")) {
        const frame = JSON.parse(line) as { payload: string; decoded: { messages: { hex: string }[] } };
        packs.push(frame.payload);
        messages.push(...frame.decoded.messages.map(({ hex }) => hex));
      }
    }
    packs.push(...(JSON.parse(readFileSync(join(shared, "hex-frames.json"), "utf8")) as { hex: string }[]).map(({ hex }) => hex));
  }
  return { messages, packs, all: packs.length > 0 ? [...messages, ...packs] : [] };
}

async function writeLines(file: string, vectors: readonly string[]): Promise<void> {
  const sink = createWriteStream(file);
  for (let written = 0; written < LINES; written += BATCH) {
    const count = Math.min(BATCH, LINES - written);
    const text = Array.from({ length: count }, (_, i) => vectors[(written + i) % vectors.length]).join("\n");
    if (!sink.write(`${text}\n`)) await once(sink, "drain");
  }
  await finished(sink.end());
}

async function time(file: string): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, [PICKET, "decode", "remote-id", file], {
    stdio: ["ignore", openSync("/dev/null", "w"), "inherit"],
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`picket decode answered ${code}`);
  return (performance.now() - start) / 1000;
}
