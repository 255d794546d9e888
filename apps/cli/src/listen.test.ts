import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { gzipSync } from "node:zlib";
import { startBroker } from "./broker.fixture.ts";
import { captureCommand } from "./capture.ts";
import { captureChunks } from "./capture-chunks.ts";
import { listenCommand } from "./listen.ts";

const SENSORS = `site: { id: gate, name: Gate, latDeg: 32.5, lonDeg: -117 }
sensors:
  - { id: radar, name: Radar, kind: radar, latDeg: 32.5, lonDeg: -117, rangeMaxM: 3000, covers: true }
`;

/** A configuration with one feed of detections, `in`, and what its commands say. */
function withFeed(t: TestContext, transport: string) {
  const dir = mkdtempSync(join(tmpdir(), "picket-listen-"));
  t.after(() => rmSync(dir, { recursive: true }));
  const config = join(dir, "site.yaml");
  writeFileSync(
    config,
    `${SENSORS}feeds:\n  - { id: in, protocol: detections, owner: us, legalBasis: a test, transport: ${transport} }\n`,
  );
  const said: string[] = [];
  for (const stream of ["log", "error"] as const) t.mock.method(console, stream, (line: string) => void said.push(line));
  return { dir, config, said, text: () => said.join("\n") };
}

const detection = (measuredMs: number, sensor = "radar") =>
  JSON.stringify({
    sensor,
    measuredMs,
    detections: [{ kind: "position", latDeg: 32.51, lonDeg: -117.01, horizontalSigmaM: 10 }],
  });

async function all(chunks: AsyncIterable<Uint8Array>): Promise<readonly Uint8Array[]> {
  const found: Uint8Array[] = [];
  for await (const chunk of chunks) found.push(chunk);
  return found;
}

/** A server on loopback that gives `lines` to whoever connects. */
async function sender(t: TestContext, lines: () => string): Promise<number> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.write(lines());
  }).listen(0, "127.0.0.1");
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

test("a good feed is described in words: bytes, records, rate, clock and where", async (t) => {
  const port = await sender(t, () => `${detection(Date.now())}\n${detection(Date.now())}\n`);
  const { config, text } = withFeed(t, `{ kind: tcpClient, host: 127.0.0.1, port: ${port} }`);
  assert.equal(await listenCommand({ config, feed: "in", seconds: "0.5" }), 0, text());
  for (const part of [
    /ok {3}Listening: tcp 127\.0\.0\.1:\d+/,
    /Heard 1 chunks, \d+ octets \([\d.]+ a second\) from 127\.0\.0\.1:\d+ since/,
    /Understood 2 records \([\d.]+ a second\) as detections: 2 looks/,
    /The sender's clock is at most 0\.\d+ s behind ours, delay included/,
    /2 positions, 1\.5 to 1\.5 km from the site, the last 32\.51000, -117\.01000/,
  ])
    assert.match(text(), part);
});

test("what is refused is counted by its code with the first example, and a strange language is guessed", async (t) => {
  const port = await sender(t, () => `MSG,3,1,1,ABC\nMSG,3,1,1,DEF\n${detection(1, "other")}\n`);
  const { config, text } = withFeed(t, `{ kind: tcpClient, host: 127.0.0.1, port: ${port} }`);
  assert.equal(await listenCommand({ config, feed: "in", seconds: "0.5" }), 1);
  assert.match(text(), /FAULT {2}Nothing of it is understood as detections/);
  assert.match(text(), /It looks like SBS lines of an ADS-B receiver: should the feed's protocol be sbs\?/);
  assert.match(text(), /Refused 2 as not-json; the first: line at byte 0: not-json \(not JSON: MSG,3,1,1,ABC\)/);
  assert.match(text(), /Refused 1 as unknown-sensor; the first: .*other is not a sensor of this site/);
});

test("a sender whose clock is ahead is a fault, for delay never makes it so", async (t) => {
  const port = await sender(t, () => `${detection(Date.now() + 5000)}\n`);
  const { config, text } = withFeed(t, `{ kind: tcpClient, host: 127.0.0.1, port: ${port} }`);
  assert.equal(await listenCommand({ config, feed: "in", seconds: "0.5" }), 1);
  assert.match(text(), /FAULT {2}The sender's clock is at least [45]\.\d\d s ahead of ours: set both by network time/);
});

test("silence is told apart from a peer that is not there, each with what to look at", async (t) => {
  const quiet = await sender(t, () => "");
  const first = withFeed(t, `{ kind: tcpClient, host: 127.0.0.1, port: ${quiet} }`);
  assert.equal(await listenCommand({ config: first.config, feed: "in", seconds: "0.3" }), 1);
  assert.match(first.text(), /Listening: .*\nFAULT {2}Nothing came in 0\.\d s\n note {2}Is it the right port\? readsb/);
  const second = withFeed(t, "{ kind: tcpClient, host: 127.0.0.1, port: 1 }");
  assert.equal(await listenCommand({ config: second.config, feed: "in", seconds: "0.3" }), 1);
  assert.match(second.text(), /FAULT {2}Never connected: nothing listens there: is the sender running/);
});

test("a feed that there is not, or that only the server can hear, is said with what there is", async (t) => {
  const { config, text } = withFeed(t, "{ kind: http }");
  assert.equal(await listenCommand({ config, feed: "roof", seconds: "1" }), 78);
  assert.match(text(), /there is no feed roof; there are in$/m);
  assert.equal(await captureCommand({ config, feed: "in", out: "-", maxMb: "1" }), 78);
  assert.match(text(), /Feed in is posted to the running server/);
  assert.equal(await listenCommand({ config, feed: "in", seconds: "soon" }), 64);
});

test("a broker's refusal of one topic is said, and the others are heard, packed or not", async (t) => {
  const broker = await startBroker();
  t.after(broker.close);
  await broker.publish("radar/kept", detection(Date.now()), true);
  const { config, text } = withFeed(t, `{ kind: mqtt, url: "${broker.url}", topics: ["radar/#", "secret/#"] }`);
  const subscribed = broker.isSubscribed();
  const listening = listenCommand({ config, feed: "in", seconds: "2" });
  await subscribed;
  await broker.publish("radar/1", detection(Date.now()));
  await broker.publish("radar/2", gzipSync(`${detection(Date.now())}\n`));
  assert.equal(await listening, 0, text());
  assert.match(text(), /Listening: mqtt:.* radar\/#, secret\/#, but it refuses secret\/#/);
  assert.match(text(), /1 messages were left out, the first mqtt:.*\/radar\/kept#retained/);
  assert.match(text(), /Understood 2 records/);
});

test("a broker that refuses every topic is a fault", async (t) => {
  const broker = await startBroker();
  t.after(broker.close);
  const { config, text } = withFeed(t, `{ kind: mqtt, url: "${broker.url}", topics: ["secret/#"] }`);
  assert.equal(await listenCommand({ config, feed: "in", seconds: "1" }), 1);
  assert.match(text(), /FAULT {2}Never connected: mqtt:.* refuses secret\/#: may this user read there\?/);
});

test("what is captured from a broker is played again message for message, and decoded as it was heard", async (t) => {
  const broker = await startBroker();
  t.after(broker.close);
  const { dir, config, text } = withFeed(t, `{ kind: mqtt, url: "${broker.url}", topics: ["#"] }`);
  const out = join(dir, "capture.jsonl");
  const subscribed = broker.isSubscribed();
  const capturing = captureCommand({ config, feed: "in", out, seconds: "2", maxMb: "1" });
  await subscribed;
  await broker.publish("a", detection(Date.now()));
  await broker.publish("b", gzipSync(detection(Date.now())));
  assert.equal(await capturing, 0, text());
  assert.equal(statSync(out).mode & 0o777, 0o600);
  assert.match(text(), /2 chunks, \d+ octets of in in .*capture\.jsonl/);
  assert.equal(await captureCommand({ config, feed: "in", out, seconds: "1", maxMb: "1" }), 69);
  assert.match(text(), /capture\.jsonl is there already, and is not written over/);

  const again = withFeed(t, `{ kind: capture, path: ${out}, framing: datagram, speed: 1000 }`);
  assert.equal(await listenCommand({ config: again.config, feed: "in", seconds: "10" }), 0, again.text());
  assert.match(again.text(), /Heard 2 chunks, .* from 2 senders or topics, such as mqtt:.*\/a/);
  assert.match(again.text(), /Understood 2 records/);

  const wrong = withFeed(t, `{ kind: capture, path: ${out} }`);
  assert.equal(await listenCommand({ config: wrong.config, feed: "in", seconds: "0.3" }), 1);
  assert.match(wrong.text(), /holds a datagram feed: give its transport framing: datagram/);

  const file = readFileSync(out);
  const refused: string[] = [];
  async function* inParts() {
    for (let at = 0; at < file.length; at += 7) yield file.subarray(at, at + 7);
    yield Buffer.from('{"receivedMs":');
  }
  const octets = await all(captureChunks(inParts(), (why) => refused.push(why)));
  const lines = Buffer.concat(octets).toString().split("\n");
  assert.deepEqual([lines.length, lines[2], refused], [3, "", ["the last line is not whole"]]);
  for (const line of lines.slice(0, 2)) assert.equal(JSON.parse(line).sensor, "radar");
});

test("a capture ends where its file has the size it may have", async (t) => {
  const port = await sender(t, () => "x".repeat(20_000));
  const { dir, config } = withFeed(t, `{ kind: tcpClient, host: 127.0.0.1, port: ${port}, idleTimeoutS: 1 }`);
  const out = join(dir, "capture.jsonl");
  assert.equal(await captureCommand({ config, feed: "in", out, seconds: "20", maxMb: "0.01" }), 0);
  assert.ok(statSync(out).size < 10_000 + 100_000);
});

test("bytes that are no capture are passed on as they are, few or many", async () => {
  for (const parts of [[], ["{"], ["ab", "cdefghijklmnopqrstuvwxyz"], ['{"picketCaptured":1}\n', "x"]]) {
    const input = (async function* () {
      for (const part of parts) yield Buffer.from(part);
    })();
    const octets = await all(captureChunks(input, assert.fail));
    assert.equal(Buffer.concat(octets).toString(), parts.join(""));
  }
});
