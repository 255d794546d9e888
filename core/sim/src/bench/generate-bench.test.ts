import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { BENCH_KINDS, generateBench } from "../index.ts";
import type { BenchScenario } from "./bench-scenario.ts";

type Line = Readonly<Record<string, number | string | null>>;
const parsed = (lines: readonly string[]): Line[] => lines.map((line) => JSON.parse(line));
const SEEDS = ["a", "b", "c", "d"];

test("the same seed gives the same scenario, byte for byte", () => {
  for (const kind of BENCH_KINDS) {
    assert.deepEqual(generateBench(kind, { seed: 7 }), generateBench(kind, { seed: 7 }));
    assert.notDeepEqual(generateBench(kind, { seed: 7 }).detections, generateBench(kind, { seed: 8 }).detections);
  }
});

for (const kind of BENCH_KINDS) {
  test(`${kind}: detection probability, noise and clutter are what is stated, within 4 sigma`, () => {
    let visible = 0;
    let seen = 0;
    let looks = 0;
    let clutter = 0;
    const miss = { r: 0, az: 0, el: 0 };
    for (const seed of SEEDS) {
      const scenario = generateBench(kind, { seed });
      const truth = new Map(parsed(scenario.truth).map((line) => [`${line["id"]}@${line["t"]}`, line]));
      visible += truth.size;
      for (const line of parsed(scenario.detections)) {
        if (line["kind"] === "scan") looks++;
        else if (line["truth"] === null) clutter++;
        else {
          seen++;
          const place = truth.get(`${line["truth"]}@${line["t"]}`) ?? assert.fail("a detection of nobody");
          const [e, n, u] = [Number(place["x"]), Number(place["y"]), Number(place["z"]) - 10];
          miss.r += ((Number(line["r"]) - Math.hypot(e, n, u)) / 5) ** 2;
          miss.az += ((Number(line["az"]) - Math.atan2(e, n)) / 0.005236) ** 2;
          miss.el += ((Number(line["el"]) - Math.atan2(u, Math.hypot(e, n))) / 0.008727) ** 2;
        }
      }
    }
    // Some drones leave the field of view, so of all truth a little less than pD is seen.
    assert.ok(seen / visible < 0.9 + 4 * Math.sqrt(0.09 / visible) && seen / visible > 0.85, `pD ${seen / visible}`);
    for (const [name, sum] of Object.entries(miss)) {
      assert.ok(Math.abs(sum / seen - 1) < 4 * Math.sqrt(2 / seen), `${name}: variance ${sum / seen} of the stated`);
    }
    const stated = generateBench(kind, { seed: "a" }).meta.sensors[0]?.clutter_per_scan ?? 0;
    assert.ok(Math.abs(clutter / looks - stated) < 4 * Math.sqrt(stated / looks), `${clutter / looks} clutter a look`);
  });
}

test("a scenario that lies states what it always states", () => {
  const honest = generateBench("S3", { seed: 3 });
  const lying = generateBench("S3", { seed: 3, lies: true });
  assert.deepEqual(lying.meta, honest.meta);
  const clutter = (scenario: BenchScenario) => parsed(scenario.detections).filter((line) => line["truth"] === null).length;
  // Three times the clutter in one sector of 60° out of 180° makes 5/3 of it overall.
  assert.ok(Math.abs(clutter(lying) / clutter(honest) - 5 / 3) < 0.1, `${clutter(lying) / clutter(honest)}`);
});

test("a raid may be larger, its radar worse and its clutter more", () => {
  const { meta, answers } = generateBench("S3", { seed: 1, targets: 33, detectionProbability: 0.8, clutterPerScan: 50 });
  assert.equal((answers as { counts: { targets: number } }).counts.targets, 33);
  assert.deepEqual([meta.sensors[0]?.pd, meta.sensors[0]?.clutter_per_scan], [0.8, 50]);
});

test("two cross at 12° and pass each other closely", () => {
  const truth = parsed(generateBench("S2", { seed: 5 }).truth);
  const [one, other] = ["D0", "D1"].map((id) => truth.filter((line) => line["id"] === id));
  assert.ok(one && other);
  const apart = one.map((line, i) =>
    Math.hypot(Number(line["x"]) - Number(other[i]?.["x"]), Number(line["y"]) - Number(other[i]?.["y"])),
  );
  assert.ok(Math.min(...apart) < 15, `never nearer than ${Math.min(...apart)} m`);
  const course = (line: Line | undefined) => Math.atan2(Number(line?.["vx"]), Number(line?.["vy"]));
  const mean = one.reduce((sum, line, i) => sum + Math.abs(course(other[i]) - course(line)), 0) / one.length;
  assert.ok(Math.abs((((mean * 180) / Math.PI) % 348) - 12) < 1, `${(mean * 180) / Math.PI}°`);
});

const shared = resolve(import.meta.dirname, "../../../..", process.env["PICKET_SHARED"] ?? "../shared", "bench/scenarios");
const skip = existsSync(shared) ? false : "the shared bench (PICKET_SHARED) is not here";
test("the files have the very fields of the bench's own", { skip }, () => {
  for (const [kind, folder] of [
    ["S1", "S1-single"],
    ["S2", "S2-crossing"],
    ["S3", "S3-raid20"],
  ] as const) {
    const ours = generateBench(kind, { seed: 1 });
    const lines = (name: string) =>
      gunzipSync(readFileSync(join(shared, folder, name)))
        .toString()
        .trim()
        .split("\n");
    const keys = (line: string | undefined) => Object.keys(JSON.parse(line ?? "{}"));
    const meta = JSON.parse(readFileSync(join(shared, folder, "meta.json"), "utf8"));
    assert.deepEqual(Object.keys(ours.meta), Object.keys(meta));
    assert.deepEqual(Object.keys(ours.meta.sensors[0] ?? {}), Object.keys(meta.sensors[0]));
    for (const [written, theirs] of [
      [ours.detections, lines("detections.jsonl.gz")],
      [ours.truth, lines("truth.jsonl.gz")],
    ] as const) {
      assert.deepEqual(keys(written[0]), keys(theirs[0]));
      assert.deepEqual(keys(written[1]), keys(theirs[1]));
    }
    assert.deepEqual({ ...ours.meta.sensors[0] }, { ...meta.sensors[0] });
  }
});
