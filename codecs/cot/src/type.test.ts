import assert from "node:assert/strict";
import { test } from "node:test";
import { formatAirType, isTasking, parseAtomType } from "./index.ts";

for (const [type, affiliation, dimension, airClass] of [
  ["a-f-A-M-H-Q", "friend", "air", "rotary-wing-drone"],
  ["a-u-A-M-H-R", "unknown", "air", "rotary-wing-drone"],
  ["a-p-A-M-F-Q", "pending", "air", "fixed-wing-drone"],
  ["a-p-A-M-F-Q-H", "pending", "air", "fixed-wing-drone"],
  ["a-s-A-M-F-R", "suspect", "air", "fixed-wing"],
  ["a-n-A-M-H", "neutral", "air", "rotary-wing"],
  ["a-a-A-C-F", "assumed-friend", "air", "civil"],
  ["a-h-A-M-L", "hostile", "air", "lighter-than-air"],
  ["a-j-A", "joker", "air", undefined],
  ["a-k-A-M-HX", "faker", "air", undefined],
  ["a-f-G-U-C", "friend", "ground", undefined],
  ["a-f-G-M-H-Q", "friend", "ground", undefined],
  ["a-n-S", "neutral", "sea-surface", undefined],
  ["a-n-U", "neutral", "subsurface", undefined],
  ["a-n-P", "neutral", "space", undefined],
  ["a-n-F", "neutral", "special-operations", undefined],
  ["a-U-G", undefined, "ground", undefined],
  ["a-.-X", undefined, undefined, undefined],
  ["a-constructor-toString", undefined, undefined, undefined],
  ["a", undefined, undefined, undefined],
] as const)
  test(`${type} is read`, () => {
    const atom = parseAtomType(type);
    assert.deepEqual([atom?.affiliation, atom?.dimension, atom?.airClass], [affiliation, dimension, airClass]);
  });

test("what is no atom has no affiliation", () => {
  for (const type of ["b-m-p-s-m", "u-d-f", "t-x-d-d", "", "alpha-f-A"]) assert.equal(parseAtomType(type), undefined);
});

test("a type that is made reads as it was made", () => {
  for (const affiliation of [
    "pending",
    "unknown",
    "assumed-friend",
    "friend",
    "neutral",
    "suspect",
    "hostile",
    "joker",
    "faker",
  ] as const)
    for (const airClass of [
      "rotary-wing-drone",
      "fixed-wing-drone",
      "rotary-wing",
      "fixed-wing",
      "lighter-than-air",
      "civil",
      undefined,
    ] as const) {
      const atom = parseAtomType(formatAirType(affiliation, airClass));
      assert.deepEqual([atom?.affiliation, atom?.dimension, atom?.airClass], [affiliation, "air", airClass]);
    }
  assert.equal(formatAirType("unknown", "rotary-wing-drone"), "a-u-A-M-H-Q");
});

test("all of t- tasks but the network's own housekeeping", () => {
  for (const type of ["t", "t-k", "t-k-d", "t-s-v-e", "T-K", "t-xx"]) assert.ok(isTasking(type), type);
  for (const type of ["t-x-d-d", "t-x-c-t", "t-x-takp-v", "a-t-A", "b-t-f", "tank"]) assert.ok(!isTasking(type), type);
});
