import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, readFileSync, rmSync } from "node:fs";
import { connect as connectPlain } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { connect } from "node:tls";
import { feedId } from "@picket/model";
import type { ServerTls } from "../config/transport.ts";
import { makeCertificates, removeFolder, testFolder } from "./mosquitto.fixture.ts";
import { memorySink, missing } from "./sink.fixture.ts";
import { tcpServerFeed } from "./tcp-server.ts";

const id = feedId.parse("tls");
const skip = missing("openssl");
const HOST = "127.0.0.1";

type Files = ReturnType<typeof makeCertificates>;

/** A feed that listens over TLS with the test authority's server certificate, and its sink. */
async function secureFeed(t: TestContext, own: (files: Files, dir: string) => ServerTls, maxConnections?: number) {
  const dir = testFolder();
  const files = makeCertificates(dir);
  const memory = memorySink();
  const stop = new AbortController();
  const options = { port: 0, tls: own(files, dir), ...(maxConnections && { maxConnections }) };
  const run = tcpServerFeed(id, options, () => Date.now()).run(memory.sink, stop.signal);
  t.after(async () => {
    stop.abort();
    await run;
    removeFolder(dir);
  });
  await memory.until(memory.isListening);
  return { ...memory, ...files, port: memory.port() };
}

const plainly = ({ server: [certificate = "", key = ""] }: Files): ServerTls => ({ certificate, key });
const mutually = (files: Files): ServerTls => ({ ...plainly(files), ca: files.ca });
const where = (states: ReturnType<typeof memorySink>["states"]) =>
  states.flatMap((state) => (state.kind === "listening" ? [state.where] : [])).at(-1) ?? "";

/** Of an authority that the feed does not know. */
function otherCertificates(t: TestContext): Files {
  const dir = testFolder();
  t.after(() => removeFolder(dir));
  return makeCertificates(dir);
}

/** What openssl sends and how it ends. */
async function openssl(t: TestContext, port: number, text: string, ...options: readonly string[]): Promise<number> {
  const child = spawn("openssl", ["s_client", "-quiet", "-no_ign_eof", "-connect", `${HOST}:${port}`, ...options], {
    stdio: ["pipe", "ignore", "ignore"],
  });
  t.after(() => child.kill());
  child.stdin.on("error", () => undefined);
  child.stdin.end(text);
  const [code] = await once(child, "exit");
  return Number(code);
}

test("openssl sends over TLS, and knows whom it sends to", { skip }, async (t) => {
  const { port, ca, until, text, heard, refused } = await secureFeed(t, plainly);
  assert.equal(await openssl(t, port, "a line\n", "-CAfile", ca, "-verify_return_error"), 0);
  await until(() => text() === "a line\n");
  assert.match(heard[0]?.from ?? "", /^127\.0\.0\.1:\d+ since /);
  assert.deepEqual(refused, []);
});

test("what speaks no TLS is turned away and counted, and nothing of it is heard", { skip }, async (t) => {
  const { port, ca, until, heard, refused, states } = await secureFeed(t, plainly);
  const plain = connectPlain(port, HOST, () => plain.write('{"sensor":"radar"}\n'));
  plain.on("error", () => undefined);
  await once(plain, "close");
  await until(() => refused.length === 1);
  assert.deepEqual(heard, []);
  await openssl(t, port, "still heard\n", "-CAfile", ca);
  await until(() => heard.length === 1);
  assert.match(where(states), /^tls 127\.0\.0\.1:\d+, /);
});

test("one that connects and says nothing is let go of and leaves its place to others", { skip }, async (t) => {
  const { port, ca, until, refused, text } = await secureFeed(t, plainly, 1);
  const mute = connectPlain(port, HOST);
  t.after(() => mute.destroy());
  mute.on("error", () => undefined);
  await once(mute, "close");
  assert.equal(refused.length, 1);
  await openssl(t, port, "in its place\n", "-CAfile", ca);
  await until(() => text() === "in its place\n");
});

test("with an authority only its own are heard", { skip }, async (t) => {
  const { port, ca, client, server, until, text, refused } = await secureFeed(t, mutually);
  await openssl(t, port, "nobody\n", "-CAfile", ca, "-tls1_2");
  await until(() => refused.length === 1);
  const stranger = otherCertificates(t);
  await openssl(
    t,
    port,
    "stranger\n",
    "-CAfile",
    ca,
    "-tls1_2",
    "-cert",
    stranger.client[0] ?? "",
    "-key",
    stranger.client[1] ?? "",
  );
  await until(() => refused.length === 2);
  assert.equal(text(), "");
  const [cert, key] = client.map((file) => readFileSync(file));
  const socket = connect({ host: HOST, port, cert, key, ca: readFileSync(ca) });
  await once(socket, "secureConnect");
  socket.end("of ours\n");
  await until(() => text() === "of ours\n");
  assert.equal(server.length, 2);
});

test("a renewed certificate counts at the next connection, and one that is gone is said in words", { skip }, async (t) => {
  const renewed = otherCertificates(t);
  const own = { certificate: "", key: "" };
  const { port, ca, until, text, states, refused } = await secureFeed(t, (files, dir) => {
    own.certificate = join(dir, "own.pem");
    own.key = join(dir, "own.key");
    for (const [from = "", to] of [
      [files.server[0], own.certificate],
      [files.server[1], own.key],
    ] as const)
      copyFileSync(from, to);
    return own;
  });
  assert.equal(await openssl(t, port, "old ", "-CAfile", ca, "-verify_return_error"), 0);
  copyFileSync(renewed.server[0] ?? "", own.certificate);
  copyFileSync(renewed.server[1] ?? "", own.key);
  assert.notEqual(await openssl(t, port, "", "-CAfile", ca, "-verify_return_error"), 0);
  assert.equal(await openssl(t, port, "new", "-CAfile", renewed.ca, "-verify_return_error"), 0);
  await until(() => text() === "old new");
  const before = refused.length;
  rmSync(own.key);
  await openssl(t, port, "lost", "-CAfile", renewed.ca);
  await until(() => refused.length > before && /senders are turned away: there is no such file/.test(where(states)));
});

test("without a certificate that can be read it does not listen at all", async () => {
  const { sink } = memorySink();
  const tls = { certificate: "/no/such/file", key: "/no/such/key" };
  const run = tcpServerFeed(id, { port: 0, tls }, () => 0).run(sink, new AbortController().signal);
  await assert.rejects(run, /ENOENT/);
});
