import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { lockDirectory } from "@picket/server";
import { freshDirectory, isDemonstration } from "./demo-directory.ts";
import { EXIT } from "./exit-codes.ts";
import { runPicket, temporaryDir } from "./run-picket.fixture.ts";

test("a directory that holds anything of somebody's is neither marked nor emptied by a demonstration", async (t) => {
  const dir = temporaryDir(t);
  mkdirSync(join(dir, "journal"));
  writeFileSync(join(dir, "journal", "journal.db"), "a real record");
  const { code, lines } = await runPicket(["demo", "--port", "0", "--data", dir]);
  assert.deepEqual([code, lines.length], [EXIT.usage, 1], lines.join("\n"));
  assert.match(lines[0] ?? "", /holds what is no demonstration's/);
  assert.equal(isDemonstration(dir), false);
  assert.throws(() => freshDirectory(dir), { exitCode: EXIT.usage });
  assert.equal(readFileSync(join(dir, "journal", "journal.db"), "utf8"), "a real record");
});

test("a demonstration's directory is begun anew, and what somebody put beside its record stays", (t) => {
  const dir = join(temporaryDir(t), "new");
  freshDirectory(dir);
  assert.ok(isDemonstration(dir));
  for (const name of ["journal", "deliver"]) mkdirSync(join(dir, name));
  for (const name of ["access.sqlite", "journal/journal.db", "notes.txt"]) writeFileSync(join(dir, name), "x");
  freshDirectory(dir);
  assert.deepEqual(readdirSync(dir).sort(), ["demonstration", "notes.txt"]);
});

test("the record of a demonstration that still runs is not pulled from under it", (t) => {
  const dir = freshDirectory(join(temporaryDir(t), "new"));
  mkdirSync(join(dir, "journal"));
  const held = lockDirectory(join(dir, "journal"));
  t.after(() => held.release());
  assert.throws(() => freshDirectory(dir), { exitCode: EXIT.unavailable, message: /^Another Picket is using/ });
  assert.ok(existsSync(join(dir, "journal")));
});

test("a site does not keep its record where the next demonstration would remove it, and doctor says so", async (t) => {
  const dir = freshDirectory(join(temporaryDir(t), "new"));
  const served = await runPicket(["serve", "--port", "0", "--data", dir]);
  assert.deepEqual([served.code, served.lines.length], [EXIT.configuration, 1], served.lines.join("\n"));
  assert.match(served.lines[0] ?? "", /is a demonstration's: the next one removes what is kept there/);
  const { code, out } = await runPicket(["doctor", "--data", dir]);
  assert.equal(code, EXIT.no);
  assert.match(out, /FAULT .*is a demonstration's: the next one removes what is kept there/);
});
