import { spawnSync } from "node:child_process";
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFrameDecoder, decodeMessage, encodeFrame } from "@picket/sapient";
import {
  fastestCommand,
  isInstalled,
  type Options,
  type Peer,
  PICKET,
  ROOT,
  type Row,
  rateOf,
  SHARED,
  withRepeated,
} from "./codec-rates.ts";

const VECTORS = join(SHARED, "vectors/sapient/sapient-v2-wire.jsonl");
const FIELDS = join(SHARED, "reference/sapient-v2-fields.tsv");
const ENUMERATIONS = join(SHARED, "reference/sapient-v2-enums.tsv");
const REPEATED = 4000;
/** Python is slower: fewer messages tell. */
const PEER_SHARE = 4;
/** Debian's own, which python3-protobuf belongs to. */
const PYTHON = "/usr/bin/python3";
/** Reads frames and takes each message in, without the checks that ours make; `json` writes it as a line as well. */
const PEER = `
import struct, sys
from sapient_pb2 import SapientMessage
from google.protobuf.json_format import MessageToJson
octets = open(sys.argv[2], "rb").read()
at = 0
while at < len(octets):
    end = at + 4 + struct.unpack_from("<I", octets, at)[0]
    message = SapientMessage.FromString(octets[at + 4 : end])
    if sys.argv[1] == "json": print(MessageToJson(message, indent=None))
    at = end
`;

/** Messages of the shared test harness, over and over: to checked objects, to JSON lines, and the same by protobuf for Python. */
export async function sapientRows({ rounds, scale }: Options): Promise<readonly Row[]> {
  const codec = "SAPIENT";
  if (!existsSync(VECTORS)) return [{ codec, what: "frames to checked objects", peer: { missing: "set PICKET_SHARED" } }];
  const lines = readFileSync(VECTORS, "utf8").trim().split("\n");
  const messages = lines.map((line) => Uint8Array.from(Buffer.from(JSON.parse(line).wire_hex, "hex")));
  const sound = messages.filter((octets) => decodeMessage(octets).ok);
  const frames = Buffer.concat(sound.map(encodeFrame));
  const times = [1, PEER_SHARE].map((share) => Math.ceil((REPEATED * scale) / share));
  return withRepeated(new Uint8Array(0), frames, times, async ([all = "", part = ""]) => {
    const rate = async (i: number, command: readonly string[]) =>
      rateOf(await fastestCommand(rounds, command), (times[i] ?? 0) * sound.length, (times[i] ?? 0) * frames.length);
    const node = process.execPath;
    const objects = await rate(0, [node, join(ROOT, "bench/codecs.ts"), "sapient", "--objects", all]);
    const json = await rate(0, [node, PICKET, "decode", "sapient", "--format", "raw", all]);
    const missing = missingPeer();
    const schema = missing === undefined ? compileSchema() : undefined;
    const beside = async (form: "objects" | "json"): Promise<Peer> =>
      schema === undefined
        ? { missing: missing ?? "" }
        : {
            name: `python3-protobuf, ${form}`,
            rate: await rate(1, ["env", `PYTHONPATH=${schema}`, PYTHON, "-c", PEER, form, part]),
          };
    try {
      return [
        { codec, what: "frames to checked objects", ours: objects, peer: await beside("objects") },
        { codec, what: "frames to JSON lines", ours: json, peer: await beside("json") },
      ];
    } finally {
      if (schema !== undefined) rmSync(schema, { recursive: true });
    }
  });
}

export async function countSapient(file: string): Promise<number> {
  const frames = createFrameDecoder();
  let messages = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>)
    for (const item of frames.push(chunk)) if (item.kind === "frame" && decodeMessage(item.octets).ok) messages++;
  return messages;
}

function missingPeer(): string | undefined {
  if (!isInstalled("protoc", "--version")) return "protobuf-compiler is not installed";
  return isInstalled(PYTHON, "-c", "import google.protobuf") ? undefined : "python3-protobuf is not installed";
}

/** A folder with the standard's schema for Python, made of the shared tables of facts and of nothing that our codec is made of. */
function compileSchema(): string {
  const folder = mkdtempSync(join(tmpdir(), "picket-sapient-"));
  writeFileSync(join(folder, "sapient.proto"), protoText());
  const { status, stderr } = spawnSync("protoc", ["--python_out=.", "sapient.proto"], { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return folder;
}

function protoText(): string {
  const flat = (name: string) => name.replaceAll(".", "_");
  const rowsOf = (file: string) =>
    readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split("\t"));
  const messages = Map.groupBy(rowsOf(FIELDS), ([message = ""]) => message);
  const enumerations = Map.groupBy(rowsOf(ENUMERATIONS), ([name = ""]) => name);
  const fieldOf = ([, field, number, type = "", often]: readonly string[]) =>
    `  ${often === "repeated" ? "repeated" : "optional"} ${type.startsWith("google.") ? type : flat(type.replace(/^enum /, ""))} ${field} = ${number};`;
  return [
    'syntax = "proto3";\nimport "google/protobuf/timestamp.proto";',
    ...[...messages].map(([name, fields]) => `message ${flat(name)} {\n${fields.map(fieldOf).join("\n")}\n}`),
    ...[...enumerations].map(
      ([name, rows]) =>
        `enum ${flat(name)} {\n${rows.map(([, value, number]) => `  ${flat(name)}_${value} = ${number};`).join("\n")}\n}`,
    ),
  ].join("\n");
}
