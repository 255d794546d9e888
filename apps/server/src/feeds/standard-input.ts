import type { Readable } from "node:stream";
import type { FeedId } from "@picket/model";
import type { Feed } from "./feed.ts";

/** Takes whatever is piped into the process, as it comes. */
export function standardInputFeed(id: FeedId, input: Readable, nowMs: () => number): Feed {
  return {
    id,
    transport: "standard input",
    run: async (sink, signal) => {
      sink.state({ kind: "listening", where: "standard input" });
      const stop = () => input.destroy();
      signal.addEventListener("abort", stop, { once: true });
      try {
        for await (const chunk of input) sink.bytes(chunk as Uint8Array, nowMs(), "standard input");
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        signal.removeEventListener("abort", stop);
      }
      sink.state({ kind: "ended" });
    },
  };
}
