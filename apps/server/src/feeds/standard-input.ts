import type { Readable } from "node:stream";
import type { FeedId } from "@picket/model";
import type { Feed } from "./feed.ts";
import { pace } from "./pace.ts";

const NAME = "standard input";

/** Takes whatever is piped into the process: a recorded capture at its own pace, anything else as it comes. */
export function standardInputFeed(id: FeedId, input: Readable, isCapture: boolean, nowMs: () => number): Feed {
  return {
    id,
    transport: NAME,
    run: async (sink, signal) => {
      sink.state({ kind: "listening", where: NAME });
      const stop = () => input.destroy();
      signal.addEventListener("abort", stop, { once: true });
      try {
        if (isCapture) await pace(input, { from: NAME, speed: 1, nowMs, mayBeLive: true }, sink, signal);
        else for await (const chunk of input) sink.bytes(chunk as Uint8Array, nowMs(), NAME);
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        signal.removeEventListener("abort", stop);
      }
      sink.state({ kind: "ended" });
    },
  };
}
