import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { FeedId } from "@picket/model";
import type { Feed } from "./feed.ts";
import { playFeedCapture } from "./feed-capture.ts";
import { pace, pause } from "./pace.ts";

export type CaptureFileOptions = Readonly<{ path: string; framing?: "stream" | "datagram"; speed?: number; loop?: boolean }>;

const READ_BYTES = 64 * 1024;
const PAUSE_BETWEEN_LOOPS_MS = 1000;
const BRACE = 0x7b;

/**
 * Plays a capture at the speed it was made, or faster: a pcap or pcapng file, whose own octets go out unchanged, cut after each packet,
 * so that what is journalled is the file; or what `picket capture` wrote, chunk for chunk.
 */
export function captureFeed(
  id: FeedId,
  { path, framing = "stream", speed = 1, loop = false }: CaptureFileOptions,
  nowMs: () => number,
): Feed {
  return {
    id,
    transport: `capture ${path} ×${speed}`,
    async run(sink, signal) {
      const isFeedCapture = (await firstOctet(path)) === BRACE;
      sink.state({ kind: "listening", where: path });
      let round = 0;
      do {
        // Each round is a stream of its own: its header would be no packet in the one before.
        const from = round++ === 0 ? path : `${path} #${round}`;
        if (isFeedCapture) await playFeedCapture({ path, framing, speed, nowMs }, sink, signal);
        else {
          const octetStream = createReadStream(path, { highWaterMark: READ_BYTES });
          await pace(octetStream, { from, speed, nowMs, mayBeLive: false }, sink, signal);
        }
        if (loop) await pause(PAUSE_BETWEEN_LOOPS_MS, signal);
      } while (loop && !signal.aborted);
      sink.state({ kind: "ended" });
    },
  };
}

async function firstOctet(path: string): Promise<number | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1), 0, 1, 0);
    return bytesRead === 1 ? buffer[0] : undefined;
  } finally {
    await file.close();
  }
}
