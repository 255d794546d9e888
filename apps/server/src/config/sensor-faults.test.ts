import assert from "node:assert/strict";
import { test } from "node:test";
import { parseConfiguration } from "./read-configuration.ts";

const NODE = "3d1ffd1b-cc01-4c26-a7e8-bf4da3d393b8";

const sensor = (id: string, more: object) => ({
  id,
  name: id,
  kind: "radar",
  latDeg: 0.1,
  lonDeg: 0.1,
  rangeMaxM: 1000,
  ...more,
});
const parse =
  (...sensors: object[]) =>
  () =>
    parseConfiguration(JSON.stringify({ site: { id: "x", name: "x", latDeg: 0.1, lonDeg: 0.1 }, sensors }), "site.yaml");

test("two sensors that records cannot tell apart are a fault, each said where the second stands", () => {
  const source = { asterix: { sac: 25, sic: 3 } };
  assert.throws(
    parse(sensor("a", source), sensor("b", source)),
    /sensors\.1\.asterix must be this sensor's alone: a has SAC\/SIC 25\/3 too/,
  );
  const node = { sapient: { nodeId: NODE } };
  assert.throws(
    parse(sensor("a", node), sensor("b", node)),
    /sensors\.1\.sapient must be this sensor's alone: a has node id 3d1f/,
  );
  assert.doesNotThrow(parse(sensor("a", { ...source, ...node }), sensor("b", { asterix: { sac: 25, sic: 4 } })));
});

test("a sensor whose field of view has no width would see nothing, and is a fault", () => {
  for (const [more, said] of [
    [{ rangeMinM: 1000 }, /sensors\.0\.rangeMinM must be below rangeMaxM, 1000 m/],
    [{ azimuthFromDeg: 90, azimuthToDeg: 90 }, /sensors\.0\.azimuthToDeg must differ from azimuthFromDeg/],
    [{ elevationMinDeg: 10, elevationMaxDeg: 5 }, /sensors\.0\.elevationMinDeg must be below elevationMaxDeg, 5°/],
  ] as const)
    assert.throws(parse(sensor("a", more)), said);
  assert.doesNotThrow(parse(sensor("a", { rangeMinM: 900, azimuthFromDeg: 350, azimuthToDeg: 10, elevationMinDeg: -5 })));
});
