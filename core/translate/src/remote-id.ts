import type { DecodeError } from "@picket/bytes";
import {
  type CaptureDecoder,
  type CapturedPacket,
  type CaptureSnapshot,
  createCaptureDecoder,
  decodeLinks,
  type LinkFrame,
} from "@picket/capture";
import type { BroadcastClaim, Input, RawReference, Scan, Sensor, Signal } from "@picket/model";
import { decodeRemoteIdFrame, type Location, type RemoteIdFrame } from "@picket/remote-id";
import { claimOf } from "./broadcast-claim.ts";
import { timeOf } from "./broadcast-time.ts";
import { positionOf } from "./location-position.ts";
import { present } from "./present.ts";
import type { Translated, Translator, TranslatorOptions } from "./translator.ts";
import { createTransmitters, type TransmittersState } from "./transmitters.ts";

/** Where a Remote ID translator stands between two chunks. */
export type RemoteIdSnapshot = Readonly<{
  protocol: "remote-id";
  captures: readonly Readonly<{ from: string; capture: CaptureSnapshot }>[];
  transmitters: TransmittersState;
}>;

/** Peers whose half-received captures are kept. The one not heard for longest goes first, and what it had begun is counted. */
const MAX_PEERS = 32;

/** Translates captures of Remote ID carriers. A frame becomes a position of one piece of evidence, and a claim of who sends it. */
export function createRemoteIdTranslator(
  options: TranslatorOptions & { sensor: Sensor },
  snapshot?: RemoteIdSnapshot,
): Translator {
  const { feed, sensor, reality, framing = "stream" } = options;
  const chunks = framing === "datagram" ? "datagrams" : "stream";
  const captures = new Map<string, CaptureDecoder>(
    snapshot?.captures.map(({ from, capture }) => [from, createCaptureDecoder({ chunks, from: capture })]),
  );
  const transmitters = createTransmitters(snapshot?.transmitters);

  return {
    bytes(chunk, receivedMs, from, sequence) {
      const capture = captures.get(from) ?? createCaptureDecoder({ chunks });
      captures.delete(from); // a Map keeps the order of insertion, so the newest peer goes last
      captures.set(from, capture);
      const answer = { inputs: [] as Input[], records: 0, rejected: [] as DecodeError[] };
      for (const item of capture.push(chunk)) {
        if (item.kind === "error") answer.rejected.push(item.error);
        else translatePacket(item.value, receivedMs, { feed, sequence }, answer);
      }
      const [oldest] = captures.keys();
      if (captures.size > MAX_PEERS && oldest !== undefined) {
        for (const item of captures.get(oldest)?.finish() ?? []) if (item.kind === "error") answer.rejected.push(item.error);
        captures.delete(oldest);
      }
      return answer satisfies Translated;
    },
    snapshot: (): RemoteIdSnapshot => ({
      protocol: "remote-id",
      captures: [...captures].map(([from, capture]) => ({ from, capture: capture.snapshot() })),
      transmitters: transmitters.snapshot(),
    }),
  };

  function translatePacket(
    { linkType, packet, capturedMs, fileOffset }: CapturedPacket,
    receivedMs: number,
    raw: RawReference,
    answer: { inputs: Input[]; records: number; rejected: DecodeError[] },
  ): void {
    const refuse = (error: DecodeError) => answer.rejected.push({ ...error, at: fileOffset + error.at });
    for (const link of decodeLinks(linkType, packet)) {
      if (!link.ok) {
        refuse(link.error);
        continue;
      }
      const frame = decodeRemoteIdFrame(link.value);
      if (!frame.ok) {
        refuse(frame.error);
        continue;
      }
      for (const error of [...frame.value.errors, ...outOfRange(frame.value)]) refuse(error);
      answer.records++;
      answer.inputs.push(...translateFrame(frame.value, link.value, { capturedMs: capturedMs ?? receivedMs, receivedMs, raw }));
    }
  }

  function translateFrame(frame: RemoteIdFrame, link: LinkFrame, heard: Heard): Input[] {
    const address = addressOf(link);
    const known = transmitters.hear(address, frame.messages, heard.receivedMs);
    const location = frame.messages.find((message) => message.kind === "location");
    const { clockOffsetMs, ...times } = timeOf(location, known.system, heard);
    const common = { sensor: sensor.id, ...times, receivedMs: heard.receivedMs, reality };
    const origin = `remote-id:${address ?? "unnamed"}`;
    const { raw } = heard;
    const claim: BroadcastClaim = {
      kind: "claim",
      ...common,
      origin,
      ...claimOf(known),
      ...signalOf(link),
      ...present({ clockOffsetMs }),
      raw,
    };
    const position = location && positionOf(location);
    if (!location || !position) return [claim];
    const scan: Scan = {
      kind: "scan",
      ...common,
      detections: [
        {
          measurement: position,
          emitter: "aircraft",
          ...signalOf(link),
          ...(claim.identities.length > 0 && { claims: claim.identities }),
          origin: `${origin}/${eventOf(location, frame.counter, clockOffsetMs, heard)}`,
        },
      ],
      raw,
    };
    return [claim, scan];
  }
}

/** Values that the standard does not allow: they were read as unknown, and may be the mark of a forged sender. */
function outOfRange({ messages }: RemoteIdFrame): DecodeError[] {
  return messages.flatMap((message) =>
    message.kind === "location" || message.kind === "system"
      ? message.outOfRange.map((field) => ({
          code: "out-of-range",
          item: `${message.kind}.${field}`,
          at: 0,
          detail: "not allowed by F3411",
        }))
      : [],
  );
}

/** When a frame was heard: by the receiver's clock, and by ours. */
export type Heard = Readonly<{ capturedMs: number; receivedMs: number; raw: RawReference }>;

/**
 * Names what was broadcast, the same at every receiver: the time stamp, or the counter where there is none, and the place. One fix sent
 * again is the same event.
 */
function eventOf(
  { tenthsAfterHour, latDeg, lonDeg }: Location,
  counter: number,
  clockOffsetMs: number | undefined,
  { capturedMs }: Heard,
): string {
  const when =
    tenthsAfterHour === undefined || clockOffsetMs === undefined ? `c${counter}` : Math.round(capturedMs + clockOffsetMs);
  return `${when}/${latDeg},${lonDeg}`;
}

function addressOf(link: LinkFrame): string | undefined {
  if (link.kind === "wifi-beacon" || link.kind === "wifi-action") return link.sourceAddress;
  return link.kind === "ble-advertisement" ? link.advertiserAddress : undefined;
}

function signalOf(link: LinkFrame): { signal?: Signal } {
  if (link.kind === "udp" || link.kind === "other") return {};
  const signal = present({ rssiDbm: link.rssiDbm, frequencyMhz: "channelMhz" in link ? link.channelMhz : undefined });
  return Object.keys(signal).length > 0 ? { signal } : {};
}
