import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { feedId } from "@picket/model";
import { memorySink, missing } from "./sink.fixture.ts";
import { supervise } from "./supervise.ts";
import { tcpClientFeed } from "./tcp-client.ts";
import { tcpServerFeed } from "./tcp-server.ts";

const id = feedId.parse("tcp");
const noSocat = missing("socat");
const now = () => Date.now();

/** A server on a free port; `serve` is given each connection's number, from 1. */
async function peer(t: TestContext, serve: (connection: number, write: (text: string) => void, end: () => void) => void) {
  let connections = 0;
  const server = createServer((socket) =>
    serve(
      ++connections,
      (text) => socket.write(text),
      () => socket.end(),
    ),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  assert.ok(address && typeof address === "object");
  t.after(() => server.close());
  return { port: address.port, close: () => server.close() };
}

function socat(t: TestContext, ...options: readonly string[]): ChildProcess {
  const process_ = spawn("socat", options, { stdio: ["pipe", "pipe", "inherit"] });
  t.after(() => process_.kill());
  return process_;
}

test("two socat senders are two streams, though their octets come by turns", { skip: noSocat }, async (t) => {
  const { sink, heard, until, isListening, port } = memorySink();
  const stop = new AbortController();
  t.after(() => stop.abort());
  const run = tcpServerFeed(id, { port: 0 }, now).run(sink, stop.signal);
  await until(isListening);
  const senders = [socat(t, "-", `TCP:127.0.0.1:${port()}`), socat(t, "-", `TCP:127.0.0.1:${port()}`)];
  for (const part of ["one", " and", " the", " same\n"]) {
    const before = heard.length;
    for (const [index, sender] of senders.entries()) sender.stdin?.write(`${index}${part}`);
    await until(() => heard.length >= before + 2);
  }
  const streams = Map.groupBy(heard, ({ from }) => from);
  const texts = [...streams.values()].map((chunks) => chunks.map(({ text }) => text).join(""));
  assert.deepEqual(texts.toSorted(), ["0one0 and0 the0 same\n", "1one1 and1 the1 same\n"]);
  for (const from of streams.keys()) assert.match(from, /^127\.0\.0\.1:\d+ since \d{4}-\d\d-\d\dT.*Z$/);
  for (const sender of senders) sender.stdin?.end();
  stop.abort();
  await run;
});

test("what a socat server sends arrives, and a cut line is not joined to what the next connection brings", {
  skip: noSocat,
}, async (t) => {
  const { sink, heard, until } = memorySink();
  const free = await peer(t, () => undefined);
  free.close();
  const stop = new AbortController();
  t.after(() => stop.abort());
  const run = supervise(tcpClientFeed(id, { host: "127.0.0.1", port: free.port }, now), sink, stop.signal);
  for (const [index, text] of ["half a l", "a whole line\n"].entries()) {
    const server = socat(t, "-", `TCP-LISTEN:${free.port},bind=127.0.0.1,reuseaddr`);
    const isGone = once(server, "exit");
    server.stdin?.write(text);
    await until(() => heard.length === index + 1);
    server.stdin?.end();
    await isGone;
  }
  stop.abort();
  await run;
  assert.deepEqual(
    heard.map(({ text }) => text),
    ["half a l", "a whole line\n"],
  );
  assert.notEqual(heard[0]?.from, heard[1]?.from);
});

test("a client that nobody answers says what that means and when it tries again", async (t) => {
  const { sink, states, until, reasons } = memorySink();
  const free = await peer(t, () => undefined);
  free.close();
  const stop = new AbortController();
  t.after(() => stop.abort());
  const run = supervise(tcpClientFeed(id, { host: "127.0.0.1", port: free.port }, now), sink, stop.signal);
  await until(() => reasons().length > 1);
  stop.abort();
  await run;
  assert.match(reasons()[0] ?? "", /^nothing listens there: is the sender running.*ECONNREFUSED/);
  assert.deepEqual(
    states.slice(0, 2).map(({ kind }) => kind),
    ["starting", "reconnecting"],
  );
});

test("a peer that closes in good order is connected to anew", async (t) => {
  const { sink, until, text } = memorySink();
  const server = await peer(t, (connection, write, end) => {
    write(`${connection};`);
    end();
  });
  const stop = new AbortController();
  t.after(() => stop.abort());
  const run = supervise(tcpClientFeed(id, { host: "127.0.0.1", port: server.port }, now), sink, stop.signal);
  await until(() => text() === "1;2;");
  stop.abort();
  await run;
  server.close();
});

test("a client told that its sender is never quiet for so long connects anew", async (t) => {
  const { sink, until, reasons, text } = memorySink();
  const server = await peer(t, (connection, write) => write(`${connection};`));
  const stop = new AbortController();
  t.after(() => stop.abort());
  const options = { host: "127.0.0.1", port: server.port, idleTimeoutS: 0.2 };
  const run = supervise(tcpClientFeed(id, options, now), sink, stop.signal);
  await until(() => text() === "1;2;");
  stop.abort();
  await run;
  server.close();
  assert.match(reasons()[0] ?? "", /nothing came for 0\.2 s$/);
});

test("a sender that is not on the list is turned away and counted", async (t) => {
  const { sink, heard, refused, until, isListening, port } = memorySink();
  const stop = new AbortController();
  t.after(() => stop.abort());
  const run = tcpServerFeed(id, { port: 0, allow: ["192.0.2.0/24"] }, now).run(sink, stop.signal);
  await until(isListening);
  const sender = connect(port(), "127.0.0.1");
  sender.on("error", () => undefined).write("let me in");
  await once(sender, "close");
  stop.abort();
  await run;
  assert.equal(refused.length, 1);
  assert.deepEqual(heard, []);
});

test("one sender more than may connect is turned away, and those before it stay", async (t) => {
  const { sink, refused, until, isListening, port, text } = memorySink();
  const stop = new AbortController();
  t.after(() => stop.abort());
  const run = tcpServerFeed(id, { port: 0, maxConnections: 2 }, now).run(sink, stop.signal);
  await until(isListening);
  const senders = [];
  for (let index = 0; index < 3; index++) {
    const sender = connect(port(), "127.0.0.1").on("error", () => undefined);
    await once(sender, "connect");
    senders.push(sender);
  }
  await until(() => refused.length === 1);
  senders[0]?.write("still here");
  await until(() => text() === "still here");
  stop.abort();
  await run;
});

test("a sender that says nothing for too long is let go, and the feed says how many are left", async (t) => {
  const { sink, states, until, isListening, port } = memorySink();
  const stop = new AbortController();
  t.after(() => stop.abort());
  const run = tcpServerFeed(id, { port: 0, idleTimeoutS: 0.1 }, now).run(sink, stop.signal);
  await until(isListening);
  const sender = connect(port(), "127.0.0.1").resume();
  await once(sender, "close");
  await until(() => states.length === 3);
  stop.abort();
  await run;
  const said = states.map((state) => (state.kind === "listening" ? state.where.split(", ")[1] : state.kind));
  assert.deepEqual(said, ["nobody is connected", "1 connected", "nobody is connected"]);
});

test("a port that another holds is said in words", async (t) => {
  const holder = await peer(t, () => undefined);
  const { sink, until, reasons } = memorySink();
  const stop = new AbortController();
  t.after(() => stop.abort());
  const run = supervise(tcpServerFeed(id, { port: holder.port }, now), sink, stop.signal);
  await until(() => reasons().length > 0);
  stop.abort();
  await run;
  holder.close();
  assert.match(reasons()[0] ?? "", /^another program listens on that port: is Picket running already\?/);
});

test("a feed that was asked to stop before it began does not hang", async (t) => {
  const { sink } = memorySink();
  const server = await peer(t, () => undefined);
  const runs = [
    tcpServerFeed(id, { port: 0 }, now).run(sink, AbortSignal.abort()),
    tcpClientFeed(id, { host: "127.0.0.1", port: server.port }, now).run(sink, AbortSignal.abort()),
  ];
  const slow = sleep(5000, "slow", { ref: false });
  assert.notEqual(await Promise.race([Promise.all(runs), slow]), "slow");
  server.close();
});
