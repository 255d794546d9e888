import type { DecodeError } from "@picket/bytes";
import {
  type CaptureDecoder,
  type CapturedPacket,
  type CaptureSnapshot,
  createCaptureDecoder,
  decodeLinks,
  type LinkFrame,
} from "@picket/capture";
import type { Input, RawReference, Sensor, Signal } from "@picket/model";
import { decodeRemoteIdFrame, type RemoteIdFrame } from "@picket/remote-id";
import { type BroadcastState, createBroadcastInputs } from "./broadcast-inputs.ts";
import { present } from "./present.ts";
import type { Translated, Translator, TranslatorOptions } from "./translator.ts";

/** Where a Remote ID translator stands between two chunks. */
export type RemoteIdSnapshot = Readonly<{
  protocol: "remote-id";
  captures: readonly Readonly<{ from: string; capture: CaptureSnapshot }>[];
  broadcasts: BroadcastState;
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
  const broadcasts = createBroadcastInputs(reality, snapshot?.broadcasts);

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
      broadcasts: broadcasts.snapshot(),
    }),
  };

  function translatePacket(
    { linkType, packet, capturedMs, fileOffset }: CapturedPacket,
    receivedMs: number,
    raw: RawReference,
    answer: { inputs: Input[]; records: number; rejected: DecodeError[] },
  ): void {
    const refuse = (errors: readonly DecodeError[]) =>
      answer.rejected.push(...errors.map((error) => ({ ...error, at: fileOffset + error.at })));
    for (const link of decodeLinks(linkType, packet)) {
      const frame = link.ok ? decodeRemoteIdFrame(link.value) : link;
      if (!link.ok || !frame.ok) {
        if (!frame.ok) refuse([frame.error]);
        continue;
      }
      const heard = { capturedMs: capturedMs ?? receivedMs, receivedMs, raw };
      const { inputs, errors } = translateFrame(frame.value, link.value, heard);
      refuse([...frame.value.errors, ...errors]);
      answer.records++;
      answer.inputs.push(...inputs);
    }
  }

  function translateFrame(frame: RemoteIdFrame, link: LinkFrame, { capturedMs, receivedMs, raw }: Heard) {
    const { inputs, errors } = broadcasts.of({
      system: "remote-id",
      messages: frame.messages,
      address: addressOf(link),
      signal: signalOf(link),
      clock: { capturedMs, receivedMs },
      receivedMs,
      sensor,
      raw,
    });
    return { inputs, errors: [...errors, ...outOfRange(frame)] };
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
type Heard = Readonly<{ capturedMs: number; receivedMs: number; raw: RawReference }>;

function addressOf(link: LinkFrame): string | undefined {
  if (link.kind === "wifi-beacon" || link.kind === "wifi-action") return link.sourceAddress;
  return link.kind === "ble-advertisement" ? link.advertiserAddress : undefined;
}

/** Stronger than this no receiver reports: Bluetooth's 127 means that the strength is not known. */
const STRONGEST_DBM = 30;

function signalOf(link: LinkFrame): { signal?: Signal } {
  if (link.kind === "udp" || link.kind === "other") return {};
  const rssiDbm = link.rssiDbm !== undefined && link.rssiDbm <= STRONGEST_DBM ? link.rssiDbm : undefined;
  const signal = present({ rssiDbm, frequencyMhz: "channelMhz" in link ? link.channelMhz : undefined });
  return Object.keys(signal).length > 0 ? { signal } : {};
}
