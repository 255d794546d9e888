import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openAccounts } from "@picket/server";
import { EXIT } from "./exit-codes.ts";
import { runPicket, temporaryDir } from "./run-picket.fixture.ts";

const PASSWORD = "correct horse battery";

test("a person is added with the password from standard input, and may sign in", async (t) => {
  const data = temporaryDir(t);
  const { code, lines, out } = await runPicket(
    ["user", "add", "Reyes", "--role", "administrator", "--data", data],
    `${PASSWORD}\nmore\n`,
  );
  assert.deepEqual([code, lines, out], [EXIT.done, ["Reyes may sign in as administrator."], ""]);
  const accounts = openAccounts(data);
  t.after(() => accounts.close());
  assert.ok(await accounts.signIn("Reyes", PASSWORD, Date.now(), 1000));
  assert.ok(accounts.hasAdministrator());
});

test("what cannot be added is said in one line, each with its exit code", async (t) => {
  const data = temporaryDir(t);
  mkdirSync(join(data, "taken"));
  writeFileSync(
    join(data, "taken", "access.sqlite"),
    "no database at all, but long enough to be looked at as one by SQLite".repeat(20),
  );
  const add = (args: readonly string[], password: string) => runPicket(["user", "add", ...args], `${password}\n`);
  const answers = await Promise.all([
    add(["Kim", "--role", "operator", "--data", join(data, "new")], "short"),
    add(["Kim", "--role", "operator", "--data", join(data, "new2")], ""),
    add(["Kim", "--role", "chief", "--data", join(data, "new3")], PASSWORD),
    add(["Kim", "--role", "operator", "--data", join(data, "taken")], PASSWORD),
  ]);
  assert.deepEqual(
    answers.map(({ code }) => code),
    [EXIT.badData, EXIT.badData, EXIT.usage, EXIT.unavailable],
  );
  for (const { lines } of answers) assert.equal(lines.length, 1, lines.join("\n"));
  assert.match(answers[0]?.lines[0] ?? "", /at least 12 characters, got 5/);
});

test("people are listed, given another password and removed, and each is signed out by it", async (t) => {
  const data = temporaryDir(t);
  const user = (args: readonly string[], password?: string) =>
    runPicket(["user", ...args, "--data", data], password && `${password}\n`);
  for (const [name, role] of [
    ["Reyes", "administrator"],
    ["Ortega", "operator"],
  ] as const)
    await user(["add", name, "--role", role], PASSWORD);
  const accounts = openAccounts(data);
  t.after(() => accounts.close());
  const token = (await accounts.signIn("Ortega", PASSWORD, Date.now(), 60_000)) ?? "";
  const listed = await user(["list"]);
  assert.match(listed.out, /^Ortega +operator +since \d{4}-\d\d-\d\d\nReyes +administrator +since .*\n$/);
  assert.equal((await user(["password", "Ortega"], "another horse battery")).code, EXIT.done);
  assert.equal(accounts.visitor(token, Date.now()), undefined);
  assert.ok(await accounts.signIn("Ortega", "another horse battery", Date.now(), 1000));
  assert.equal((await user(["remove", "Ortega"])).code, EXIT.done);
  assert.equal((await user(["list"])).out.split("\n").length, 2);
  for (const [args, words, code] of [
    [["remove", "Reyes"], /^Reyes is the only administrator: add another first$/, EXIT.badData],
    [["remove", "Ortega"], /^There is no user of that name: Ortega$/, EXIT.badData],
    [["password", "Reyes"], /at least 12 characters/, EXIT.badData],
  ] as const) {
    const refused = await user(args, "short");
    assert.deepEqual([refused.code, refused.lines.length], [code, 1], refused.lines.join("\n"));
    assert.match(refused.lines[0] ?? "", words);
  }
  const elsewhere = await runPicket(["user", "list", "--data", join(data, "none")]);
  assert.deepEqual([elsewhere.code, elsewhere.lines], [EXIT.unavailable, [`There are no accounts in ${join(data, "none")}`]]);
});
