import assert from "node:assert/strict";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { EXIT } from "./exit-codes.ts";
import { runPicket, temporaryDir } from "./run-picket.fixture.ts";

const RADAR = { id: "radar", kind: "polar3d", pos: [0, 0, 10], period: 1, pd: 0.9 };
const META = {
  duration: 2,
  t0: 0,
  origin: { lat: 32.55, lon: -117.04, h: 0 },
  gospa: { c: 50, p: 2 },
  sensors: [RADAR],
};
const LOOK = { t: 0, received: 0.05, sensor: "radar", kind: "scan", n: 0 };
const TRUTH = { t: 1, id: "D0", cls: "drone", x: 1, y: 2, z: 3 };

/** A folder with a scenario; what is given takes the place of what is right. */
function scenario(dir: string, name: string, { meta = META, looks = [LOOK], truth = [TRUTH] }: Partial<Files> = {}): string {
  const folder = join(dir, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "meta.json"), typeof meta === "string" ? meta : JSON.stringify(meta));
  writeFileSync(join(folder, "detections.jsonl.gz"), packed(looks));
  writeFileSync(join(folder, "truth.jsonl.gz"), packed(truth));
  return folder;
}
type Files = Readonly<{ meta: object | string; looks: readonly unknown[] | Buffer; truth: readonly unknown[] | Buffer }>;
const packed = (lines: readonly unknown[] | Buffer): Buffer =>
  Buffer.isBuffer(lines) ? lines : gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));

test("what track and score are given and cannot use ends them in one line: 69 when it is not there, 65 when it is wrong", async (t) => {
  const dir = temporaryDir(t);
  const good = scenario(dir, "good");
  const [none, out] = [join(dir, "none"), join(dir, "out.jsonl")];
  const file = (name: string, text: string) => {
    writeFileSync(join(dir, name), text);
    return join(dir, name);
  };
  const cut = packed([LOOK, LOOK]).subarray(0, 20);
  const track = (from: string) => ["track", from, "--out", "-"];
  const sensors = (sensor: object) => ({ meta: { ...META, sensors: [sensor] } });
  const cases: readonly (readonly [args: readonly string[], code: number, words: RegExp])[] = [
    [track(none), EXIT.unavailable, /^Cannot read .*none\/meta\.json: ENOENT$/],
    [["track", good, "--out", join(none, "out")], EXIT.unavailable, /^Cannot write .*none\/out: ENOENT$/],
    [track(scenario(dir, "t1", { meta: "{" })), EXIT.badData, /t1\/meta\.json: is no JSON: \{$/],
    [
      track(scenario(dir, "t2", { meta: { duration: 1 } })),
      EXIT.badData,
      /t2\/meta\.json: origin must be an object, got undefined$/,
    ],
    [
      track(scenario(dir, "t3", sensors({ ...RADAR, kind: "sonar" }))),
      EXIT.badData,
      /sensors\.0: kind must be one of .*, got "sonar"$/,
    ],
    [
      track(scenario(dir, "t3b", sensors({ ...RADAR, fov: { rmin: 500, rmax: 500, az0: 0, az1: 6, el0: 0, el1: 1 } }))),
      EXIT.badData,
      /t3b\/meta\.json: Sensor .*: fieldOfView\.rangeMinM must be in 0 to below 500 m, got 500$/,
    ],
    [track(scenario(dir, "t4", { looks: cut })), EXIT.badData, /detections\.jsonl\.gz: is no whole gzip file/],
    [track(scenario(dir, "t5", { looks: Buffer.from("{}") })), EXIT.badData, /detections\.jsonl\.gz: is no whole gzip file/],
    [
      track(scenario(dir, "t6", { looks: [LOOK, { ...LOOK, sensor: "x" }] })),
      EXIT.badData,
      /gz:2: meta\.json names no sensor "x"$/,
    ],
    [
      track(scenario(dir, "t7", { looks: [LOOK, { ...LOOK, kind: "polar3d", r: "far" }] })),
      EXIT.badData,
      /gz:2: r must be a number, got "far"$/,
    ],
    [["score", none, out], EXIT.unavailable, /^Cannot read .*none\/meta\.json: ENOENT$/],
    [["score", good, none], EXIT.unavailable, /^Cannot read .*none: ENOENT$/],
    [["score", good, dir], EXIT.unavailable, /^Cannot read .*: EISDIR$/],
    [["score", good, file("a.jsonl", "no JSON\n")], EXIT.badData, /a\.jsonl:1: is no JSON: no JSON$/],
    [
      ["score", good, file("b.jsonl", `${JSON.stringify({ ...TRUTH, z: null })}\n`)],
      EXIT.badData,
      /b\.jsonl:1: z must be a number, got null$/,
    ],
    [["score", good, file("c.jsonl", '\n{"t":1,"x":1,"y":1,"z":1}\n')], EXIT.badData, /c\.jsonl:2: id must be text or a number/],
    [["score", scenario(dir, "s1", { truth: [7] }), out], EXIT.badData, /truth\.jsonl\.gz:1: must be an object, got 7$/],
    [
      ["score", scenario(dir, "s2", { meta: { ...META, gospa: { c: 1, p: 1 } } }), out],
      EXIT.badData,
      /gospa: p must be 2, got 1$/,
    ],
  ];
  writeFileSync(out, "");
  const answers = await Promise.all(cases.map(([args]) => runPicket(args)));
  for (const [index, { code, lines }] of answers.entries()) {
    const [args, expected, words] = cases[index] as (typeof cases)[number];
    assert.deepEqual([code, lines.length], [expected, 1], `${args.join(" ")}\n${lines.join("\n")}`);
    assert.match(lines[0] ?? "", words);
  }
  const [tracked, scored] = [await runPicket(["track", good, "--out", out]), await runPicket(["score", good, out])];
  assert.deepEqual([tracked.code, scored.code], [EXIT.done, EXIT.done], [...tracked.lines, ...scored.lines].join("\n"));
});

test("no command calls it a fault of its own when a file is not there or cannot be written", async (t) => {
  const dir = temporaryDir(t);
  writeFileSync(join(dir, "file"), "");
  const [none, inFile] = [join(dir, "none"), join(dir, "file/in-it")];
  const cases: readonly (readonly string[])[] = [
    ["encode", "cap", none],
    ["encode", "cap", dir],
    ["decode", "adsb", none],
    ["import", "declarations", none, "--data", join(dir, "data")],
    ["simulate", "S1", "--out", inFile],
    ["demo", "--data", inFile],
  ];
  for (const [index, { code, lines }] of (await Promise.all(cases.map((args) => runPicket(args)))).entries()) {
    assert.deepEqual([code, lines.length], [EXIT.unavailable, 1], `${cases[index]?.join(" ")}\n${lines.join("\n")}`);
    assert.match(lines[0] ?? "", /^Cannot (read|write) .*: E[A-Z]+$/);
  }
});

test("a seed that is no whole number and a port that is none are refused, and nothing is written", async (t) => {
  const dir = temporaryDir(t);
  const out = join(dir, "scenario");
  for (const [words, ...args] of [
    [/^--seed must be a whole number from 0, got "abc"$/, "simulate", "S1", "--seed", "abc", "--out", out],
    [/^--seed must be a whole number from 0, got "-1"$/, "simulate", "S1", "--seed=-1", "--out", out],
    [/^--seed must be a whole number from 0, got "1\.5"$/, "demo", "--seed", "1.5", "--data", out],
    [/^--port must name a port from 0 to 65535, got "99999"$/, "demo", "--port", "99999", "--data", out],
  ] as const) {
    const { code, lines } = await runPicket(args);
    assert.deepEqual([code, lines.length], [EXIT.usage, 1], lines.join("\n"));
    assert.match(lines[0] ?? "", words);
  }
  assert.equal(existsSync(out), false);
});
