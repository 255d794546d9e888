import type { FeedId } from "@picket/model";

/** What a feed is doing, said by the feed itself. */
export type FeedState =
  | Readonly<{ kind: "starting" }>
  | Readonly<{ kind: "listening"; where: string }>
  | Readonly<{ kind: "reconnecting"; inMs: number; why: string }>
  | Readonly<{ kind: "ended" }>;

/** Where a feed leaves what it heard. `from` names the peer, such as `192.0.2.7:8600`; `refused` counts what the allow-list kept out. */
export type FeedSink = {
  bytes(chunk: Uint8Array, receivedMs: number, from: string): void;
  refused(from: string): void;
  state(state: FeedState): void;
};

/** A source of bytes that knows no protocol. `run` resolves when `signal` aborts or the source is at its end, and rejects when it fails. */
export type Feed = { readonly id: FeedId; readonly transport: string; run(sink: FeedSink, signal: AbortSignal): Promise<void> };
