import { Readable } from "node:stream";
import type { FeedConfig } from "../config/schema.ts";
import { createFeed } from "./create-feed.ts";
import type { FeedSink } from "./feed.ts";
import { supervise } from "./supervise.ts";

/**
 * Runs one configured feed by itself, without a journal or decisions, until `signal` aborts or the feed is at its end: for checks and
 * captures. `nowMs` is the wall clock.
 */
export const runFeed = (feed: FeedConfig, sink: FeedSink, signal: AbortSignal, nowMs: () => number): Promise<void> =>
  supervise(createFeed(feed, Readable.from([]), nowMs), sink, signal);
