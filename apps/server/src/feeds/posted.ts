import type { FeedId } from "@picket/model";
import type { Feed, FeedSink } from "./feed.ts";

/** A feed whose bytes others hand in, such as the bodies of HTTP requests. `post` answers false while nobody runs it. */
export type PostedFeed = Feed & { post(chunk: Uint8Array, from: string): boolean };

export function postedFeed(id: FeedId, transport: string, nowMs: () => number): PostedFeed {
  let sink: FeedSink | undefined;
  return {
    id,
    transport,
    post(chunk, from) {
      sink?.bytes(chunk, nowMs(), from);
      return sink !== undefined;
    },
    run: (to, signal) =>
      new Promise((resolve) => {
        sink = to;
        to.state({ kind: "listening", where: transport });
        const stop = () => {
          sink = undefined;
          resolve();
        };
        if (signal.aborted) stop();
        else signal.addEventListener("abort", stop, { once: true });
      }),
  };
}
