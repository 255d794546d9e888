import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { feedId } from "@picket/model";
import { createAllowList } from "./allow-list.ts";
import type { FeedSink, FeedState } from "./feed.ts";
import { postedFeed } from "./posted.ts";
import { standardInputFeed } from "./standard-input.ts";
import { supervise } from "./supervise.ts";
import { udpFeed } from "./udp.ts";

const id = feedId.parse("test");

/** A sink that remembers, and promises the first of each. */
function memory() {
  const chunks: string[] = [];
  const refused: string[] = [];
  const states: FeedState[] = [];
  const waiting: (() => void)[] = [];
  const changed = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  const sink: FeedSink = {
    bytes: (chunk) => {
      chunks.push(Buffer.from(chunk).toString());
      changed();
    },
    refused: (from) => {
      refused.push(from);
      changed();
    },
    state: (state) => {
      states.push(state);
      changed();
    },
  };
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  return { sink, chunks, refused, states, until };
}

const portOf = (states: readonly FeedState[]): number => {
  const listening = states.find((state) => state.kind === "listening");
  return Number(listening?.kind === "listening" ? listening.where.split(":").at(-1) : Number.NaN);
};

async function sendTo(port: number, text: string): Promise<void> {
  const socket = createSocket("udp4");
  await new Promise((resolve) => socket.send(text, port, "127.0.0.1", resolve));
  socket.close();
}

test("a datagram from an allowed peer becomes one chunk", async () => {
  const { sink, chunks, states, until } = memory();
  const stop = new AbortController();
  const run = udpFeed(id, { port: 0 }, () => 1).run(sink, stop.signal);
  await until(() => states.length > 0);
  await sendTo(portOf(states), "hello");
  await until(() => chunks.length > 0);
  stop.abort();
  await run;
  assert.deepEqual(chunks, ["hello"]);
});

test("a datagram from a peer that is not on the list is counted and dropped", async () => {
  const { sink, chunks, refused, states, until } = memory();
  const stop = new AbortController();
  const run = udpFeed(id, { port: 0, allow: ["192.0.2.0/24"] }, () => 1).run(sink, stop.signal);
  await until(() => states.length > 0);
  await sendTo(portOf(states), "hello");
  await until(() => refused.length > 0);
  stop.abort();
  await run;
  assert.deepEqual(chunks, []);
  assert.match(refused[0] ?? "", /^127\.0\.0\.1:\d+$/);
});

test("the allow-list takes addresses and prefixes of both families, and mapped addresses", () => {
  const allowed = createAllowList(["192.0.2.0/24", "2001:db8::/32", "198.51.100.7"]);
  for (const address of ["192.0.2.200", "::ffff:192.0.2.1", "2001:db8::5", "198.51.100.7"]) assert.ok(allowed(address), address);
  for (const address of ["198.51.100.8", "127.0.0.1", "2001:db9::1", "not an address"]) assert.ok(!allowed(address), address);
  assert.throws(() => createAllowList(["everyone"]), /must be an address or address\/prefix, got "everyone"/);
});

test("standard input ends, and the feed says so", async () => {
  const { sink, chunks, states } = memory();
  const input = new PassThrough();
  input.end("line\n");
  await standardInputFeed(id, input, false, () => 1).run(sink, new AbortController().signal);
  assert.deepEqual(chunks, ["line\n"]);
  assert.equal(states.at(-1)?.kind, "ended");
});

test("a posted chunk is taken while the feed runs and refused after", async () => {
  const { sink, chunks } = memory();
  const stop = new AbortController();
  const feed = postedFeed(id, "POST", () => 1);
  assert.equal(feed.post(Buffer.from("early"), "a"), false);
  const run = feed.run(sink, stop.signal);
  assert.equal(feed.post(Buffer.from("in time"), "a"), true);
  stop.abort();
  await run;
  assert.equal(feed.post(Buffer.from("late"), "a"), false);
  assert.deepEqual(chunks, ["in time"]);
});

test("a feed that fails is tried again, and says why and when", async () => {
  const { sink, states } = memory();
  let tries = 0;
  const feed = {
    id,
    transport: "test",
    run: async () => {
      if (++tries < 3) throw new Error(`broken ${tries}`);
    },
  };
  await supervise(feed, sink, new AbortController().signal, () => 0.5);
  assert.equal(tries, 3);
  const waits = states.filter((state) => state.kind === "reconnecting");
  assert.deepEqual(waits, [
    { kind: "reconnecting", inMs: 500, why: "broken 1" },
    { kind: "reconnecting", inMs: 1000, why: "broken 2" },
  ]);
});

test("waits differ by a fifth either way, and never grow beyond what the feed allows", async () => {
  const waits = async (random: number, longestWaitMs: number) => {
    const { sink, states } = memory();
    let tries = 0;
    const run = async () => {
      if (++tries < 4) throw new Error("broken");
    };
    await supervise({ id, transport: "test", longestWaitMs, run }, sink, new AbortController().signal, () => random);
    return states.flatMap((state) => (state.kind === "reconnecting" ? [state.inMs] : []));
  };
  const found = await Promise.all([waits(0, 100), waits(0.999_999, 100)]);
  assert.deepEqual(found, [
    [400, 80, 80],
    [600, 120, 120],
  ]);
});
