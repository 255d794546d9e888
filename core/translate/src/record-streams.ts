import type { DecodeError, JsonSplitterState } from "@picket/bytes";

/** What the codecs of receivers offer: a decoder of one stream, whose state is a plain JSON value. */
export type RecordDecoder<T> = {
  push(chunk: Uint8Array): Decoded<T>[];
  finish(): Decoded<T>[];
  readonly begunOctets: number;
  snapshot(): JsonSplitterState;
};
type Decoded<T> =
  | Readonly<{ kind: "record"; value: T; at: number; errors: readonly DecodeError[] }>
  | Readonly<{ kind: "error"; error: DecodeError }>;

/** Streams with something begun, the one not heard for longest first. A plain JSON value. */
export type StreamsState = readonly Readonly<{ from: string; stream: JsonSplitterState }>[];

export type RecordStreams<T> = {
  push(chunk: Uint8Array, from: string): Readonly<{ records: readonly T[]; errors: readonly DecodeError[] }>;
  snapshot(): StreamsState;
};

/** Peers whose begun records are kept. The one not heard for longest goes first, and what it had begun is counted. */
const MAX_STREAMS = 64;
/** Octets of begun records of all peers together. */
const MAX_BEGUN_OCTETS = 8 << 20;

/** Keeps each peer's stream apart from the others. Under `datagram` framing nothing runs over from one chunk to the next. */
export function createRecordStreams<T>(
  create: (from?: JsonSplitterState) => RecordDecoder<T>,
  framing: "stream" | "datagram",
  saved: StreamsState = [],
): RecordStreams<T> {
  const streams = new Map<string, RecordDecoder<T>>(saved.map(({ from, stream }) => [from, create(stream)]));

  return {
    push(chunk, from) {
      const stream = (framing === "stream" && streams.get(from)) || create();
      const items = stream.push(chunk);
      streams.delete(from); // a Map keeps the order of insertion, so the newest peer goes last
      if (framing === "datagram") items.push(...stream.finish());
      else streams.set(from, stream);
      const records: T[] = [];
      const errors: DecodeError[] = [];
      for (const item of items) {
        if (item.kind === "record") records.push(item.value);
        for (const error of item.kind === "record" ? item.errors : [item.error]) errors.push(error);
      }
      dropOldest(errors);
      return { records, errors };
    },
    snapshot: () => [...streams].map(([from, stream]) => ({ from, stream: stream.snapshot() })),
  };

  function dropOldest(errors: DecodeError[]): void {
    let octets = 0;
    for (const { begunOctets } of streams.values()) octets += begunOctets;
    for (const [from, stream] of streams) {
      if (streams.size <= MAX_STREAMS && octets <= MAX_BEGUN_OCTETS) return;
      streams.delete(from);
      octets -= stream.begunOctets;
      if (stream.begunOctets === 0) continue;
      const detail = `${stream.begunOctets} octets of ${from} never ended, and too many records are begun`;
      errors.push({ code: "record-abandoned", item: "stream", at: 0, detail });
    }
  }
}
