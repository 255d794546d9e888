import { setTimeout as sleep } from "node:timers/promises";
import type { Feed, FeedSink } from "./feed.ts";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/** Runs a feed until `signal` aborts or the feed is at its end; after a failure it waits, each time longer up to 30 s, and tries again. */
export async function supervise(feed: Feed, sink: FeedSink, signal: AbortSignal): Promise<void> {
  let waitMs = FIRST_WAIT_MS;
  while (!signal.aborted) {
    try {
      sink.state({ kind: "starting" });
      const heard: FeedSink = {
        ...sink,
        bytes: (chunk, receivedMs, from) => {
          waitMs = FIRST_WAIT_MS;
          sink.bytes(chunk, receivedMs, from);
        },
      };
      await feed.run(heard, signal);
      return;
    } catch (error) {
      if (signal.aborted) return;
      sink.state({ kind: "reconnecting", inMs: waitMs, why: error instanceof Error ? error.message : String(error) });
      await sleep(waitMs, undefined, { signal }).catch((reason) => {
        if (!signal.aborted) throw reason;
      });
      waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
    }
  }
}
