import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { keysOf, keyTables } from "./key-tables.fixture.ts";
import { parseConfiguration, readConfiguration } from "./read-configuration.ts";
import { Configuration } from "./schema.ts";

const DOCS = new URL("../../../../docs/", import.meta.url);
const GUIDE = new URL("configuration.md", DOCS);
const EXAMPLE = fileURLToPath(new URL("site.example.yaml", DOCS));
const [BEGIN, END] = ["<!-- keys: made from the schema -->", "<!-- end of keys -->"];

test("the guide's tables are the schema's: every key, its bounds and what it means", () => {
  const guide = readFileSync(GUIDE, "utf8");
  const [before = "", rest = ""] = guide.split(BEGIN);
  const [tables, after = ""] = rest.split(END);
  const expected = `\n\n${keyTables(Configuration)}\n\n`;
  if (process.env["PICKET_WRITE_DOCS"]) {
    writeFileSync(GUIDE, `${before}${BEGIN}${expected}${END}${after}`);
    return;
  }
  assert.ok(
    tables === expected,
    "docs/configuration.md is behind: PICKET_WRITE_DOCS=1 node --test apps/server/src/config/documents.test.ts",
  );
});

test("the example shows every part, reads well and leaves little out", () => {
  const text = readFileSync(EXAMPLE, "utf8");
  const { site, feeds, server } = readConfiguration(EXAMPLE);
  assert.ok(feeds.length > 3 && site.sensors.length > 2 && site.zones.length > 2 && site.persons.length > 1);
  assert.ok(site.authorisations.length > 0 && site.landmarks.length > 0 && server.retention);
  for (const { path } of keysOf(Configuration).filter((key) => !/[.[]/.test(key.path)))
    assert.match(text, new RegExp(`^${path}:`, "m"), path);
});

test("every YAML block of the guide and the tutorials that is a whole file reads well", () => {
  const tutorials = readdirSync(new URL("tutorials", DOCS)).map((name) => `tutorials/${name}`);
  for (const name of ["configuration.md", ...tutorials]) {
    const blocks = [...readFileSync(new URL(name, DOCS), "utf8").matchAll(/^```yaml\n(.*?)^```$/gms)].map(
      ([, block = ""]) => block,
    );
    assert.ok(blocks.length > 0, name);
    for (const block of blocks.filter((candidate) => /^site:/m.test(candidate))) parseConfiguration(block, name);
  }
});
