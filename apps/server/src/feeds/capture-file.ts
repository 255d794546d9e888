import { createReadStream } from "node:fs";
import type { FeedId } from "@picket/model";
import type { Feed } from "./feed.ts";
import { pace, pause } from "./pace.ts";

export type CaptureFileOptions = Readonly<{ path: string; speed?: number; loop?: boolean }>;

const READ_BYTES = 64 * 1024;
const PAUSE_BETWEEN_LOOPS_MS = 1000;

/**
 * Plays a capture file at the speed it was made, or faster. The file's own octets go out unchanged, cut after each packet, so
 * that what is journalled is the file.
 */
export function captureFeed(id: FeedId, { path, speed = 1, loop = false }: CaptureFileOptions, nowMs: () => number): Feed {
  return {
    id,
    transport: `capture ${path} ×${speed}`,
    async run(sink, signal) {
      sink.state({ kind: "listening", where: path });
      do {
        const octetStream = createReadStream(path, { highWaterMark: READ_BYTES });
        await pace(octetStream, { from: path, speed, nowMs, mayBeLive: false }, sink, signal);
        if (loop) await pause(PAUSE_BETWEEN_LOOPS_MS, signal);
      } while (loop && !signal.aborted);
      sink.state({ kind: "ended" });
    },
  };
}
