import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ConfigurationError, parseConfiguration } from "./read-configuration.ts";

const SITE = `site: { id: gate, name: Gate, latDeg: 32.5, lonDeg: -117 }
zones: [{ id: substation, name: Yard, purpose: watched, shape: { kind: circle, centre: { latDeg: 32.5, lonDeg: -117 }, radiusM: 500 }, entryLevel: watch }]
share: [{ id: tak, protocol: cot, partner: x, transport: { kind: udp, host: 239.2.3.1, port: 6969 } }]
`;

const faultsOf = (rest: string): readonly string[] => {
  try {
    parseConfiguration(`${SITE}deliver:\n  - { protocol: cap, partner: County, ${rest} }\n`, "site.yaml");
  } catch (error) {
    assert.ok(error instanceof ConfigurationError, String(error));
    return error.faults;
  }
  return [];
};
const FEED = "transport: { kind: httpFeed }";
const OWN = "cap: { sender: a@b }";

test("every example of the page on CAP is a configuration", () => {
  const page = readFileSync(new URL("../../../../docs/protocols/cap.md", import.meta.url), "utf8");
  const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map((match) => match[1] as string);
  assert.ok(examples.length > 0);
  for (const example of examples) assert.equal(parseConfiguration(`${SITE}${example}`, "cap.md").deliver?.length, 3);
});

for (const [rest, fault] of [
  [`id: tak, ${FEED}, ${OWN}`, /^site\.yaml:5: deliver\.0\.id must be unique, a share is called "tak" too/],
  [`id: a, ${FEED}`, /^site\.yaml:5: deliver\.0\.cap must be there/],
  [`id: a, ${FEED}, cap: { sender: "a b" }`, /^site\.yaml:5: deliver\.0\.cap\.sender must match pattern/],
  [`id: a, ${FEED}, cap: { sender: a, scope: Private }`, /deliver\.0\.cap\.addresses must be there when scope is Private/],
  [
    `id: a, ${FEED}, cap: { sender: a, addresses: [b] }`,
    /deliver\.0\.cap\.addresses must be there when scope is Private, and only then/,
  ],
  [`id: a, ${FEED}, cap: { sender: a, scope: Public, restriction: b }`, /deliver\.0\.cap\.restriction must be there only when/],
  [`id: a, transport: { kind: httpFeed, token: { inClear: short } }, ${OWN}`, /transport\.token must be at least 16 characters/],
  [`id: a, ${FEED}, ${OWN}, release: { outlines: true }`, /deliver\.0\.release\.outlines goes out by protocol cot only/],
  [`id: a, ${FEED}, ${OWN}, release: { zones: [dock] }`, /deliver\.0\.release\.zones\.0 must name a zone of this file/],
  [`id: a, transport: { kind: httpPost, url: "http://u:p@h" }, ${OWN}`, /deliver\.0\.transport\.url must not hold a user/],
  [
    `id: a, transport: { kind: httpPost, url: "http://h", password: { env: P } }, ${OWN}`,
    /transport\.password must come with a user/,
  ],
] as const)
  test(`{ ${rest} } is refused by file, line and key`, () => assert.match(faultsOf(rest).join("\n"), fault));
