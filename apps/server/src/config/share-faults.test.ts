import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ConfigurationError, parseConfiguration } from "./read-configuration.ts";

const SITE = `site: { id: gate, name: Gate, latDeg: 32.5, lonDeg: -117 }
zones: [{ id: yard, name: Yard, purpose: watched, shape: { kind: circle, centre: { latDeg: 32.5, lonDeg: -117 }, radiusM: 500 }, entryLevel: watch }]
`;
const MULTICAST = "transport: { kind: udp, host: 239.2.3.1, port: 6969 }";

const faultsOf = (rest: string): readonly string[] => {
  try {
    const speaks = rest.startsWith("protocol:") ? "" : "protocol: cot, ";
    parseConfiguration(`${SITE}share:\n  - { id: tak, ${speaks}partner: County, ${rest} }\n`, "site.yaml");
  } catch (error) {
    assert.ok(error instanceof ConfigurationError, String(error));
    return error.faults;
  }
  return [];
};

test("a share with its zones and fields is taken", () => {
  assert.deepEqual(faultsOf(MULTICAST), []);
  assert.deepEqual(faultsOf(`${MULTICAST}, release: { zones: [yard], fields: [operatorId, identity] }, cot: { staleS: 10 }`), []);
});

for (const [rest, fault] of [
  ["partner: x", /Map keys must be unique/],
  ["transport: { kind: serial, path: /dev/x }", /^site\.yaml:4: share\.0\.transport\.kind must be one of udp, tcpClient/],
  [`${MULTICAST}, cot: { staleS: 60 }`, /^site\.yaml:4: share\.0\.cot\.staleS must be <= 30, got 60/],
  [
    `${MULTICAST}, release: { zones: [dock] }`,
    /^site\.yaml:4: share\.0\.release\.zones\.0 must name a zone of this file, got "dock"/,
  ],
  [`${MULTICAST}, release: { fields: [operatorId] }`, /share\.0\.release\.fields must hold identity when it holds operatorId/],
  [
    "protocol: sapient, transport: { kind: tcpClient, host: h, port: 1 }, release: { sensors: true }",
    /share\.0\.release\.sensors goes out by protocol cot only/,
  ],
  [`${MULTICAST}, release: { realities: [real] }`, /share\.0\.release\.realities\.0 /],
  ["transport: { kind: udp, host: h, port: 1, interface: eth0 }", /share\.0\.transport\.interface must be an address/],
  [
    "transport: { kind: tcpClient, host: h, port: 1, tls: { key: k } }",
    /share\.0\.transport\.tls must have both certificate and key/,
  ],
] as const)
  test(`{ ${rest} } is refused by file, line and key`, () => assert.match(faultsOf(rest).join("\n"), fault));

test("every example of the page on Cursor on Target is a configuration", () => {
  const page = readFileSync(new URL("../../../../docs/protocols/cot.md", import.meta.url), "utf8");
  const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map((match) => match[1] as string);
  assert.ok(examples.length > 0);
  for (const example of examples) parseConfiguration(example.startsWith("site:") ? example : `${SITE}${example}`, "cot.md");
});
