import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { personId } from "@picket/model";
import { openAccounts } from "./accounts.ts";
import { createThrottle } from "./throttle.ts";

const dir = mkdtempSync(join(tmpdir(), "picket-access-"));
const accounts = openAccounts(dir);
after(() => {
  accounts.close();
  rmSync(dir, { recursive: true });
});
const HOUR_MS = 3_600_000;
const PASSWORD = "correct horse battery";

test("who signs in with the right password is known until the session is over", async () => {
  await accounts.addUser("Ortega", "operator", PASSWORD, 0);
  assert.equal(await accounts.signIn("Ortega", "wrong password!", 0, HOUR_MS), undefined);
  assert.equal(await accounts.signIn("Nobody", PASSWORD, 0, HOUR_MS), undefined);
  const token = await accounts.signIn("Ortega", PASSWORD, 0, HOUR_MS);
  assert.ok(token);
  assert.deepEqual(accounts.visitor(token, 1), { kind: "user", name: "Ortega", role: "operator" });
  assert.equal(accounts.visitor(token, HOUR_MS), undefined);
  accounts.signOut(token);
  assert.equal(accounts.visitor(token, 1), undefined);
});

test("the file holds neither password nor token", async () => {
  const token = await accounts.signIn("Ortega", PASSWORD, 0, HOUR_MS);
  assert.ok(token);
  const files = ["access.sqlite", "access.sqlite-wal"].map((name) => readFileSync(join(dir, name)));
  for (const secret of [PASSWORD, token]) for (const file of files) assert.equal(file.indexOf(secret), -1);
});

test("an administrator is needed before others are let in", async () => {
  assert.equal(accounts.hasAdministrator(), false);
  await accounts.addUser("Reyes", "administrator", PASSWORD, 0);
  assert.equal(accounts.hasAdministrator(), true);
});

for (const [name, password, why] of [
  ["Ortega", PASSWORD, /already/],
  ["", PASSWORD, /1 to 64 letters/],
  ["a\nb", PASSWORD, /1 to 64 letters/],
  ["Kim", "short", /at least 12/],
] as const)
  test(`a user ${JSON.stringify(name)} with a password of ${password.length} is refused in words`, async () => {
    await assert.rejects(accounts.addUser(name, "operator", password, 0), { name: "RangeError", message: why });
  });

test("a new password signs its person out everywhere, and the old one is void", async () => {
  const token = await accounts.signIn("Ortega", PASSWORD, 0, HOUR_MS);
  await assert.rejects(accounts.setPassword("Ortega", "short"), { name: "RangeError", message: /at least 12/ });
  await assert.rejects(accounts.setPassword("Nobody", PASSWORD), { name: "RangeError", message: /no user of that name: Nobody/ });
  assert.ok(accounts.visitor(token ?? "", 1), "nothing was changed");
  await accounts.setPassword("Ortega", "another horse battery");
  assert.equal(accounts.visitor(token ?? "", 1), undefined);
  assert.equal(await accounts.signIn("Ortega", PASSWORD, 0, HOUR_MS), undefined);
  assert.ok(await accounts.signIn("Ortega", "another horse battery", 0, HOUR_MS));
});

test("who is removed is out at once, and stays out when somebody of that name comes again", async () => {
  await accounts.addUser("Kim", "operator", PASSWORD, 5);
  const token = (await accounts.signIn("Kim", PASSWORD, 0, HOUR_MS)) ?? "";
  assert.deepEqual(
    accounts.users().map(({ name, role }) => `${name} ${role}`),
    ["Kim operator", "Ortega operator", "Reyes administrator"],
  );
  accounts.removeUser("Kim");
  assert.equal(accounts.visitor(token, 1), undefined);
  await accounts.addUser("Kim", "administrator", PASSWORD, 6);
  assert.equal(accounts.visitor(token, 1), undefined);
  accounts.removeUser("Kim");
  assert.throws(() => accounts.removeUser("Reyes"), { name: "RangeError", message: /only administrator/ });
  assert.throws(() => accounts.removeUser("Kim"), { name: "RangeError", message: /no user of that name/ });
});

test("an enrolment code makes one phone one person's, once", () => {
  const person = personId.parse("agent-1");
  const { token } = accounts.beginEnrolment(person, 0);
  const enrolled = accounts.enrol(token, 1000);
  assert.equal(enrolled?.person, person);
  assert.deepEqual(accounts.visitor(enrolled?.token ?? "", 2000), { kind: "phone", person });
  assert.equal(accounts.enrol(token, 2000), undefined, "the code was used");
  accounts.revokePhones(person);
  assert.equal(accounts.visitor(enrolled?.token ?? "", 3000), undefined, "the phone was revoked");
});

test("a phone that is in use stays enrolled; one that is not is let go after thirty days", () => {
  const day = 86_400_000;
  const { token: code } = accounts.beginEnrolment(personId.parse("agent-3"), 0);
  const token = accounts.enrol(code, 0)?.token ?? "";
  assert.equal(accounts.renewPhone(token, 20 * day), 50 * day);
  assert.equal(accounts.visitor(token, 49 * day)?.kind, "phone");
  assert.equal(accounts.visitor(token, 51 * day), undefined);
});

test("an enrolment code is void after a quarter of an hour", () => {
  const { token } = accounts.beginEnrolment(personId.parse("agent-2"), 0);
  assert.equal(accounts.enrol(token, 15 * 60_000), undefined);
});

test("five failures within a quarter of an hour make a name wait, and success clears it", () => {
  const throttle = createThrottle();
  for (let i = 0; i < 4; i++) throttle.failed("ortega", i * 1000);
  assert.equal(throttle.waitMs("ortega", 5000), 0);
  throttle.failed("ortega", 5000);
  assert.equal(throttle.waitMs("ortega", 5000), 15 * 60_000 - 5000);
  assert.equal(throttle.waitMs("reyes", 5000), 0);
  assert.equal(throttle.waitMs("ortega", 15 * 60_000), 0);
  throttle.succeeded("ortega");
  assert.equal(throttle.waitMs("ortega", 5000), 0);
});
