import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ADSB_ERROR_CODES } from "@picket/adsb";
import { RECEIVER_ERROR_CODES } from "@picket/receivers";
import { createFeedTranslator, readConfiguration } from "@picket/server";

const docs = join(import.meta.dirname, "../../../docs");
const pages = readdirSync(join(docs, "receivers")).filter((name) => name !== "README.md");
const blockOf = (page: string, language: string): string =>
  new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(page)?.[1] ?? assert.fail(`no ${language} block`);
const NOW_MS = 1_790_000_000_500;

for (const name of pages) {
  const page = readFileSync(join(docs, "receivers", name), "utf8");

  test(`${name}: its configuration is one, and what it says a receiver sends is understood whole`, () => {
    const folder = mkdtempSync(join(tmpdir(), "picket-docs-"));
    try {
      writeFileSync(join(folder, "site.yaml"), blockOf(page, "yaml"));
      const { feeds, site } = readConfiguration(join(folder, "site.yaml"));
      const [feed] = feeds;
      assert.ok(feed && feeds.length === 1);
      const translator = createFeedTranslator(feed, site);
      const sent = Buffer.from(blockOf(page, page.includes("```json") ? "json" : "text"));
      const { inputs, records, rejected } = translator.bytes(sent, NOW_MS, "peer", 1);
      assert.deepEqual(rejected, []);
      assert.ok(records > 0 && inputs.length > 0);
      assert.ok(
        inputs.some((input) => input.kind === "scan" && input.detections[0]?.measurement.kind === "position"),
        "a position is seen",
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test(`${name}: it has its connection, its test and its traps`, () => {
    for (const heading of ["## Connect it", "## Five-minute test", "## Traps"]) assert.ok(page.includes(heading), heading);
    assert.ok(/legalBasis/.test(page) && /covers: false/.test(page));
  });
}

for (const { page, codes } of [
  { page: "adsb.md", codes: [...ADSB_ERROR_CODES, "record-abandoned", "stood-still"] },
  { page: "receivers.md", codes: [...RECEIVER_ERROR_CODES, "record-abandoned", "no-legal-basis"] },
])
  test(`docs/protocols/${page} names every code that something may be refused with`, () => {
    const text = readFileSync(join(docs, "protocols", page), "utf8");
    for (const code of codes) assert.ok(text.includes(`\`${code}\``), code);
  });

test("the table of receivers links to every page", () => {
  const table = readFileSync(join(docs, "receivers/README.md"), "utf8");
  for (const name of pages) assert.ok(table.includes(`(${name})`), name);
});

test("wherever a packet capture is piped into Picket, each packet is handed on at once and not by the page", () => {
  const folder = (name: string) => readdirSync(join(docs, name)).map((file) => join(docs, name, file));
  const files = [...folder("protocols"), ...folder("receivers"), ...folder("tutorials"), join(docs, "../README.md")];
  const said = [...files, join(import.meta.dirname, "main.ts")].flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/tcpdump[^|\n]*-w -[^\n]*/g)].map(([line]) => line),
  );
  assert.ok(said.length >= 3, String(said.length));
  for (const line of said) assert.match(line, /^tcpdump -U /);
});
