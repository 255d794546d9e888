import type { FeedId } from "@picket/model";

/** What a feed is doing, said by the feed itself. */
export type FeedState =
  | Readonly<{ kind: "starting" }>
  | Readonly<{ kind: "listening"; where: string }>
  | Readonly<{ kind: "reconnecting"; inMs: number; why: string }>
  | Readonly<{ kind: "ended" }>;

/** The other end of a connection. What a protocol has it answered goes there; what is decided never depends on it. */
export type Peer = { send(octets: Uint8Array): void; hangUp(): void };

/**
 * Where a feed leaves what it heard. `from` names the peer, such as `192.0.2.7:8600`; `refused` hears of what the allow-list kept out,
 * `lost` of chunks that came and found no room. `peer` is there where the transport can carry an answer.
 */
export type FeedSink = {
  bytes(chunk: Uint8Array, receivedMs: number, from: string, peer?: Peer): void;
  refused(from: string): void;
  lost?(chunks: number): void;
  state(state: FeedState): void;
};

/**
 * A source of bytes that knows no protocol. `run` resolves when `signal` aborts or the source is at its end, and rejects when it fails.
 * `post` is there on feeds whose bytes others hand in; it answers false while nobody runs the feed.
 */
export type Feed = {
  readonly id: FeedId;
  readonly transport: string;
  /** The longest wait between two tries, where a try costs nothing. */
  readonly longestWaitMs?: number;
  run(sink: FeedSink, signal: AbortSignal): Promise<void>;
  post?(chunk: Uint8Array, from: string): boolean;
};
