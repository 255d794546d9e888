import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { feedId } from "@picket/model";
import type { Peer } from "./feed.ts";
import { answerPeer } from "./peer.ts";
import { memorySink } from "./sink.fixture.ts";
import { tcpServerFeed } from "./tcp-server.ts";

/** A feed that answers every chunk as `answer` says, and a socket that is connected to it. */
async function conversation(t: TestContext, answer: (peer: Peer, chunk: Uint8Array) => void): Promise<Socket> {
  const { sink, until, isListening, port } = memorySink();
  const stop = new AbortController();
  t.after(() => stop.abort());
  const answering = {
    ...sink,
    bytes(chunk: Uint8Array, _receivedMs: number, _from: string, peer?: Peer) {
      assert.ok(peer, "a connection can be answered on");
      answer(peer, chunk);
    },
  };
  void tcpServerFeed(feedId.parse("talk"), { port: 0 }, Date.now).run(answering, stop.signal);
  await until(isListening);
  const socket = connect({ port: Number(port()), host: "127.0.0.1" });
  t.after(() => socket.destroy());
  await once(socket, "connect");
  return socket;
}

test("an answer goes back on the connection that asked, and what cannot be followed is hung up on after it", async (t) => {
  const socket = await conversation(t, (peer, chunk) =>
    answerPeer(peer, { replies: [chunk, Buffer.from("!")], hangUp: chunk.length > 3 }),
  );
  let heard = "";
  socket.on("data", (bytes: Buffer) => {
    heard += bytes.toString();
  });
  socket.write("one");
  while (heard.length < 4) await once(socket, "data");
  assert.equal(heard, "one!");
  socket.write("three");
  await once(socket, "end");
  assert.equal(heard, "one!three!");
});

test("a peer that reads none of its answers is let go of, and nothing grows meanwhile", async (t) => {
  const answer = Buffer.alloc(1 << 18);
  let answered = 0;
  const socket = await conversation(t, (peer) => {
    answered++;
    answerPeer(peer, { replies: [answer] });
  });
  socket.pause();
  socket.on("error", () => undefined);
  const timer = setInterval(() => socket.writable && socket.write("more"), 2);
  t.after(() => clearInterval(timer));
  await new Promise((resolve) => socket.once("close", resolve));
  assert.ok(answered < 400, `${answered} answers of 256 KiB were taken`);
});
