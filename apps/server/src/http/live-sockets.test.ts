import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import type { FieldMessage, LiveMessage } from "@picket/model";
import { WebSocket } from "ws";
import { entryAlert, flyInByUdp, until } from "../site.fixture.ts";
import { enrolledPhone, PASSWORD, signIn, startTestHttp } from "./http.fixture.ts";

type Line = Readonly<{ socket: WebSocket; messages: (LiveMessage | FieldMessage)[]; closed: Promise<number> }>;

/** Opens a line; rejects with the HTTP status that refused it. */
async function open(url: string, path: string, headers: Record<string, string> = {}): Promise<Line> {
  const socket = new WebSocket(`${url.replace("http", "ws")}${path}`, { headers });
  const messages: (LiveMessage | FieldMessage)[] = [];
  socket.on("message", (data) => messages.push(JSON.parse(String(data))));
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  await new Promise((resolve, reject) => {
    socket.on("open", resolve);
    socket.on("error", reject);
  });
  return { socket, messages, closed };
}
const refused = (url: string, path: string, headers?: Record<string, string>) =>
  open(url, path, headers).then(
    ({ socket }) => {
      socket.terminate();
      return "open";
    },
    (error: Error) => /\d{3}/.exec(error.message)?.[0] ?? error.message,
  );

test("an operator's line begins with the whole picture, goes on with what changes, and beats", async (t) => {
  const http = await startTestHttp(t);
  const { socket, messages } = await open(await http.listen(), "/api/live");
  t.after(() => socket.terminate());
  t.after(await flyInByUdp(http.site));
  const { id } = await entryAlert(http.site);
  await until(() => messages.some((message) => message.type === "delta" && message.alerts.some((alert) => alert.id === id)));
  await until(() => messages.some(({ type }) => type === "heartbeat"));
  assert.equal(messages[0]?.type, "snapshot");
  const serials = messages.flatMap((message) => (message.type === "delta" ? [message.serial] : []));
  assert.deepEqual(
    serials,
    serials.map((_, index) => (serials[0] ?? 0) + index),
    "no delta is missing",
  );
});

test("a line is refused without a session, from a foreign page, by a foreign name and where there is none", async (t) => {
  const http = await startTestHttp(t);
  const url = await http.listen();
  assert.equal(await refused(url, "/api/live", { origin: "https://evil.example" }), "403");
  assert.equal(await refused(url, "/api/live", { host: "rebound.example" }), "421");
  assert.equal(await refused(url, "/api/nothing"), "404");
  assert.equal(await refused(url, "/api/field/live"), "401", "an open site is open for operators only");
  await http.accounts.addUser("Reyes", "administrator", PASSWORD, Date.now());
  for (const path of ["/api/live", "/api/replay"]) assert.equal(await refused(url, path), "401", path);
});

test("an address that is none and a peer that hangs up early end nothing but themselves", async (t) => {
  const http = await startTestHttp(t);
  const { port } = new URL(await http.listen());
  for (const target of ["//", "http://[", "/api/live%"]) {
    const stream = connect(Number(port), "127.0.0.1");
    stream.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    const [answer] = await once(stream, "data");
    assert.match(String(answer), /^HTTP\/1\.1 4\d\d /, target);
    stream.resetAndDestroy();
  }
  assert.equal((await http.call("GET", "/healthz")).status, 200);
});

test("a session that is revoked is cut within five seconds, others stay", async (t) => {
  const http = await startTestHttp(t);
  const [revoked, kept] = [await signIn(http, "Reyes", "administrator"), await signIn(http, "Ortega", "operator")];
  const url = await http.listen();
  const [first, second] = [await open(url, "/api/live", revoked), await open(url, "/api/live", kept)];
  const startMs = performance.now();
  http.accounts.signOut(revoked.cookie.split("=")[1] ?? "");
  assert.equal(await first.closed, 4401);
  assert.ok(performance.now() - startMs < 5000);
  assert.equal(second.socket.readyState, WebSocket.OPEN);
  second.socket.terminate();
});

test("a phone is told of its own person only, and whether it is reached is known", async (t) => {
  const http = await startTestHttp(t);
  const url = await http.listen();
  const reachable = () => http.site.frame()?.persons.find(({ id }) => id === "ana")?.reachable;
  const [first, second] = [
    await open(url, "/api/field/live", enrolledPhone(http, "ana")),
    await open(url, "/api/field/live", enrolledPhone(http, "ana")),
  ];
  const ben = await open(url, "/api/field/live", enrolledPhone(http, "ben"));
  await until(() => reachable() === "connected");
  t.after(await flyInByUdp(http.site));
  await until(() => first.messages.some((message) => message.type === "field" && message.warnings.length > 0));
  assert.ok(
    ben.messages.every((message) => message.type === "heartbeat" || (message.type === "field" && message.warnings.length === 0)),
  );
  assert.ok(first.messages.every((message) => message.type !== "field" || message.person.id === "ana"));
  first.socket.terminate();
  await first.closed;
  const tick = http.site.frame()?.tick ?? 0;
  await until(() => (http.site.frame()?.tick ?? 0) > tick + 3);
  assert.equal(reachable(), "connected", "the other phone of the same person is still there");
  second.socket.terminate();
  await until(() => reachable() !== "connected");
  ben.socket.terminate();
});

test("a replay goes over its own line, is steered, and is cut by what it does not understand", async (t) => {
  const http = await startTestHttp(t);
  const url = await http.listen();
  await until(() => http.site.journal.committed > 10);
  const { socket, messages, closed } = await open(url, "/api/replay?fromMs=0&speed=0.5");
  const [first] = await until(() => messages.length > 0 && messages);
  assert.ok(first?.type === "snapshot" && first.playback.mode === "replay" && first.reality === "replay");
  socket.send("faster!");
  assert.equal(await closed, 4400);
  const steered = await open(url, "/api/replay?fromMs=nonsense&speed=nonsense");
  steered.socket.send(JSON.stringify({ type: "control", speed: 1000, paused: false, seekMs: 0 }));
  assert.equal(await steered.closed, 1000, "the recording is at its end");
});

test("a line that says too much is cut", async (t) => {
  const http = await startTestHttp(t);
  const { socket, closed } = await open(await http.listen(), "/api/live");
  socket.send("x".repeat(5000));
  assert.equal(await closed, 1009);
});

test("a stop ends every line, and says of phones that they are gone", async (t) => {
  const http = await startTestHttp(t);
  const url = await http.listen();
  const lines = [await open(url, "/api/live"), await open(url, "/api/field/live", enrolledPhone(http, "ana"))];
  await http.stop();
  for (const { closed } of lines) assert.equal(await closed, 1006);
});
