import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createReleaseRecord } from "./release-record.ts";
import { temporaryDir, until } from "./site.fixture.ts";

const NOON_MS = Date.UTC(2026, 8, 21, 12);
const TAK = { outlet: "tak", partner: "County", fields: ["identity"] };
const rowsIn = (dir: string): { what: string; messages: number; fromMs: number; toMs: number }[] =>
  readdirSync(dir)
    .sort()
    .flatMap((name) => readFileSync(join(dir, name), "utf8").split("\n").slice(0, -1)) // whole lines: the last may be half written
    .map((line) => JSON.parse(line));
const reports: string[] = [];
const report = (fault: string) => void reports.push(fault);

test("a line stands as soon as a partner hears of a thing, and one for what it heard in the ten minutes after", async (t) => {
  const dir = temporaryDir(t);
  const record = createReleaseRecord({ dir, keepDays: 180, report });
  for (let second = 0; second <= 700; second++) {
    record.told(TAK, "t3-7", NOON_MS + second * 1000);
    record.pass(NOON_MS + second * 1000);
    // What is written must be on disk before time goes on: while it is not, nothing more is begun.
    const written = second === 0 ? 1 : second === 600 ? 2 : undefined;
    if (written !== undefined)
      await until(() => {
        record.pass(NOON_MS + second * 1000);
        return readdirSync(dir).length > 0 && rowsIn(dir).length === written;
      });
  }
  await record.close(NOON_MS + 700_000);
  const rows = rowsIn(dir);
  assert.deepEqual(rows[0], { ...TAK, what: "t3-7", fromMs: NOON_MS, toMs: NOON_MS, messages: 1 });
  assert.equal(
    rows.reduce((sum, { messages }) => sum + messages, 0),
    701,
  );
  assert.equal(rows.length, 4, "first word, ten minutes, first word after, the rest");
  assert.deepEqual(reports, []);
});

test("a day is a file, and those past their time go", async (t) => {
  const dir = temporaryDir(t);
  for (const name of ["2026-01-01.jsonl", "2026-09-20.jsonl", "notes.txt"]) writeFileSync(join(dir, name), "");
  const record = createReleaseRecord({ dir, keepDays: 30, report });
  record.told(TAK, "a3-1", NOON_MS);
  await record.close(NOON_MS);
  assert.deepEqual(readdirSync(dir).sort(), ["2026-09-20.jsonl", "2026-09-21.jsonl", "notes.txt"]);
});

test("what cannot be written is said", async (t) => {
  const file = join(temporaryDir(t), "file");
  writeFileSync(file, "");
  const said: string[] = [];
  const record = createReleaseRecord({ dir: join(file, "in"), keepDays: 1, report: (fault) => said.push(fault) });
  record.told(TAK, "a3-1", NOON_MS);
  await record.close(NOON_MS);
  assert.match(said.join(), /^The record of what partners are told lost 1 lines: /);
});

test("more things at once than are summed up are written sooner, and none is left out", async (t) => {
  const dir = temporaryDir(t);
  const record = createReleaseRecord({ dir, keepDays: 1, report });
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 10_100; i++) record.told(TAK, `t1-${i}`, NOON_MS + round);
    record.pass(NOON_MS + 5000 * (round + 1));
  }
  await record.close(NOON_MS);
  const rows = rowsIn(dir);
  assert.equal(new Set(rows.map(({ what }) => what)).size, 10_100);
  assert.equal(
    rows.reduce((sum, { messages }) => sum + messages, 0),
    20_200,
  );
});
