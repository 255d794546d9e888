import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { encodePcap, LINK_TYPE } from "@picket/capture";
import { feedId } from "@picket/model";
import fc from "fast-check";
import { temporaryDir } from "../site.fixture.ts";
import { captureFeed } from "./capture-file.ts";
import { createWait } from "./pace.ts";
import { standardInputFeed } from "./standard-input.ts";

const ID = feedId.parse("test");
const OLD_MS = 1_600_000_000_000;

/** A capture with a packet of 100 octets at each time. */
const captureOf = (times: readonly number[]): Uint8Array =>
  encodePcap(
    LINK_TYPE.radiotap,
    times.map((capturedMs, index) => ({ capturedMs, packet: new Uint8Array(100).fill(index) })),
  );

function memory() {
  const chunks: { octets: Buffer; atMs: number; from: string }[] = [];
  const states: string[] = [];
  const sink = {
    bytes: (octets: Uint8Array, _receivedMs: number, from: string) =>
      void chunks.push({ octets: Buffer.from(octets), atMs: performance.now(), from }),
    refused: () => {},
    state: ({ kind }: Readonly<{ kind: string }>) => void states.push(kind),
  };
  return { sink, chunks, states, whole: () => Buffer.concat(chunks.map(({ octets }) => octets)) };
}

test("a file plays at the speed it was made, its octets unchanged", async (t) => {
  const path = `${temporaryDir(t)}/capture.pcap`;
  const octets = captureOf([OLD_MS, OLD_MS + 100, OLD_MS + 300]);
  writeFileSync(path, octets);
  const { sink, chunks, states, whole } = memory();
  await captureFeed(ID, { path }, Date.now).run(sink, new AbortController().signal);
  assert.deepEqual([whole().equals(octets), chunks.length, states], [true, 3, ["listening", "ended"]]);
  const sinceFirstMs = chunks.map(({ atMs }) => atMs - (chunks[0]?.atMs ?? 0));
  assert.ok((sinceFirstMs[1] ?? 0) > 80 && (sinceFirstMs[2] ?? 0) > 280, JSON.stringify(sinceFirstMs));
});

test("ten times as fast is ten times as fast, and a gap of an hour is not waited out", async (t) => {
  const path = `${temporaryDir(t)}/capture.pcap`;
  writeFileSync(path, captureOf([OLD_MS, OLD_MS + 1000, OLD_MS + 3_600_000, OLD_MS + 3_601_000]));
  const { sink, chunks } = memory();
  const startMs = performance.now();
  await captureFeed(ID, { path, speed: 10 }, Date.now).run(sink, new AbortController().signal);
  const tookMs = performance.now() - startMs;
  assert.equal(chunks.length, 4);
  assert.ok(tookMs > 180 && tookMs < 2000, `${tookMs} ms`);
});

test("a file that begins again is another stream: its header is no packet", async (t) => {
  const path = `${temporaryDir(t)}/capture.pcap`;
  writeFileSync(path, captureOf([OLD_MS]));
  const { sink, chunks } = memory();
  const stop = new AbortController();
  const run = captureFeed(ID, { path, loop: true }, Date.now).run(
    {
      ...sink,
      bytes(octets, receivedMs, from) {
        sink.bytes(octets, receivedMs, from);
        if (chunks.length === 2) stop.abort();
      },
    },
    stop.signal,
  );
  await run;
  assert.equal(chunks.length, 2);
  assert.notEqual(chunks[0]?.from, chunks[1]?.from);
});

test("a stop ends a wait, and a file that is not there is a failure", async (t) => {
  const path = `${temporaryDir(t)}/capture.pcap`;
  writeFileSync(path, captureOf([OLD_MS, OLD_MS + 50_000]));
  const stop = new AbortController();
  const { sink, chunks } = memory();
  const run = captureFeed(ID, { path }, Date.now).run(sink, stop.signal);
  while (chunks.length === 0) await new Promise(setImmediate);
  stop.abort();
  await run;
  assert.equal(chunks.length, 1);
  await assert.rejects(captureFeed(ID, { path: `${path}.none` }, Date.now).run(sink, new AbortController().signal), /ENOENT/);
});

test("what is captured now is passed on at once, however it was cut", async () => {
  const nowMs = Date.now();
  const octets = captureOf([nowMs - 500, nowMs, nowMs + 20_000]);
  const input = new PassThrough();
  const { sink, whole } = memory();
  const startMs = performance.now();
  const run = standardInputFeed(ID, input, true, Date.now).run(sink, new AbortController().signal);
  for (const octet of octets) input.write(Uint8Array.of(octet));
  input.end();
  await run;
  assert.ok(performance.now() - startMs < 2000);
  assert.ok(whole().equals(octets));
});

test("no order of stamps makes a packet wait longer than its own time from the one it is counted from", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -120_000, max: 120_000 }), { maxLength: 50 }), (gaps) => {
      const waitMs = createWait(1);
      let capturedMs = OLD_MS;
      for (const gap of gaps) {
        capturedMs += gap;
        const wait = waitMs(capturedMs, 0);
        assert.ok(wait >= 0 && wait <= 60_000 * gaps.length);
        if (gap < -1000 || gap > 60_000) assert.equal(wait, 0, "a leap is not waited out");
      }
    }),
  );
});
