import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { BENCH_KINDS, type BenchKind, generateBench } from "../index.ts";
import type { BenchScenario } from "./bench-scenario.ts";

type Line = Readonly<Record<string, number | string | null>>;
const parsed = (lines: readonly string[]): Line[] => lines.map((line) => JSON.parse(line));
const SEEDS = ["a", "b", "c", "d"];

/** Small enough for a test: fewer drones where there are very many, and half an hour of quiet instead of two. */
const small = (kind: BenchKind, seed: string | number): BenchScenario =>
  generateBench(kind, {
    seed,
    ...(["S4", "S7", "S8"].includes(kind) && { targets: 40 }),
    ...(kind === "S11" && { durationS: 1800 }),
  });

test("the same seed gives the same scenario, byte for byte, and another seed another", () => {
  for (const kind of BENCH_KINDS) {
    const scenario = small(kind, 7);
    assert.deepEqual(scenario, small(kind, 7), kind);
    assert.notDeepEqual(scenario.detections, small(kind, 8).detections, kind);
  }
});

for (const kind of ["S1", "S2", "S3"] as const) {
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
    const { meta } = generateBench(kind, { seed: "a" });
    const stated = meta.sensors[0]?.kind === "polar3d" ? meta.sensors[0].clutter_per_scan : 0;
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
  const [radar] = meta.sensors;
  assert.ok(radar?.kind === "polar3d");
  assert.deepEqual([radar.pd, radar.clutter_per_scan], [0.8, 50]);
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

test("in the Doppler notch one in ten is seen, and a silent radar says nothing", () => {
  const { detections, truth, answers } = generateBench("S9", { seed: 2, clutterPerScan: 0 });
  const inNotch = parsed(truth).filter((line) => line["pd"] === 0.1);
  const [fromS = 0, toS = 0] = (answers as { radars: { "radar-1": { outage: [[number, number]] } } }).radars["radar-1"].outage[0];
  const radar1 = parsed(detections).filter((line) => line["sensor"] === "radar-1");
  assert.equal(toS - fromS, 40);
  assert.ok(!radar1.some((line) => Number(line["t"]) >= fromS && Number(line["t"]) < toS));
  const seen = new Set(radar1.filter((line) => line["kind"] === "polar3d").map((line) => `${line["truth"]}@${line["t"]}`));
  const looked = inNotch.filter((line) => Number(line["t"]) < fromS || Number(line["t"]) >= toS);
  const share = looked.filter((line) => seen.has(`${line["id"]}@${line["t"]}`)).length / looked.length;
  // The best radar's probability is 0.1; radar 1 may have less. 4 sigma of a share of 0.1.
  assert.ok(share < 0.1 + 4 * Math.sqrt(0.09 / looked.length) && share > 0.05, `${share} of ${looked.length}`);
});

test("truth always says how likely a target is seen: not at all outside of every radar's view", () => {
  for (const kind of BENCH_KINDS) {
    const { meta, truth, detections } = small(kind, "seen");
    const seen = new Set(parsed(detections).map((line) => `${line["truth"]}@${line["t"]}`));
    const radars = meta.sensors.filter((sensor) => sensor.kind === "polar3d");
    const hasFinders = meta.sensors.length > radars.length;
    for (const { id, t, pd } of parsed(truth)) {
      assert.ok(typeof pd === "number" && pd >= 0 && pd <= 1, kind);
      if (pd === 0 && !hasFinders) assert.ok(!seen.has(`${id}@${t}`), `${kind}: ${id} was seen at ${t} s`);
    }
  }
  // One of these leaves the view for a minute.
  const { truth } = generateBench("S3", { seed: "bench-1", lies: true });
  assert.deepEqual(new Set(parsed(truth).map(({ pd }) => pd)), new Set([0, 0.7]));
});

test("merged plots stand for targets of one resolution cell", () => {
  const { detections, truth } = generateBench("S4m", { seed: 4 });
  const places = new Map(parsed(truth).map((line) => [`${line["id"]}@${line["t"]}`, line]));
  const rangeM = (id: string, t: unknown): number => {
    const at = places.get(`${id}@${t}`);
    return Math.hypot(Number(at?.["x"]), Number(at?.["y"]), Number(at?.["z"]) - 10);
  };
  const merged = detections.map((line) => JSON.parse(line)).filter((line) => line.truths);
  assert.ok(merged.length > 50, `${merged.length}`);
  for (const { truths, t } of merged) {
    const ranges = truths.map((id: string) => rangeM(id, t));
    assert.ok(Math.max(...ranges) - Math.min(...ranges) <= 10.2); // truth is written in tenths of a metre
  }
});

test("a spoofed claim is 800 m off, an honest one with a wrong datum some 80 m, and every receiver hears the same", () => {
  const { detections, truth, answers } = generateBench("S5b", { seed: 6 });
  const places = new Map(parsed(truth).map((line) => [`${line["id"]}@${line["t"]}`, line]));
  const { rids } = answers as { rids: Record<string, { truth: string; kind: string }> };
  const claims = parsed(detections).filter((line) => line["kind"] === "position");
  const contents = new Map<string, string>();
  for (const line of claims) {
    const content = `${line["x"]} ${line["y"]} ${line["z"]}`;
    const broadcast = `${line["tx"]}/${line["stamp"]}`;
    assert.equal(contents.get(broadcast) ?? content, content);
    contents.set(broadcast, content);
    const { kind = "", truth: id = "" } = rids[String(line["rid"])] ?? {};
    const at = places.get(`${id}@${Math.round(Number(line["t"]))}`);
    if (!at) continue;
    const offM = Math.hypot(Number(line["x"]) - Number(at["x"]), Number(line["y"]) - Number(at["y"]));
    const [least, most] = kind === "spoof" ? [740, 860] : kind === "datum" ? [30, 140] : kind === "latency" ? [0, 200] : [0, 50];
    assert.ok(offM >= (least ?? 0) && offM <= (most ?? 0), `${kind} is ${offM} m off`);
  }
  assert.ok(contents.size < 0.6 * claims.length, "a broadcast is heard by more than one");
});

test("every attacker comes down on a protected point", () => {
  for (const seed of SEEDS) {
    const { impacts } = generateBench("S10", { seed }).answers as { impacts: Record<string, { miss_m: number; t: number }> };
    assert.equal(Object.keys(impacts).length, 8);
    for (const { miss_m, t } of Object.values(impacts)) {
      // It ends when it is within 4 m, and the last place that is kept is up to a tenth of a second before.
      assert.ok(miss_m < 10 && t < 120, `missed by ${miss_m} m at ${t} s`);
    }
  }
});

test("an hour of quiet holds no drone, and labelled samples of what a drone looks like", () => {
  const { truth, samples = [] } = small("S11", 1);
  assert.ok(!truth.some((line) => line.includes('"cls":"drone"')));
  const drones = parsed(samples).filter((line) => line["cls"] === "drone");
  const mean = drones.reduce((sum, line) => sum + Number(line["rcs"]), 0) / drones.length;
  assert.ok(Math.abs(mean + 18) < (4 * 4) / Math.sqrt(drones.length), `${mean} dB m²`);
  const rotor = drones.reduce((sum, line) => sum + Number(line["md"]), 0) / drones.length;
  // A beta variable of 6 and 3 has mean 2/3 and standard deviation 0.149.
  assert.ok(Math.abs(rotor - 2 / 3) < (4 * 0.149) / Math.sqrt(drones.length), `${rotor}`);
});

test("a biased radar is off by as much as is said, in range, azimuth and time, and states nothing of it", () => {
  const [honest, biased] = [false, true].map((lies) => generateBench("R1", { seed: 3, lies, clutterPerScan: 0 }));
  assert.ok(honest && biased);
  assert.deepEqual(biased.meta, honest.meta);
  const places = new Map(parsed(biased.truth).map((line) => [`${line["id"]}@${line["t"]}`, line]));
  let [rangeM, azimuthRad, count] = [0, 0, 0];
  for (const line of parsed(biased.detections)) {
    if (line["sensor"] !== "radar-1" || line["kind"] !== "polar3d") continue;
    // Its clock is half a second slow.
    const at = places.get(`${line["truth"]}@${Number(line["t"]) + 0.5}`);
    if (!at) continue;
    const [e, n, u] = [Number(at["x"]) + 1200, Number(at["y"]), Number(at["z"]) - 12];
    rangeM += Number(line["r"]) - Math.hypot(e, n, u);
    azimuthRad += Number(line["az"]) - Math.atan2(e, n);
    count++;
  }
  // Means of some thousand plots of 5 m and 0.3°.
  assert.ok(Math.abs(rangeM / count - 40) < 1, `${rangeM / count} m`);
  assert.ok(Math.abs((azimuthRad / count) * (180 / Math.PI) - 1.5) < 0.05, `${azimuthRad / count} rad`);
});

test("C1: nine tell truly who they are, be they offset or late, and four lie by 200 to 2,000 m", () => {
  for (const seed of SEEDS) {
    const { truth, detections, answers } = generateBench("C1", { seed });
    const { rids } = answers as { rids: Record<string, { truth: string; spoof: boolean; offset: number[]; latency: number }> };
    const offM = Object.values(rids).map(({ offset: [e = 0, n = 0] }) => Math.hypot(e, n));
    const isFalse = Object.values(rids).map(({ spoof }) => spoof);
    assert.deepEqual([isFalse.filter((lie) => !lie).length, isFalse.filter((lie) => lie).length], [9, 4]);
    for (const [i, m] of offM.entries()) assert.ok(isFalse[i] ? m >= 200 && m <= 2000 : m <= 120, `${m} m off`);
    // A place is told as often as the sender is heard, and of each sender where it is but for what is stated.
    const places = new Map(parsed(truth).map((line) => [`${line["id"]}@${line["t"]}`, line]));
    for (const line of parsed(detections).filter(({ kind, t }) => kind === "position" && Number(t) % 1 < 0.05)) {
      const {
        truth: id,
        offset: [e = 0, n = 0],
        latency,
      } = rids[String(line["rid"])] ?? assert.fail("nobody's claim");
      const at = places.get(`${id}@${Math.floor(Number(line["t"]))}`);
      if (at === undefined || latency > 0) continue;
      const missM = Math.hypot(Number(line["x"]) - Number(at["x"]) - e, Number(line["y"]) - Number(at["y"]) - n);
      assert.ok(missM < 5 * 6.5 + 0.05 * 40, `${missM} m from where it was to be`);
    }
  }
});

const shared = resolve(import.meta.dirname, "../../../..", process.env["PICKET_SHARED"] ?? "../shared", "bench/scenarios");
const skip = existsSync(shared) ? false : "the shared bench (PICKET_SHARED) is not here";
const FOLDERS: Readonly<Partial<Record<BenchKind, string>>> = {
  S1: "S1-single",
  S2: "S2-crossing",
  S3: "S3-raid20",
  S4: "S4-swarm100",
  S4m: "S4m-merged-a",
  S5: "S5-multisensor",
  S5b: "S5b-remoteid-a",
  S6: "S6-birds",
  S7: "S7-border1000",
  S8: "S8-sweep/n30",
  S9: "S9-notch-a",
  S10: "S10-fpv-a",
  S11: "S11-quiet",
};
test("the files have the very fields of the bench's own, in every kind of line", { skip }, () => {
  for (const kind of BENCH_KINDS) {
    const name = FOLDERS[kind];
    if (name === undefined) continue;
    const ours = small(kind, 1);
    const folder = join(shared, name);
    const lines = (name: string) =>
      gunzipSync(readFileSync(join(folder, name)))
        .toString()
        .trim()
        .split("\n");
    const meta = JSON.parse(readFileSync(join(folder, "meta.json"), "utf8"));
    assert.deepEqual(Object.keys(ours.meta), Object.keys(meta), kind);
    assert.deepEqual(ours.meta.sensors.map(fields), meta.sensors.map(fields), kind);
    assert.deepEqual(kindsOfLine(ours.detections), kindsOfLine(lines("detections.jsonl.gz")), kind);
    // Some of the bench's own do not say how likely a target is seen; ours always do.
    const theirs = lines("truth.jsonl.gz").map((line) => JSON.stringify({ ...JSON.parse(line), pd: 1 }));
    assert.deepEqual(kindsOfLine(ours.truth), kindsOfLine(theirs), kind);
  }
  const { sensors } = JSON.parse(readFileSync(join(shared, "S1-single/meta.json"), "utf8"));
  assert.deepEqual({ ...generateBench("S1", { seed: 1 }).meta.sensors[0] }, sensors[0]);
});

const fields = (line: object): string => Object.keys(line).sort().join(" ");
const kindsOfLine = (lines: readonly string[]): string[] => [...new Set(lines.map((line) => fields(JSON.parse(line))))].sort();
