import type { FeedId } from "@picket/model";
import type { Feed, FeedSink } from "./feed.ts";

/** A feed whose bytes others hand in, such as the bodies of HTTP requests. */
export function postedFeed(id: FeedId, transport: string, nowMs: () => number): Feed & Required<Pick<Feed, "post">> {
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
