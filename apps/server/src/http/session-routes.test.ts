import assert from "node:assert/strict";
import { test } from "node:test";
import { PASSWORD, problemOf, signIn, startTestHttp } from "./http.fixture.ts";

test("on loopback without accounts whoever sits at the machine is the operator, until there is an administrator", async (t) => {
  const http = await startTestHttp(t);
  const session = (await http.call("GET", "/api/session")).json() as Record<string, unknown>;
  assert.deepEqual([session["open"], session["user"]], [true, "Operator at this machine"]);
  assert.equal((await http.call("GET", "/api/tracks")).status, 200);
  await http.accounts.addUser("Reyes", "administrator", PASSWORD, Date.now());
  assert.equal(problemOf(await http.call("GET", "/api/tracks")), "401 not-signed-in");
  assert.equal(((await http.call("GET", "/api/session")).json() as { open: boolean }).open, false);
});

test("beyond loopback nobody is let in without an account", async (t) => {
  const http = await startTestHttp(t, { isLoopback: false });
  assert.equal(problemOf(await http.call("GET", "/api/tracks", { headers: { host: "picket.example" } })), "401 not-signed-in");
});

test("signing in gives a cookie that scripts cannot read and other sites cannot send, and signing out takes it back", async (t) => {
  const http = await startTestHttp(t, { isSecure: true });
  await http.accounts.addUser("Reyes", "administrator", PASSWORD, Date.now());
  const signedIn = await http.call("POST", "/api/session", { body: { name: "Reyes", password: PASSWORD } });
  assert.equal(signedIn.status, 204);
  const set = String(signedIn.headers["set-cookie"]);
  assert.match(set, /^picket=[\w-]{43}; Max-Age=3600; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
  const headers = { cookie: set.split(";")[0] ?? "" };
  const { user, role } = (await http.call("GET", "/api/session", { headers })).json() as Record<string, unknown>;
  assert.deepEqual([user, role], ["Reyes", "administrator"]);
  assert.equal((await http.call("DELETE", "/api/session", { headers })).status, 204);
  assert.equal(problemOf(await http.call("GET", "/api/tracks", { headers })), "401 not-signed-in");
});

test("without TLS the cookie is not marked secure: a browser would not send it back", async (t) => {
  const http = await startTestHttp(t);
  await http.accounts.addUser("Reyes", "administrator", PASSWORD, Date.now());
  const { headers } = await http.call("POST", "/api/session", { body: { name: "Reyes", password: PASSWORD } });
  assert.doesNotMatch(String(headers["set-cookie"]), /Secure/);
});

test("after five wrong passwords a name waits, also when all come at once; another name and the right one elsewhere do not", async (t) => {
  const http = await startTestHttp(t);
  await http.accounts.addUser("Reyes", "administrator", PASSWORD, Date.now());
  const attempt = (name: string, password: string) => http.call("POST", "/api/session", { body: { name, password } });
  const answers = await Promise.all(Array.from({ length: 8 }, () => attempt("Reyes", "wrong password!")));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [401, 401, 401, 401, 401, 429, 429, 429]);
  const late = await attempt("Reyes", PASSWORD);
  assert.equal(problemOf(late), "429 too-many-attempts");
  assert.ok(Number(late.headers["retry-after"]) > 800);
  assert.equal((await attempt("Ortega", "wrong password!")).status, 401);
});

test("a malformed sign-in is refused in words, and nothing is dropped in silence", async (t) => {
  const http = await startTestHttp(t);
  for (const [body, words] of [
    [{ name: "Reyes" }, /\/password must be there/],
    [{ name: "Reyes", password: "x", remember: true }, /\/remember is not known here/],
    [{ name: 5, password: "x" }, /\/name .*got 5/],
    ["{", /JSON/],
  ] as const) {
    const headers = typeof body === "string" ? { "content-type": "application/json" } : {};
    const answer = await http.call("POST", "/api/session", { body, headers });
    assert.equal(answer.status, 400, answer.text);
    assert.match((answer.json() as { detail: string }).detail, words);
  }
});

test("a page of another site, and a name that is not this server's, are refused", async (t) => {
  const http = await startTestHttp(t);
  const send = (headers: Record<string, string>) => http.call("POST", "/api/commands", { body: {}, headers });
  assert.equal(problemOf(await send({ origin: "https://evil.example" })), "403 foreign-page");
  assert.equal(problemOf(await send({ origin: "null" })), "403 foreign-page");
  assert.equal(problemOf(await send({ host: "rebound.example" })), "421 wrong-host");
  assert.equal(problemOf(await http.call("GET", "/api/tracks", { headers: { host: "rebound.example" } })), "421 wrong-host");
  assert.equal(problemOf(await send({ origin: "http://localhost" })), "400 invalid-command");
});

test("a session that is over lets nobody in", async (t) => {
  const http = await startTestHttp(t);
  const headers = await signIn(http, "Reyes", "administrator");
  assert.equal((await http.call("GET", "/api/tracks", { headers })).status, 200);
  http.accounts.signOut(headers.cookie.split("=")[1] ?? "");
  assert.equal(problemOf(await http.call("GET", "/api/tracks", { headers })), "401 not-signed-in");
});
