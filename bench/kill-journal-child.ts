/**
 * Appends to the journal of a directory at a steady rate until it is killed, and prints `opened <boot number> <ms>` once and
 * `ack <sequence>` after each commit, each line in one write. Usage: node bench/kill-journal-child.ts <dir> <entries per second>
 */
import { writeSync } from "node:fs";
import { openJournal } from "@picket/server";

const [dir = "", rate = "2000"] = process.argv.slice(2);
const TURN_MS = 5;
const SEGMENT_MS = 1_000;
const PAYLOAD_BYTES = 200;

const startMs = performance.now();
const journal = await openJournal({ dir, version: "kill", nowMs: Date.now });
writeSync(1, `opened ${journal.bootNumber} ${(performance.now() - startMs).toFixed(1)}\n`);
journal.onCommit((sequence) => writeSync(1, `ack ${sequence}\n`));

const openedMs = performance.now();
let segmentMs = openedMs;
let made = 0;
setInterval(() => {
  const nowMs = performance.now();
  for (; made < ((nowMs - openedMs) * Number(rate)) / 1_000; made++) {
    const bytes = new Uint8Array(PAYLOAD_BYTES);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, journal.bootNumber);
    view.setUint32(4, made);
    journal.append({ kind: "bytes", feed: "bench", from: "127.0.0.1:1", receivedMs: Date.now(), bytes });
  }
  journal.append({ kind: "mark", nowMs: Date.now() });
  if (nowMs - segmentMs < SEGMENT_MS) return;
  segmentMs = nowMs;
  journal.beginSegment(new Uint8Array(20_000).fill(made));
}, TURN_MS);
