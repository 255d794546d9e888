import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { SAPIENT_ERROR_CODES } from "@picket/sapient";
import { createFeedTranslator, readConfiguration } from "@picket/server";
import { decodeCommand } from "./decode.ts";
import { encodeCommand } from "./encode.ts";

const PAGE = readFileSync(join(import.meta.dirname, "../../../docs/protocols/sapient.md"), "utf8");
const NOW_MS = 1_795_262_400_000;

async function encode(protocol: string, lines: string, format = "raw") {
  const output = new PassThrough();
  const said: string[] = [];
  const code = await encodeCommand(protocol, { format }, Readable.from([lines]), output, (line) => said.push(line));
  output.end();
  return { code, said, octets: await buffer(output) };
}

async function decode(protocol: string, octets: Uint8Array, format: string) {
  const output = new PassThrough();
  await decodeCommand(protocol, { format }, Readable.from([octets]), output);
  output.end();
  return JSON.parse((await buffer(output)).toString()) as Readonly<{ record: Readonly<Record<string, unknown>> }>;
}

test("the page's node sends what the page's configuration understands, and is answered", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "picket-docs-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const yaml = /```yaml\n([\s\S]*?)```/.exec(PAGE)?.[1] ?? assert.fail("no yaml block");
  writeFileSync(join(folder, "site.yaml"), yaml);
  const { feeds, site } = readConfiguration(join(folder, "site.yaml"));
  const [feed] = feeds;
  assert.ok(feed);
  const node = /node='(.*?)'/.exec(PAGE)?.[1] ?? assert.fail("no node");
  const lines = (/<<JSON\n([\s\S]*?)\nJSON/.exec(PAGE)?.[1] ?? assert.fail("no messages")).replaceAll(
    "$node",
    `${node}${NOW_MS}`,
  );
  const { code, said, octets } = await encode("sapient", lines);
  assert.deepEqual([code, said], [0, []]);
  const translator = createFeedTranslator(feed, site);
  const { inputs, records, rejected, replies } = translator.bytes(octets, NOW_MS + 50, "peer", 1);
  assert.deepEqual(rejected, []);
  assert.deepEqual([records, replies?.length], [3, 1]);
  const [seen] = inputs.flatMap((input) => (input.kind === "scan" ? input.detections : []));
  assert.equal(seen?.propagation, "sound");
  assert.ok((seen?.classLikelihoods?.multirotor ?? 0) > 0.8);
});

test("what was encoded decodes to the same records, and a line that cannot be encoded is said by number", async () => {
  const plot = { category: 48, items: { i010: { sac: 25, sic: 3 }, i040: { rhoNm: 1.5, thetaDeg: 90 } } };
  const some = await encode("asterix", `${JSON.stringify(plot)}\n{"category":7,"items":{}}\n{"category":48}\nplot\n`);
  assert.equal(some.code, 65);
  assert.deepEqual(
    some.said.map((line) => line.split(":")[0]),
    ["line 2", "line 3", "line 4"],
  );
  assert.deepEqual((await decode("asterix", some.octets, "raw")).record["items"], plot.items);
  const hex = await encode("asterix", JSON.stringify(plot), "hex");
  assert.deepEqual((await decode("asterix", hex.octets, "hex")).record["items"], plot.items);
  const from = { timestamp: NOW_MS, nodeId: "3d1ffd1b-cc01-4c26-a7e8-bf4da3d393b8" };
  const error = { ...from, error: { packet: "0a0b", errorMessage: ["why"] } };
  const { octets } = await encode("sapient", JSON.stringify({ ok: true, record: error }));
  assert.deepEqual((await decode("sapient", octets, "raw")).record, error);
  assert.equal((await encode("adsb", "")).code, 64);
});

test("the page names every code that something may be refused with", () => {
  for (const code of SAPIENT_ERROR_CODES) assert.ok(PAGE.includes(`\`${code}\``), code);
});
