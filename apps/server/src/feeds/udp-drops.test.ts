import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { feedId } from "@picket/model";
import { udpFeed } from "./udp.ts";
import { udpDrops } from "./udp-drops.ts";

const TABLE = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
 4896: 00000000:8367 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 182146 2 00000000ec0da0ea 17
 4897: 0100007F:8367 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 182147 2 00000000ec0da0eb 3
 6395: 0100007F:8942 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 184144 2 0000000093bd775c 99
`;

test("drops of every socket on the port are added, others' are not", () => {
  assert.equal(
    udpDrops(0x8367, "udp4", () => TABLE),
    20,
  );
  assert.equal(
    udpDrops(0x1234, "udp4", () => TABLE),
    0,
  );
  assert.equal(
    udpDrops(0x8367, "udp6", () => undefined),
    undefined,
  );
});

test("datagrams for which the kernel had no room are counted as lost", {
  skip: process.platform !== "linux" && "Linux only",
}, async () => {
  let port = 0;
  let heard = 0;
  let lost = 0;
  const stop = new AbortController();
  const feed = udpFeed(feedId.parse("test"), { port: 0 }, Date.now);
  const sink = {
    bytes() {
      heard++;
    },
    refused: () => {},
    lost(count: number) {
      lost += count;
    },
    state(state: Readonly<{ kind: string; where?: string }>) {
      if (state.kind === "listening") port = Number(state.where?.split(":").at(-1));
    },
  };
  const run = feed.run(sink, stop.signal);
  while (port === 0) await sleep(5);
  const socket = createSocket("udp4");
  socket.connect(port, "127.0.0.1");
  await once(socket, "connect");
  // All are sent before the event loop reads one: more than any receive buffer holds.
  const payload = Buffer.alloc(1000);
  const count = 12_000;
  await Promise.all(Array.from({ length: count }, () => new Promise((resolve) => socket.send(payload, resolve))));
  const endMs = performance.now() + 5000;
  while (heard + lost < count && performance.now() < endMs) await sleep(20);
  socket.close();
  stop.abort();
  await run;
  assert.ok(lost > 0, "the buffer overflowed");
  assert.equal(heard + lost, count);
});
