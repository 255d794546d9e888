import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { type TestContext, test } from "node:test";
import { feedId } from "@picket/model";
import fc from "fast-check";
import { memorySink } from "./sink.fixture.ts";
import { supervise } from "./supervise.ts";
import { zmqFeed } from "./zmq.ts";
import { createZmtpReader, formatCommand, formatGreeting, formatReady } from "./zmtp.ts";

const id = feedId.parse("zmq");
const PYTHON = ["/usr/bin/python3", "python3"].find((python) => spawnSync(python, ["-c", "import zmq"]).status === 0);

/** How long the publisher waits for a PONG. A busy machine answers late, and late is not what is tested here. */
const PONG_WITHIN_MS = 3000;

/** Publishes on a free port, which it prints, and then what its subscriber asks for; each line it is given is a Python list of parts. */
const PUBLISHER = `
import sys, zmq
socket = zmq.Context().socket(zmq.XPUB)
socket.setsockopt(zmq.HEARTBEAT_IVL, 100)
socket.setsockopt(zmq.HEARTBEAT_TIMEOUT, ${PONG_WITHIN_MS})
port = socket.bind_to_random_port("tcp://127.0.0.1")
print(port, flush=True)
print("subscribed", socket.recv(), flush=True)
for line in sys.stdin:
    socket.send_multipart(eval(line))
`;

async function startPublisher(t: TestContext) {
  const publisher = spawn(PYTHON ?? "", ["-c", PUBLISHER], { stdio: ["pipe", "pipe", "inherit"] });
  t.after(() => publisher.kill());
  // An iterator keeps the lines that come before they are asked for.
  const lines = createInterface({ input: publisher.stdout })[Symbol.asyncIterator]();
  const says = async () => String((await lines.next()).value);
  return { publisher, says, url: `tcp://127.0.0.1:${await says()}` };
}

test("what pyzmq publishes is heard whole, short or long, with its topic", {
  skip: PYTHON ? false : "needs python3-zmq",
}, async (t) => {
  const { publisher, says, url } = await startPublisher(t);
  const { sink, heard, until, isListening, states } = memorySink();
  const stop = new AbortController();
  t.after(() => stop.abort());
  const run = supervise(
    zmqFeed(id, { url }, () => Date.now()),
    sink,
    stop.signal,
  );
  await until(isListening);
  assert.equal(await says(), "subscribed b'\\x01'");
  publisher.stdin.write("[b'{\"index\":1}']\n[b'wardragon', b'second']\n[b'x' * 300000]\n");
  await until(() => heard.length === 3);
  const where = `zmq 127.0.0.1:${new URL(url).port}`;
  assert.deepEqual(
    heard.map(({ text, from }) => [text.slice(0, 12), text.length, from]),
    [
      ['{"index":1}', 11, where],
      ["second", 6, `${where}/wardragon`],
      ["xxxxxxxxxxxx", 300_000, where],
    ],
  );
  await new Promise((resolve) => setTimeout(resolve, PONG_WITHIN_MS * 1.5)); // without our PONG the publisher would hang up
  publisher.stdin.write("[b'still here']\n");
  await until(() => heard.length === 4);
  assert.deepEqual(
    states.map(({ kind }) => kind),
    ["starting", "listening"],
  );
  publisher.stdin.end();
  await until(() => states.at(-1)?.kind === "reconnecting");
  stop.abort();
  await run;
});

test("a message that is too long for memory ends the connection", { skip: PYTHON ? false : "needs python3-zmq" }, async (t) => {
  const { publisher, url } = await startPublisher(t);
  const { sink, heard, until, isListening, reasons } = memorySink();
  const stop = new AbortController();
  t.after(() => stop.abort());
  const run = supervise(
    zmqFeed(id, { url }, () => Date.now()),
    sink,
    stop.signal,
  );
  await until(isListening);
  publisher.stdin.write("[b'x' * 2000000]\n");
  await until(() => reasons().length > 0);
  assert.match(reasons()[0] ?? "", /it sends a message of more than 1048576 octets/);
  assert.deepEqual(heard, []);
  stop.abort();
  await run;
});

for (const [what, says, why] of [
  ["a web server", Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n"), /does not speak ZeroMQ on that port/],
  ["a publisher that asks for a key", curveGreeting(), /asks for CURVE security, which is not spoken here/],
  ["a peer that hangs up", Buffer.concat([formatGreeting(), formatCommand("ERROR", Buffer.from([0]))]), /it refuses us/],
] as const)
  test(`${what} is told apart`, async (t) => {
    const server = createServer((socket) => socket.on("error", () => undefined).write(says)).listen(0, "127.0.0.1");
    await once(server, "listening");
    t.after(() => server.close());
    const address = server.address();
    const { sink, until, reasons, isListening } = memorySink();
    const stop = new AbortController();
    t.after(() => stop.abort());
    const url = `tcp://127.0.0.1:${typeof address === "object" && address?.port}`;
    const run = supervise(
      zmqFeed(id, { url }, () => 1),
      sink,
      stop.signal,
    );
    await until(() => reasons().length > 0);
    stop.abort();
    await run;
    assert.match(reasons()[0] ?? "", why);
    assert.ok(!isListening());
  });

function curveGreeting(): Buffer {
  const greeting = Buffer.from(formatGreeting());
  greeting.write("CURVE", 12);
  return greeting;
}

test("a stream means the same however it is cut", () => {
  const frame = (flags: number, text: string) => Buffer.concat([Buffer.from([flags, text.length]), Buffer.from(text)]);
  const long = Buffer.alloc(9 + 400, "x");
  long.set([2, 0, 0, 0, 0, 0, 0, 1, 144]);
  const stream = Buffer.concat([formatGreeting(), formatReady("PUB"), frame(1, "topic"), frame(0, "body"), long, frame(0, "")]);
  const read = (parts: readonly Uint8Array[]) => {
    const reader = createZmtpReader(1 << 20);
    return parts.flatMap((part) => reader.push(part)).map((item) => JSON.stringify(item));
  };
  const whole = read([stream]);
  assert.equal(whole.length, 5);
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length), { maxLength: 20 }), (cuts) => {
      const at = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
      assert.deepEqual(read(at.slice(1).map((end, index) => stream.subarray(at[index], end))), whole);
    }),
    { seed: 3 },
  );
});

test("no octets after the greeting crash it but by saying why, or make it hold more than a message", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 30 }), (chunks) => {
      const reader = createZmtpReader(1000);
      reader.push(formatGreeting());
      try {
        for (const chunk of chunks) reader.push(chunk);
      } catch (error) {
        assert.match(String(error), /^Error: it sends a message of more than/);
      }
    }),
    { numRuns: 2000, seed: 5 },
  );
});
