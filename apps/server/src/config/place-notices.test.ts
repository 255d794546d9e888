import assert from "node:assert/strict";
import { test } from "node:test";
import { placeNotices } from "./place-notices.ts";
import { parseConfiguration } from "./read-configuration.ts";

const MUNICH = { latDeg: 48.1, lonDeg: 11.5 };
const place = ({ latDeg, lonDeg }: typeof MUNICH) => `latDeg: ${latDeg}, lonDeg: ${lonDeg}`;

/** A site with one of each kind at a place. */
const siteWith = (at: typeof MUNICH) =>
  parseConfiguration(
    `site: { id: gate, name: Gate, ${place(MUNICH)} }
sensors: [{ id: radar, name: Radar, kind: radar, ${place(at)}, rangeMaxM: 5000 }]
zones:
  - { id: yard, name: Yard, purpose: protected, shape: { kind: circle, centre: { ${place(at)} }, radiusM: 500 }, entryLevel: warning }
  - id: line
    name: Line
    purpose: watched
    shape: { kind: corridor, line: [[${at.lonDeg}, ${at.latDeg}], [${at.lonDeg + 0.1}, ${at.latDeg}]], halfWidthM: 500 }
    entryLevel: warning
persons: [{ id: ana, name: Ana, language: en, fixed: { ${place(at)} } }, { id: ben, name: Ben, language: es }]
landmarks: [{ name: Tower, ${place(at)} }]
authorisations:
  - id: survey
    holder: Survey
    identity: { kind: serial, value: S1 }
    fromMs: 1
    toMs: 2
    area: { kind: circle, centre: { ${place(at)} }, radiusM: 500 }
`,
    "site.yaml",
  );

test("where latitude and longitude were exchanged, each thing says how far it lies from the site", () => {
  const notices = placeNotices(siteWith({ latDeg: MUNICH.lonDeg, lonDeg: MUNICH.latDeg }));
  assert.deepEqual(
    notices.map((notice) => notice.replace(/\d,\d{3} km/, "far")),
    ["Sensor radar", "Zone yard", "Zone line", "Person ana", "Authorisation survey", "Landmark Tower"].map(
      (name) => `${name} lies far from the site: are latitude and longitude exchanged?`,
    ),
  );
});

test("what lies within 100 km, and a wide zone around the site, says nothing", () => {
  assert.deepEqual(placeNotices(siteWith({ latDeg: 48.9, lonDeg: 11.5 })), []);
  const wide = parseConfiguration(
    `site: { id: gate, name: Gate, ${place(MUNICH)} }
zones: [{ id: wide, name: Wide, purpose: watched, shape: { kind: circle, centre: { ${place(MUNICH)} }, radiusM: 400000 }, entryLevel: watch }]
`,
    "site.yaml",
  );
  assert.deepEqual(placeNotices(wide), []);
});
