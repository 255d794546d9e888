import assert from "node:assert/strict";
import { test } from "node:test";
import { ConfigurationError, parseConfiguration } from "./read-configuration.ts";

const SITE = "site: { id: north-gate, name: North gate, latDeg: 32.5, lonDeg: -117 }\n";

const faultsOf = (text: string): readonly string[] => {
  try {
    parseConfiguration(text, "site.yaml");
  } catch (error) {
    assert.ok(error instanceof ConfigurationError, String(error));
    return error.faults;
  }
  return [];
};

test("a file with a site only is enough", () => {
  const { site, feeds, server } = parseConfiguration(SITE, "site.yaml");
  assert.equal(site.name, "North gate");
  assert.deepEqual([site.sensors, site.zones, feeds, server], [[], [], [], {}]);
});

test("a fault names file, line, key, what was expected and what came", () => {
  const faults = faultsOf(`${SITE}feeds:\n  - id: rid\n    protocol: detections\n    transport: { kind: udp, port: 70000 }\n`);
  assert.deepEqual(faults, ["site.yaml:5: feeds.0.transport.port must be <= 65535, got 70000"]);
});

test("a key nobody knows is named with the keys that are known", () => {
  const [fault] = faultsOf(`${SITE}zonez: []\n`);
  assert.match(fault ?? "", /^site\.yaml:2: zonez is not known here; known are site, server, feeds/);
});

test("what must be one of some words names them, and an id says what it is, with file, line and key", () => {
  const sensor = "latDeg: 32.5, lonDeg: -117, rangeMaxM: 5000";
  assert.deepEqual(faultsOf(`${SITE}sensors:\n  - { id: North Radar, name: R, kind: rader, ${sensor} }\n`), [
    'site.yaml:3: sensors.0.id must be 1 to 64 of a-z, 0-9 or "-", starting with a letter or digit, got "North Radar"',
    'site.yaml:3: sensors.0.kind must be one of radar, directionFinder, acoustic, camera, remoteId, adsb, people, other, got "rader"',
  ]);
  const [fault] = faultsOf(
    `${SITE}feeds:\n  - { id: a, protocol: adsb, transport: { kind: mqtt, url: "mqtt://h", topics: [a], user: a, password: b } }\n`,
  );
  assert.equal(
    fault,
    "site.yaml:3: feeds.0.transport.password must be one of { file }, { env }, { inClear }, got a value that is not shown",
  );
});

test("an open ring is refused by file, line and key", () => {
  const shape = "{ kind: polygon, rings: [[[11.50,48.10],[11.51,48.10],[11.51,48.11]]] }";
  const [fault] = faultsOf(
    `${SITE}zones:\n  - id: yard\n    name: Yard\n    purpose: protected\n    shape: ${shape}\n    entryLevel: warning\n`,
  );
  assert.match(fault ?? "", /^site\.yaml:6: zones\.0\.shape\.rings\.0 must be a list of at least 4 .*, got 3$/);
});

test("a floor above its ceiling and an outline that crosses itself are refused by file, line and key", () => {
  const zone = (rest: string) =>
    faultsOf(`${SITE}zones:\n  - id: yard\n    name: Yard\n    purpose: protected\n    entryLevel: warning\n${rest}`);
  const circle = "    shape: { kind: circle, centre: { latDeg: 32.5, lonDeg: -117 }, radiusM: 100 }\n";
  const heights = (floor: string, ceiling: string) =>
    `${circle}    floor: { sigmaM: 0, ${floor} }\n    ceiling: { sigmaM: 0, ${ceiling} }\n`;
  assert.deepEqual(zone(heights("valueM: 120, reference: agl", "valueM: 60, reference: agl")), [
    "site.yaml:8: zones.0.floor must lie below the ceiling of 60 m agl, got 120 m",
  ]);
  assert.deepEqual(
    zone(heights("valueM: 120, reference: msl", "valueM: 60, reference: agl")),
    [],
    "what stands on what is not known",
  );
  const bow = "{ kind: polygon, rings: [[[11.50,48.10],[11.51,48.11],[11.51,48.10],[11.50,48.11],[11.50,48.10]]] }";
  const where = /must not cross itself: its outline does at latitude 48\.1050\d, longitude 11\.50500$/;
  assert.match(zone(`    shape: ${bow}\n`)[0] ?? "", /^site\.yaml:7: zones\.0\.shape must not/);
  assert.match(zone(`    shape: ${bow}\n`)[0] ?? "", where);
  const flight = "{ id: a, holder: H, identity: { kind: serial, value: S }, fromMs: 1, toMs: 2";
  assert.match(
    faultsOf(`${SITE}authorisations:\n  - ${flight}, area: ${bow} }\n`)[0] ?? "",
    /^site\.yaml:3: authorisations\.0\.area must not/,
  );
});

test("broken YAML says its line", () => {
  const [fault] = faultsOf(`${SITE}feeds: [\n`);
  assert.match(fault ?? "", /^site\.yaml:[23]: /);
});

test("an id that stands twice and a sensor that nobody configured are both said", () => {
  const feed = (id: string, sensor: string) =>
    `  - { id: ${id}, protocol: remote-id, sensor: ${sensor}, transport: { kind: stdin } }\n`;
  const faults = faultsOf(`${SITE}feeds:\n${feed("rid", "north")}${feed("rid", "north")}`);
  assert.equal(faults.length, 4);
  assert.match(faults[0] ?? "", /site\.yaml:4: feeds\.1\.id must be unique, "rid" stands twice/);
  assert.match(faults[1] ?? "", /site\.yaml:3: feeds\.0\.sensor must name a sensor of this file, got "north"/);
  assert.match(faults[3] ?? "", /at most one feed from standard input/);
});

test("an alias bomb is refused, not unfolded", () => {
  const levels = Array.from(
    { length: 12 },
    (_, i) =>
      `a${i}: &a${i} [${
        i === 0
          ? "x"
          : Array(9)
              .fill(`*a${i - 1}`)
              .join(",")
      }]`,
  ).join("\n");
  assert.match(faultsOf(`${SITE}${levels}\n`).join("\n"), /^site\.yaml: Excessive alias count/);
});

test("an alias that names nothing, or holds itself, is a fault of the file", () => {
  assert.match(faultsOf("site: *nowhere\n").join("\n"), /^site\.yaml: Unresolved alias .*nowhere/);
  assert.match(faultsOf("site: &a [*a]\n")[0] ?? "", /^site\.yaml:1: site must be object, got \[/);
});
