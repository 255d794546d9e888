import { stepBlock } from "@picket/asterix";
import { type DecodeError, formatHex, parseHex } from "@picket/bytes";
import { type CaptureItem, type CaptureSnapshot, createCaptureDecoder, decodeLinks } from "@picket/capture";
import type { HeardAt } from "./asterix-time.ts";

/** Whole data blocks, and when they were heard. */
export type Datagram = Readonly<{ bytes: Uint8Array; heard: HeardAt }>;

/** A peer's stream as far as it has come: blocks one after the other, or a capture of datagrams. A plain JSON value. */
type StreamState = Readonly<{ kind: "begun" | "blocks"; pendingHex: string } | { kind: "capture"; capture: CaptureSnapshot }>;
export type AsterixStreamsState = readonly Readonly<{ from: string; stream: StreamState }>[];

export type AsterixStreams = {
  push(
    chunk: Uint8Array,
    from: string,
    receivedMs: number,
  ): Readonly<{ datagrams: readonly Datagram[]; errors: readonly DecodeError[] }>;
  snapshot(): AsterixStreamsState;
};

/** Peers whose streams are kept; the one not heard for longest goes first. Each holds at most one block, or one packet of a capture. */
const MAX_STREAMS = 64;
/** What a capture begins with; no block does, whose length would then be of thousands of octets. */
const CAPTURE_MAGICS: ReadonlySet<string> = new Set(["0a0d0d0a", "a1b2c3d4", "d4c3b2a1", "a1b23c4d", "4d3cb2a1"]);
const MAGIC_OCTETS = 4;

type Answer = { datagrams: Datagram[]; errors: DecodeError[] };
type Stream = { push(chunk: Uint8Array, receivedMs: number): Answer; snapshot(): StreamState };

/** Sets whole blocks apart. Under `datagram` framing each chunk is whole; else a stream is cut anywhere, and may be a capture. */
export function createAsterixStreams(framing: "stream" | "datagram", saved: AsterixStreamsState = []): AsterixStreams {
  const streams = new Map<string, Stream>(saved.map(({ from, stream }) => [from, restore(stream)]));
  return {
    push(chunk, from, receivedMs) {
      if (framing === "datagram")
        return { datagrams: [{ bytes: chunk, heard: { receivedMs, capturedMs: receivedMs } }], errors: [] };
      const stream = streams.get(from) ?? begunStream();
      streams.delete(from); // a Map keeps the order of insertion, so the newest peer goes last
      streams.set(from, stream);
      const [oldest] = streams.keys();
      if (streams.size > MAX_STREAMS && oldest !== undefined) streams.delete(oldest);
      return stream.push(chunk, receivedMs);
    },
    snapshot: () => [...streams].map(([from, stream]) => ({ from, stream: stream.snapshot() })),
  };
}

function restore(state: StreamState): Stream {
  if (state.kind === "capture") return captureStream(state.capture);
  const pending = parseHex(state.pendingHex);
  if (!pending.ok) throw new TypeError(`An ASTERIX snapshot's pendingHex must be hex digits: ${pending.error.detail}`);
  return state.kind === "begun" ? begunStream(pending.value) : blockStream(pending.value);
}

/** A stream whose first octets have not told yet what it is. */
function begunStream(from: Uint8Array = new Uint8Array(0)): Stream {
  let pending = from;
  let known: Stream | undefined;
  return {
    push(chunk, receivedMs) {
      if (known) return known.push(chunk, receivedMs);
      pending = joined(pending, chunk);
      if (pending.length < MAGIC_OCTETS) return { datagrams: [], errors: [] };
      known = CAPTURE_MAGICS.has(formatHex(pending, 0, MAGIC_OCTETS)) ? captureStream() : blockStream(new Uint8Array(0));
      return known.push(pending, receivedMs);
    },
    snapshot: () => known?.snapshot() ?? { kind: "begun", pendingHex: formatHex(pending) },
  };
}

const joined = (first: Uint8Array, second: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
};

function blockStream(from: Uint8Array): Stream {
  let pending = from;
  return {
    push(chunk, receivedMs) {
      const bytes = joined(pending, chunk);
      let at = 0;
      for (let step = stepBlock(bytes, at); step.kind !== "more"; step = stepBlock(bytes, at)) at = step.next;
      pending = bytes.slice(at);
      const heard = { receivedMs, capturedMs: receivedMs };
      return { datagrams: at === 0 ? [] : [{ bytes: bytes.subarray(0, at), heard }], errors: [] };
    },
    snapshot: () => ({ kind: "blocks", pendingHex: formatHex(pending) }),
  };
}

function captureStream(from?: CaptureSnapshot): Stream {
  const decoder = createCaptureDecoder(from ? { from } : {});
  return {
    push(chunk, receivedMs) {
      const answer: Answer = { datagrams: [], errors: [] };
      for (const item of decoder.push(chunk)) addPacket(item, receivedMs, answer);
      return answer;
    },
    snapshot: () => ({ kind: "capture", capture: decoder.snapshot() }),
  };
}

/** UDP datagrams are taken, whatever their port; what else a capture holds is no part of the feed. */
function addPacket(item: CaptureItem, receivedMs: number, { datagrams, errors }: Answer): void {
  if (item.kind === "error") {
    errors.push(item.error);
    return;
  }
  const { capturedMs = receivedMs, linkType, packet } = item.value;
  for (const link of decodeLinks(linkType, packet)) {
    if (!link.ok) errors.push(link.error);
    else if (link.value.kind === "udp") datagrams.push({ bytes: link.value.payload, heard: { receivedMs, capturedMs } });
  }
}
