import type { DecodeError } from "@picket/bytes";
import {
  type CotEvent,
  type CotItem,
  type CotStream,
  type CotStreamSnapshot,
  createCotStream,
  decodeDatagram,
} from "@picket/cot";

/** Each peer's stream as far as it has come, the one not heard for longest first. A plain JSON value. */
export type CotStreamsState = readonly Readonly<{ from: string; stream: CotStreamSnapshot }>[];

export type CotStreams = {
  push(chunk: Uint8Array, from: string): Readonly<{ events: readonly CotEvent[]; errors: readonly DecodeError[] }>;
  snapshot(): CotStreamsState;
};

/** Peers whose begun messages are kept. The one not heard for longest goes first. */
const MAX_STREAMS = 64;
/** Octets of begun messages of all peers together, as hex in a snapshot twice as many. */
const MAX_BEGUN_OCTETS = 4 << 20;

/** Sets the events of each peer apart: one message a datagram, or a stream of XML and frames that is cut anywhere. */
export function createCotStreams(framing: "stream" | "datagram", saved: CotStreamsState = []): CotStreams {
  const streams = new Map<string, CotStream>(saved.map(({ from, stream }) => [from, createCotStream(stream)]));

  return {
    push(chunk, from) {
      const events: CotEvent[] = [];
      const errors: DecodeError[] = [];
      for (const item of framing === "datagram" ? datagramItems(chunk) : streamItems(chunk, from)) {
        if (item.kind === "error") errors.push(item.error);
        else if (item.value.event) events.push(item.value.event);
      }
      dropOldest(errors);
      return { events, errors };
    },
    snapshot: () => [...streams].map(([from, stream]) => ({ from, stream: stream.snapshot() })),
  };

  function streamItems(chunk: Uint8Array, from: string): readonly CotItem[] {
    const stream = streams.get(from) ?? createCotStream();
    const items = stream.push(chunk);
    streams.delete(from); // a Map keeps the order of insertion, so the newest peer goes last
    streams.set(from, stream);
    return items;
  }

  function dropOldest(errors: DecodeError[]): void {
    let octets = 0;
    for (const { begunOctets } of streams.values()) octets += begunOctets;
    for (const [from, { begunOctets }] of streams) {
      if (streams.size <= MAX_STREAMS && octets <= MAX_BEGUN_OCTETS) return;
      streams.delete(from);
      octets -= begunOctets;
      if (begunOctets === 0) continue;
      const detail = `${begunOctets} octets of ${from} never ended, and too many messages are begun`;
      errors.push({ code: "message-abandoned", item: "stream", at: 0, detail });
    }
  }
}

function datagramItems(chunk: Uint8Array): readonly CotItem[] {
  const message = decodeDatagram(chunk);
  return [message.ok ? { kind: "message", value: message.value, at: 0 } : { kind: "error", error: message.error }];
}
