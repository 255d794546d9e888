import assert from "node:assert/strict";
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
