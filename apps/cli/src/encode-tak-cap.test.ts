import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Readable, Writable } from "node:stream";
import { test } from "node:test";
import { detailElements, encodeStreamFrame, encodeXml } from "@picket/cot";
import { decodeCommand } from "./decode.ts";
import { encodeCommand } from "./encode.ts";
import { EXIT } from "./exit-codes.ts";

const CAP = resolve(import.meta.dirname, "../../..", process.env["PICKET_SHARED"] ?? "../shared", "vectors/cap");

/** What a command writes, and how it ends. */
async function outputOf(run: (output: Writable) => Promise<number>): Promise<Readonly<{ code: number; bytes: Buffer }>> {
  const parts: Buffer[] = [];
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      parts.push(Buffer.from(chunk));
      done();
    },
  });
  const code = await run(output);
  return { code, bytes: Buffer.concat(parts) };
}
const decode = (protocol: string, bytes: Uint8Array) =>
  outputOf((output) => decodeCommand(protocol, {}, Readable.from([bytes]), output));
const said: string[] = [];
const encode = (protocol: string, lines: Uint8Array | string) =>
  outputOf((output) => encodeCommand(protocol, {}, Readable.from([lines]), output, (line) => said.push(line)));

const event = {
  uid: "a",
  type: "a-u-A",
  timeMs: 1_767_323_045_000,
  startMs: 1_767_323_045_000,
  staleMs: 1_767_323_055_000,
  point: { latDeg: 1, lonDeg: 2 },
  detail: detailElements({ contact: { callsign: "A & <b>" } }),
};

test("events of both encodings come out of encode as they went into decode", async () => {
  for (const bytes of [Buffer.concat([encodeXml(event), Buffer.from("\n")]), Buffer.from(encodeStreamFrame({ event }))]) {
    const { bytes: lines } = await decode("cot", bytes);
    const again = await encode("cot", lines);
    assert.equal(again.code, EXIT.done);
    assert.deepEqual(again.bytes, bytes);
  }
});

test("an event alone is written as XML; one that tasks somebody, or has no place, is said and not written", async () => {
  const lines = [event, { ...event, type: "t-k" }, { ...event, point: undefined }].map((one) => JSON.stringify(one)).join("\n");
  const { code, bytes } = await encode("cot", lines);
  assert.equal(code, EXIT.badData);
  assert.equal(bytes.toString(), `${Buffer.from(encodeXml(event)).toString()}\n`);
  assert.match(said.join("\n"), /line 2: Tasking is never written.*\nline 3: An event must have a point and a detail/s);
});

const skip = existsSync(CAP) ? false : "the shared vectors are not there";

test("published alerts survive the way to JSON and back", { skip }, async () => {
  for (const name of ["43b080713727.cap", "canada.cap", "cap_amber_alert_example.xml", "wcatwc-warning.cap"]) {
    const first = await decode("cap", readFileSync(join(CAP, name)));
    const written = await encode("cap", first.bytes);
    assert.equal(written.code, EXIT.done, said.join("\n"));
    assert.deepEqual((await decode("cap", written.bytes)).bytes, first.bytes, name);
  }
});

test("each alert of an envelope is a line; a document that is refused is one too", { skip }, async () => {
  const { bytes } = await decode("cap", readFileSync(join(CAP, "bushfire_valid.edxlde")));
  const lines = bytes.toString().trim().split("\n");
  assert.ok(lines.length > 1 && lines.every((line) => JSON.parse(line).record.alert.sender));
  const refused = await decode("cap", readFileSync(join(CAP, "xee.cap")));
  assert.equal(JSON.parse(refused.bytes.toString()).error.code, "doctype");
});

test("a document larger than any may be is refused, and no more of it is held", async () => {
  const { bytes } = await decode("cap", Buffer.alloc(1_100_000, 0x20));
  assert.equal(JSON.parse(bytes.toString()).error.code, "too-large");
});

test("what is no alert is said and not written", async () => {
  const { code, bytes } = await encode("cap", '{"alert":{"identifier":"x"}}\n');
  assert.deepEqual([code, bytes.length], [EXIT.badData, 0]);
  assert.match(said.at(-1) ?? "", /line 1: An alert must have addresses, a list/);
});
