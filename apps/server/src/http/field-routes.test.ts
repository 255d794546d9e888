import assert from "node:assert/strict";
import { test } from "node:test";
import { PASSWORD, problemOf, signIn, startTestHttp } from "./http.fixture.ts";

test("a code makes one phone a person's, once; who has the phone can be let go", async (t) => {
  const http = await startTestHttp(t, { isSecure: true });
  const operator = await signIn(http, "Ortega", "operator");
  const made = await http.call("POST", "/api/persons/ben/enrolment", { headers: operator });
  const { url, qrSvg } = made.json() as { url: string; qrSvg: string; expiresMs: number };
  assert.match(url, /^https:\/\/picket\.example\/field\/enrol#[\w-]{43}$/);
  assert.match(qrSvg, /^<svg/);
  const token = url.split("#")[1];
  const enrol = () => http.call("POST", "/api/field/enrolment", { body: { token } });
  const enrolled = await enrol();
  assert.deepEqual(enrolled.json(), { person: { id: "ben", name: "Ben", language: "es" } });
  const set = String(enrolled.headers["set-cookie"]);
  assert.match(set, /^picket-phone=[\w-]{43}; Max-Age=(2592000|2591999); Path=\/; HttpOnly; Secure; SameSite=Strict$/);
  assert.equal(problemOf(await enrol()), "403 enrolment-over");

  const headers = { cookie: set.split(";")[0] ?? "" };
  const session = () => http.call("GET", "/api/field/session", { headers });
  const again = await session();
  assert.equal((again.json() as { person: { id: string } }).person.id, "ben");
  assert.match(String(again.headers["set-cookie"]), /^picket-phone=[\w-]{43}; Max-Age=(2592000|2591999);/, "use renews it");
  assert.equal((await http.call("GET", "/api/tracks", { headers })).status, 200, "loopback is open still");
  assert.equal((await http.call("DELETE", "/api/persons/ben/phones", { headers: operator })).status, 204);
  assert.equal(problemOf(await session()), "401 not-enrolled");
});

test("a phone's cookie opens nothing of the operator's", async (t) => {
  const http = await startTestHttp(t);
  await http.accounts.addUser("Reyes", "administrator", PASSWORD, Date.now());
  const { token } = http.accounts.beginEnrolment("ben" as never, Date.now());
  const phone = http.accounts.enrol(token, Date.now())?.token;
  for (const name of ["picket", "picket-phone"])
    assert.equal(
      problemOf(await http.call("GET", "/api/tracks", { headers: { cookie: `${name}=${phone}` } })),
      "401 not-signed-in",
    );
});

test("codes are for people who are configured, and made by people who are signed in", async (t) => {
  const http = await startTestHttp(t);
  const make = (person: string, headers = {}) => http.call("POST", `/api/persons/${person}/enrolment`, { headers });
  assert.equal(problemOf(await make("nobody")), "404 no-such-person");
  assert.equal(problemOf(await make("Not%20an%20id")), "404 no-such-person");
  await http.accounts.addUser("Reyes", "administrator", PASSWORD, Date.now());
  assert.equal(problemOf(await make("ben")), "401 not-signed-in");
  assert.equal(problemOf(await http.call("DELETE", "/api/persons/ben/phones")), "401 not-signed-in");
});

test("a malformed enrolment, or one from a foreign page, is refused", async (t) => {
  const http = await startTestHttp(t);
  const enrol = (body: unknown, headers = {}) => http.call("POST", "/api/field/enrolment", { body, headers });
  assert.equal(problemOf(await enrol({})), "400 invalid-request");
  assert.equal(problemOf(await enrol({ token: "x".repeat(200) })), "400 invalid-request");
  assert.equal(problemOf(await enrol({ token: "unknown" })), "403 enrolment-over");
  assert.equal(problemOf(await enrol({ token: "unknown" }, { origin: "https://evil.example" })), "403 foreign-page");
});
