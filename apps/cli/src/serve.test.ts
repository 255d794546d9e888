import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Alert, AssessedTrack } from "@picket/model";
import { openJournalReader } from "@picket/server";
import { EXIT } from "./exit-codes.ts";
import { runPicket, servePicket, temporaryDir } from "./run-picket.fixture.ts";

const CAPTURE = resolve(
  import.meta.dirname,
  "../../..",
  process.env["PICKET_SHARED"] ?? "../shared",
  "vectors/odid/parrot_anafi4_real_odid_a.pcapng",
);
const SITE = "site: { id: gate, name: Gate, latDeg: 32.55, lonDeg: -117.04 }\n";

test("a port that is taken, a directory in use and one that cannot be are one line each, with exit code 69", async (t) => {
  const dir = temporaryDir(t);
  const { url } = await servePicket(t, ["--data", join(dir, "one")]);
  const { port } = new URL(url);
  const serve = (...args: string[]) => runPicket(["serve", ...args]);
  writeFileSync(join(dir, "file"), "");
  const [taken, second, none] = await Promise.all([
    serve("--port", port, "--data", join(dir, "two")),
    serve("--port", "0", "--data", join(dir, "one")),
    serve("--port", "0", "--data", join(dir, "file/in-it")),
  ]);
  for (const { code, lines, out } of [taken, second, none]) {
    assert.deepEqual([code, lines.length, out], [EXIT.unavailable, 1, ""], lines.join("\n"));
  }
  assert.match(taken.lines[0] ?? "", new RegExp(`^HTTP on 127\\.0\\.0\\.1:${port}: .*address already in use`));
  assert.match(second.lines[0] ?? "", /Another Picket is using/);
  assert.match(none.lines[0] ?? "", /^The data directory .*not a directory/);
});

test("a bad configuration names file, line and key of every fault, with exit code 78", async (t) => {
  const dir = temporaryDir(t);
  const cases: readonly (readonly [yaml: string, faults: readonly RegExp[], ...args: string[]])[] = [
    [`${SITE}feeds: [\n`, [/site-0\.yaml:[23]: /]],
    [
      `${SITE}server: { port: 99999, hosts: x }\n`,
      [/site-1\.yaml:2: server\.port must be <= 65535/, /server\.hosts is not known/],
    ],
    [`${SITE}server: { host: 0.0.0.0, dataDir: d }\n`, [/server\.host 0\.0\.0\.0: HTTP stays on loopback until/]],
  ];
  await Promise.all(
    cases.map(async ([yaml, faults, ...args], index) => {
      const path = join(dir, `site-${index}.yaml`);
      writeFileSync(path, yaml);
      const { code, lines } = await runPicket(["serve", "--config", path, "--data", join(dir, "d"), ...args]);
      assert.deepEqual([code, lines.length], [EXIT.configuration, faults.length], lines.join("\n"));
      for (const [at, words] of faults.entries()) assert.match(lines[at] ?? "", words);
    }),
  );
  const missing = await runPicket(["serve", "--config", join(dir, "none.yaml")]);
  assert.deepEqual([missing.code, missing.lines.length], [EXIT.configuration, 1]);
});

test("an option that is wrong, or would do nothing, is one line, with exit code 64", async (t) => {
  const dir = temporaryDir(t);
  const path = join(dir, "site.yaml");
  writeFileSync(path, `${SITE}feeds: [{ id: udp-1, protocol: detections, transport: { kind: stdin } }]\n`);
  const cases: readonly (readonly [words: RegExp, ...args: string[]])[] = [
    [
      /^--reality must be one of live, exercise, simulated, replay, test, got "real"$/,
      "--stdin",
      "detections",
      "--reality",
      "real",
    ],
    [/^--reality must be one of live.*got "foo"$/, "--reality", "foo"],
    [/^--reality must go with --stdin or --udp.*got "exercise"$/, "--reality", "exercise"],
    [/^--port must name a port from 0 to 65535, got ""$/, "--port", ""],
    [/^--udp must name protocol and port, such as detections:9000, got "detections"$/, "--udp", "detections"],
    [/^--udp must name protocol and port.*got "detections:9000:192\.0\.2\.7"$/, "--udp", "detections:9000:192.0.2.7"],
    [/^A feed's protocol must be one of .*asterix.*, got "radar"$/, "--stdin", "radar"],
    [/^--stdin or --udp must add what .*site\.yaml does not have yet, got "stdin"$/, "--config", path, "--stdin", "detections"],
    [/^--stdin or --udp must add .*got "udp-1"$/, "--config", path, "--udp", "detections:0"],
  ];
  const answers = await Promise.all(cases.map(([, ...args]) => runPicket(["serve", "--data", join(dir, "d"), ...args])));
  for (const [index, { code, lines }] of answers.entries()) {
    assert.deepEqual([code, lines.length], [EXIT.usage, 1], lines.join("\n"));
    assert.match(lines[0] ?? "", cases[index]?.[0] as RegExp);
  }
});

test("SIGTERM ends it with code 0 and all that was decided sealed", async (t) => {
  const dir = temporaryDir(t);
  const { stop } = await servePicket(t, ["--data", dir]);
  await sleep(600);
  assert.equal(await stop(), EXIT.done);
  const reader = openJournalReader(join(dir, "journal"));
  t.after(() => reader.close());
  const decided = reader
    .segments()
    .filter(({ segment }) => [...reader.entries({ segment })].some(({ entry }) => entry?.kind === "mark"));
  assert.ok(decided.length > 0 && decided.every(({ sealedMs }) => sealedMs !== undefined));
  assert.ok(reader.verify().ok);
});

test("a fault that nobody caught ends it with code 70 and one line", async (t) => {
  const dir = temporaryDir(t);
  for (const fault of ["Promise.reject(new Error('boom\\nand more'))", "setTimeout(() => { throw new Error('boom') })"]) {
    writeFileSync(join(dir, "fault.mjs"), `setTimeout(() => { ${fault} }, 1500)`);
    const before = process.env["NODE_OPTIONS"];
    process.env["NODE_OPTIONS"] = `--import ${join(dir, "fault.mjs")}`;
    const run = runPicket(["serve", "--port", "0", "--data", join(dir, "data")]);
    process.env["NODE_OPTIONS"] = before ?? "";
    const { code, lines } = await run;
    assert.equal(code, EXIT.fault, lines.join("\n"));
    const last = lines.at(-1) ?? "";
    assert.match(last, /^A fault of Picket's own: Error: boom/);
    assert.equal(lines.filter((line) => /^\s+at /.test(line)).length, 0, "no stack");
  }
});

test("a real capture that is piped in shows its track", { skip: !existsSync(CAPTURE) && `needs ${CAPTURE}` }, async (t) => {
  const { url, said } = await servePicket(t, ["--stdin", "remote-id", "--data", temporaryDir(t)], readFileSync(CAPTURE));
  const tracks = async () => (await (await fetch(`${url}/api/tracks`)).json()) as AssessedTrack[];
  const endMs = performance.now() + 20_000;
  let found: AssessedTrack | undefined;
  while (!found && performance.now() < endMs) {
    found = (await tracks()).find(({ identities }) => identities[0]?.claim.kind === "serial");
    await sleep(50);
  }
  assert.ok(found, said.join("\n"));
  assert.deepEqual(found.identities[0]?.claim, { kind: "serial", value: "1588E040445AC004418" });
  assert.deepEqual([found.latDeg.toFixed(3), found.lonDeg.toFixed(3)], ["47.199", "8.730"]);
  assert.ok(found.contributions.every(({ sensor }) => sensor === "stdin"));
});

const alarmed = "a real capture alone raises its zone's alert and warns who stands there, as known by its own word only";
test(alarmed, { skip: !existsSync(CAPTURE) && `needs ${CAPTURE}` }, async (t) => {
  const dir = temporaryDir(t);
  const path = join(dir, "site.yaml");
  const at = { latDeg: 47.1988, lonDeg: 8.7302 };
  const configuration = {
    site: { id: "farm", name: "Farm", ...at },
    feeds: [{ id: "air", protocol: "remote-id", sensor: "receiver", transport: { kind: "capture", path: CAPTURE } }],
    sensors: [{ id: "receiver", name: "Receiver", kind: "remoteId", ...at, rangeMaxM: 2000 }],
    zones: [
      {
        id: "yard",
        name: "Yard",
        purpose: "protected",
        entryLevel: "critical",
        shape: { kind: "circle", centre: at, radiusM: 400 },
      },
    ],
    persons: [{ id: "guard", name: "Guard", language: "en", fixed: at }],
  };
  writeFileSync(path, JSON.stringify(configuration));
  const { url, said } = await servePicket(t, ["--config", path, "--data", join(dir, "data"), "--port", "0"]);
  const get = async <T>(what: string) => (await (await fetch(`${url}/api/${what}`)).json()) as T[];
  const endMs = performance.now() + 30_000;
  let entry: Alert | undefined;
  while (!entry && performance.now() < endMs) {
    entry = (await get<Alert>("alerts")).find(({ kind }) => kind === "zoneEntry");
    await sleep(50);
  }
  assert.ok(entry, said.join("\n"));
  assert.ok(entry.reasons.some(({ code }) => code === "reason.byOwnWord"));
  const [track] = await get<AssessedTrack>("tracks");
  assert.deepEqual([track?.confirmed, track?.identities[0]?.truth.verdict], [false, "unconfirmed"]);
  const warned = (await get<Alert>("alerts")).find(({ kind }) => kind === "personThreatened");
  assert.deepEqual([warned?.person, warned?.level], ["guard", "warning"]);
});
