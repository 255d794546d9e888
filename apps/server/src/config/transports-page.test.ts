import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseConfiguration } from "./read-configuration.ts";
import { Transport } from "./transport.ts";

const PAGE = readFileSync(new URL("../../../../docs/transports.md", import.meta.url), "utf8");
const SITE = `site: { id: gate, name: Gate, latDeg: 32.5, lonDeg: -117 }
sensors:
  - { id: roof, name: Roof, kind: remoteId, latDeg: 32.5, lonDeg: -117, rangeMaxM: 5000, covers: false }
`;
const examples = [...PAGE.matchAll(/```yaml\n(.*?)```/gs)].map((match) => match[1] as string);

test("every example of the page on transports is a configuration", () => {
  assert.ok(examples.length >= 7);
  for (const example of examples) {
    const text = example.startsWith("site:") ? example : `${SITE}${example}`;
    assert.ok(parseConfiguration(text, "example.yaml").feeds.length > 0, example);
  }
});

test("the page names every kind of transport", () => {
  const kinds = Transport.anyOf.map(({ properties }) => properties.kind.const);
  assert.ok(kinds.length >= 10);
  for (const kind of kinds) assert.ok(PAGE.includes(`| \`${kind}\``), kind);
});
