import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runPicket, temporaryDir } from "./run-picket.fixture.ts";

test("an import says what was taken, what was refused and why, and when", async (t) => {
  const dir = temporaryDir(t);
  const file = join(dir, "table.csv");
  const data = join(dir, "data");

  writeFileSync(file, "nothing of the kind\n");
  const none = await runPicket(["import", "declarations", file, "--data", data]);
  assert.equal(none.code, 65);
  assert.match(none.lines.join("\n"), /nothing was taken: the first line must name the columns/);
  assert.equal(existsSync(data), false);

  writeFileSync(file, "Make,Model,Serial Number\nAcme,One,1ABC5*\nAcme,,1ABC6*\n");
  const some = await runPicket(["import", "declarations", file, "--data", data]);
  assert.equal(some.code, 0);
  assert.match(
    some.out,
    /^Imported \d{4}-\d\d-\d\d \d\d:\d\d UTC: 1 of 2 lines taken, 1 refused \(no-make-or-model 1\); 1 makes and models\./,
  );
  assert.match(some.lines.join("\n"), /table\.csv:3: no-make-or-model: model is empty/);
});
