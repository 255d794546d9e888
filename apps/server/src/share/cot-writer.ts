import {
  type CotEvent,
  type CotStream,
  createCotStream,
  encodeMeshFrame,
  encodeStreamFrame,
  encodeXml,
  expireNegotiation,
  type Negotiation,
  negotiate,
  pingEvent,
  startNegotiation,
} from "@picket/cot";
import type { OpenLine } from "./line.ts";

/** A connection on which nothing was said for this long gets a sign of life. */
const PING_AFTER_MS = 15_000;

/** Writes events to one open line, in the encoding that its other end reads. */
export type CotWriter = {
  /** False when the line has no room, or may not be written to before the other side has answered. */
  write(event: CotEvent, nowMs: number): boolean;
  /** What the partner sends: read only while an encoding is being agreed on. */
  heard(chunk: Uint8Array, nowMs: number): void;
  /** Takes the passing of time. */
  pass(nowMs: number): void;
};

/** Writes one event to a datagram. */
export const datagramWriter = (line: OpenLine, encoding: "xml" | "protobuf"): CotWriter => ({
  write: (event) => line.send(encoding === "xml" ? encodeXml(event) : encodeMeshFrame({ event })),
  heard: () => undefined,
  pass: () => undefined,
});

export type StreamWriterOptions = Readonly<{
  line: OpenLine;
  /** Our own, for signs of life. */
  uid: string;
  /** Take up the partner's offer of protobuf. */
  mayAsk: boolean;
  nowMs: number;
  /** The partner offered protobuf and then gave no answer: it is not to be asked again. */
  onSilence: () => void;
}>;

/** Writes XML to a connection, and protobuf once the partner offered it and said yes. */
export function streamWriter({ line, uid, mayAsk, nowMs: openedMs, onSilence }: StreamWriterOptions): CotWriter {
  let negotiation: Negotiation = startNegotiation("client", uid, openedMs).negotiation;
  let stream: CotStream | undefined = mayAsk ? createCotStream() : undefined;
  let writtenMs = openedMs;

  const write = (event: CotEvent, nowMs: number): boolean => {
    if (negotiation.phase === "requested") return false;
    const isTaken = line.send(negotiation.phase === "protobuf" ? encodeStreamFrame({ event }) : encodeXml(event));
    if (isTaken) writtenMs = nowMs;
    return isTaken;
  };
  return {
    write,
    heard(chunk, nowMs) {
      for (const item of stream?.push(chunk) ?? []) {
        if (item.kind === "error" || !item.value.event) continue;
        const step = negotiate(negotiation, item.value.event, nowMs);
        if (step.send) line.send(encodeXml(step.send));
        negotiation = step.negotiation;
      }
      if (negotiation.phase === "protobuf") stream = undefined;
    },
    pass(nowMs) {
      negotiation = expireNegotiation(negotiation, nowMs);
      if (negotiation.phase === "failed") {
        onSilence();
        return line.close("the server offered protobuf and did not answer; XML is spoken next");
      }
      if (nowMs - writtenMs >= PING_AFTER_MS) write(pingEvent(uid, Math.round(nowMs)), nowMs);
    },
  };
}
