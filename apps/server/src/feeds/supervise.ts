import { setTimeout as sleep } from "node:timers/promises";
import { faultInWords } from "./fault-in-words.ts";
import type { Feed, FeedSink } from "./feed.ts";

const FIRST_WAIT_MS = 500;
/** A receiver that comes back is heard again within this. */
const LONGEST_WAIT_MS = 10_000;
/** Waits differ by this share either way, so that all who lost one peer do not come back in one instant. */
const JITTER = 0.2;

/**
 * Runs a feed until `signal` aborts or the feed is at its end; after a failure it waits, each time longer up to 10 s, and tries again.
 * A feed that had gone well for a while is tried again soon. `random` answers from 0 to below 1.
 */
export async function supervise(
  feed: Partial<Feed> & Pick<Feed, "run">,
  sink: FeedSink,
  signal: AbortSignal,
  random = Math.random,
): Promise<void> {
  let waitMs = FIRST_WAIT_MS;
  while (!signal.aborted) {
    const beganMs = performance.now();
    try {
      sink.state({ kind: "starting" });
      const heard: FeedSink = {
        ...sink,
        bytes: (chunk, receivedMs, from, peer) => {
          waitMs = FIRST_WAIT_MS;
          sink.bytes(chunk, receivedMs, from, peer);
        },
      };
      await feed.run(heard, signal);
      return;
    } catch (error) {
      if (signal.aborted) return;
      if (performance.now() - beganMs > LONGEST_WAIT_MS) waitMs = FIRST_WAIT_MS;
      const inMs = Math.round(waitMs * (1 + JITTER * (2 * random() - 1)));
      sink.state({ kind: "reconnecting", inMs, why: faultInWords(error) });
      await sleep(inMs, undefined, { signal }).catch((reason) => {
        if (!signal.aborted) throw reason;
      });
      waitMs = Math.min(2 * waitMs, feed.longestWaitMs ?? LONGEST_WAIT_MS);
    }
  }
}
