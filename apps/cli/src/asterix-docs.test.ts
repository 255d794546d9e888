import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { ASTERIX_ERROR_CODES } from "@picket/asterix";
import { createFeedTranslator, readConfiguration } from "@picket/server";
import { encodeCommand } from "./encode.ts";

const PAGE = readFileSync(join(import.meta.dirname, "../../../docs/protocols/asterix.md"), "utf8");
const SITE = "site: { id: north-gate, name: North gate, latDeg: 32.55, lonDeg: -117.04 }\n";

test("what the page sends is understood by the page's first configuration, and its second is one", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "picket-docs-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const [first, second] = [...PAGE.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = ""], i) => {
    const file = join(folder, `${i}.yaml`);
    writeFileSync(file, SITE + block);
    return readConfiguration(file);
  });
  assert.ok(first?.feeds[0] && second?.feeds[0]?.asterix?.use === "plots");
  const lines = /<<JSON.*\n([\s\S]*?)\nJSON/.exec(PAGE)?.[1] ?? assert.fail("no plot");
  const output = new PassThrough();
  assert.equal(await encodeCommand("asterix", {}, Readable.from([lines]), output, assert.fail), 0);
  output.end();
  const octets = await buffer(output);
  const { inputs, records, rejected } = createFeedTranslator(first.feeds[0], first.site).bytes(
    octets,
    1_795_262_400_000,
    "peer",
    1,
  );
  assert.deepEqual([records, rejected], [1, []]);
  const scan = inputs.find((input) => input.kind === "scan");
  assert.equal(scan?.detections[0]?.measurement.kind, "polar");
  assert.equal(scan.reality, "test");
});

test("the page names every code that something may be refused with", () => {
  for (const code of ASTERIX_ERROR_CODES) assert.ok(PAGE.includes(`\`${code}\``), code);
});
