import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { journalPath } from "./record/journal-schema.ts";
import { lookAt, startTestSite, temporaryDir, until } from "./site.fixture.ts";

test("recording that stops is an alarm, the picture goes on, and recording resumes by itself", async (t) => {
  const dir = temporaryDir(t);
  const { site, input } = await startTestSite(dir);
  t.after(() => site.stop());
  await until(() => site.frame());
  // Another connection keeps the journal locked, as a full or failing disk would keep the writer waiting.
  const other = new DatabaseSync(journalPath(`${dir}/journal`));
  other.exec("BEGIN IMMEDIATE");
  const alert = await until(() => site.frame()?.alerts.find(({ kind }) => kind === "recordingStopped"));
  assert.match(alert.state, /^active/);
  assert.equal(site.record().state, "stopped");
  input.write(lookAt(2000));
  await until(() => site.frame()?.tracks.length);
  other.exec("ROLLBACK");
  other.close();
  await until(() => site.record().state === "recording" && site.record().committed === site.record().sequence);
  await until(() => site.frame()?.alerts.every(({ kind, state }) => kind !== "recordingStopped" || !state.startsWith("active")));
});

test("a record whose file is damaged goes on, and every screen is told what was found", async (t) => {
  const dir = temporaryDir(t);
  const { site: first, input } = await startTestSite(dir);
  const { committed } = first.record();
  input.write(Array.from({ length: 300 }, (_, look) => lookAt(2000 + look)).join(""));
  await until(() => first.record().committed > committed + 20);
  await first.stop();
  const path = journalPath(`${dir}/journal`);
  const whole = readFileSync(path);
  const page = whole.lastIndexOf("horizontalSigmaM") & ~4_095;
  writeFileSync(path, whole.fill(0x5a, page, page + 4_096));
  const { site } = await startTestSite(dir);
  t.after(() => site.stop());
  const alert = await until(() => site.frame()?.alerts.find(({ kind }) => kind === "recordDamaged"), 20_000);
  assert.equal(alert.reasons[0]?.code, "reason.recordDamaged");
  assert.ok(site.record().damaged);
  assert.equal(site.record().state, "recording");
});
