import assert from "node:assert/strict";
import { test } from "node:test";
import Type from "typebox";
import { alertId, Command, DetectionLine, leastReal, mostReal, Scan, sensorId, trackId, validate, Zone } from "./index.ts";

const scan = {
  kind: "scan",
  sensor: "radar-1",
  measuredMs: 1_800_000_000_000,
  measuredSigmaMs: 10,
  receivedMs: 1_800_000_000_050,
  reality: "live",
  detections: [{ measurement: { kind: "bearing", azimuthRad: 1, azimuthSigmaRad: 0.05 } }],
};

test("a scan that fits its schema is accepted as it is", () => {
  assert.deepEqual(validate(Scan, scan), { ok: true, value: scan });
});

test("a fault names the place, what was expected and what came", () => {
  const answer = validate(Scan, {
    ...scan,
    detections: [{ measurement: { kind: "bearing", azimuthRad: "east", azimuthSigmaRad: 0.05 } }],
  });
  assert.ok(!answer.ok);
  const fault = answer.faults.find((f) => f.path === "/detections/0/measurement/azimuthRad");
  assert.deepEqual(fault && { expected: fault.expected, got: fault.got }, { expected: "must be number", got: '"east"' });
});

const zone = (rings: unknown, rest: object = {}) => ({
  id: "yard",
  name: "Yard",
  purpose: "protected",
  shape: { kind: "polygon", rings },
  entryLevel: "critical",
  ...rest,
});
const ring = [
  [11.5, 48.1],
  [11.51, 48.1],
  [11.51, 48.11],
];
const faultsOf = (value: unknown) => {
  const answer = validate(Zone, value);
  return answer.ok ? [] : answer.faults.map(({ path, expected, got }) => `${path} ${expected}, got ${got}`);
};

test("a list that is too short or too long says so, whatever its items are", () => {
  assert.deepEqual(faultsOf(zone([ring])), [
    "/shape/rings/0 must be a list of at least 4 (a ring, whose last point is its first), got 3",
  ]);
  assert.deepEqual(faultsOf(zone([])), ["/shape/rings must be a list of at least 1, got 0"]);
  const long = Array.from({ length: 20_001 }, () => [11.5, 48.1]);
  assert.deepEqual(faultsOf(zone([long])), [
    "/shape/rings/0 must be a list of at most 20000 (a ring, whose last point is its first), got 20001",
  ]);
  assert.deepEqual(faultsOf(zone([[...ring, [200, 48.1]].slice(1)])), [
    "/shape/rings/0 must be a list of at least 4 (a ring, whose last point is its first), got 3",
    "/shape/rings/0/2/0 must be <= 180, got 200",
  ]);
  assert.deepEqual(faultsOf(zone([[...ring, [11.5, 48.1, 520]]])), ["/shape/rings/0/3/2 must not be there, got 520"]);
});

test("what must be one of some words or an id says which words, and what an id is", () => {
  const closed = [[...ring, ring[0]]];
  assert.deepEqual(faultsOf(zone(closed)), []);
  assert.deepEqual(faultsOf(zone(closed, { entryLevel: "loud" })), [
    '/entryLevel must be one of watch, caution, warning, critical, got "loud"',
  ]);
  assert.deepEqual(faultsOf(zone(closed, { id: "North Yard" })), [
    '/id must be 1 to 64 of a-z, 0-9 or "-", starting with a letter or digit, got "North Yard"',
  ]);
});

test("a field the schema does not name is refused", () => {
  const answer = validate(DetectionLine, { sensor: "a", jam: true });
  assert.ok(!answer.ok);
});

test("not-a-number and infinities are refused where a number is due", () => {
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) assert.ok(!validate(Scan, { ...scan, measuredMs: bad }).ok);
});

test("a value that is too deep to be walked, or holds itself, is refused in words like any other", () => {
  const deep = JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`);
  const circular: unknown[] = [];
  circular.push(circular);
  for (const [value, got] of [
    [deep, "[[[…]]]"],
    [circular, "[[[…]]]"],
    [{ sensor: { a: { b: { c: 1 } } } }, '{"a":{"b":{"c":1}}}'],
  ] as const) {
    const answer = validate(DetectionLine, value);
    assert.ok(!answer.ok);
    assert.equal(answer.faults[0].got, got);
  }
});

test("a value with a poisoned prototype is refused and harms nothing", () => {
  const poisoned = JSON.parse('{"sensor":"a","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');
  assert.ok(!validate(DetectionLine, poisoned).ok);
  assert.equal(({} as Record<string, unknown>)["polluted"], undefined);
});

test("a command without a name of the person who gave it is refused", () => {
  const command = { kind: "acknowledge", id: "c-1", atMs: 1, alert: "a1-1", revision: 0 };
  assert.ok(!validate(Command, command).ok);
  assert.ok(validate(Command, { ...command, by: "Ortega" }).ok);
});

test("an id's parser says what it expects", () => {
  assert.throws(() => sensorId.parse("Bad Id"), {
    name: "TypeError",
    message: /^sensor id must be 1 to 64 of a-z, 0-9 or "-".*got "Bad Id"$/,
  });
  assert.equal(trackId.as("../../etc"), undefined);
  assert.equal(alertId.as("a1-1"), "a1-1");
});

test("what is made of a live and a simulated part is simulated", () => {
  assert.equal(leastReal("live", "simulated"), "simulated");
  assert.equal(leastReal("replay", "exercise"), "replay");
  assert.equal(leastReal("live", "live"), "live");
});

test("what one live part reaches is live, and what has none is called by its most real part", () => {
  assert.equal(mostReal(["exercise", "live", "replay"]), "live");
  assert.equal(mostReal(["replay", "exercise", "simulated"]), "exercise");
  assert.equal(mostReal([]), "live");
});

test("what lies under the name of a secret is in no fault", () => {
  const schema = Type.Object({ password: Type.Object({ file: Type.String() }), port: Type.Number() });
  for (const value of [
    { password: "hunter2", port: 1 },
    { port: { password: "hunter2" } },
    { password: { inClear: "hunter2" }, port: "x" },
  ]) {
    const checked = validate(schema, value);
    assert.ok(!checked.ok);
    assert.doesNotMatch(JSON.stringify(checked.faults), /hunter2/);
  }
});
