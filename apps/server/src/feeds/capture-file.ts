import { createReadStream } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { createCaptureDecoder } from "@picket/capture";
import type { FeedId } from "@picket/model";
import type { Feed, FeedSink } from "./feed.ts";

export type CaptureFileOptions = Readonly<{ path: string; speed?: number; loop?: boolean }>;

const READ_BYTES = 64 * 1024;
const PAUSE_BETWEEN_LOOPS_MS = 1000;

/**
 * Plays a capture file at the speed it was made, or faster. The file's own octets go out unchanged, cut after each packet, so
 * that what is journalled is the file; the decoder here only tells when each packet is due.
 */
export function captureFeed(id: FeedId, { path, speed = 1, loop = false }: CaptureFileOptions, nowMs: () => number): Feed {
  return {
    id,
    transport: `capture ${path} ×${speed}`,
    async run(sink, signal) {
      sink.state({ kind: "listening", where: path });
      do {
        await pace(createReadStream(path, { highWaterMark: READ_BYTES }), path, speed, nowMs, sink, signal);
        if (loop) await pause(PAUSE_BETWEEN_LOOPS_MS, signal);
      } while (loop && !signal.aborted);
      sink.state({ kind: "ended" });
    },
  };
}

/**
 * Passes a capture stream on, each packet when it is due by its own time stamp after the first. A capture that is being made right
 * now is never late, so it is never held back; a file that is poured in plays at the speed it was made.
 */
export async function pace(
  octetStream: AsyncIterable<Uint8Array>,
  from: string,
  speed: number,
  nowMs: () => number,
  sink: FeedSink,
  signal: AbortSignal,
): Promise<void> {
  const decoder = createCaptureDecoder();
  const startMs = performance.now();
  let firstMs: number | undefined;
  let chunkStart = 0;
  for await (const octets of octetStream) {
    let sent = 0;
    for (const item of decoder.push(octets)) {
      if (item.kind !== "packet" || item.value.capturedMs === undefined) continue;
      const { capturedMs, fileOffset, fileLength } = item.value;
      firstMs ??= capturedMs;
      await pause((capturedMs - firstMs) / speed - (performance.now() - startMs), signal);
      if (signal.aborted) return;
      const end = Math.min(octets.length, fileOffset + fileLength - chunkStart);
      if (end > sent) sink.bytes(octets.slice(sent, end), nowMs(), from);
      sent = Math.max(sent, end);
    }
    if (sent < octets.length) sink.bytes(octets.slice(sent), nowMs(), from);
    chunkStart += octets.length;
  }
}

/** Waits, unless `signal` aborts first. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return;
  await sleep(ms, undefined, { signal }).catch((reason) => {
    if (!signal.aborted) throw reason;
  });
}
