import { type DecodeError, ok, type Result } from "@picket/bytes";
import { decodeMessageAt, PACK_TYPE } from "./codec-message.ts";
import { refuse } from "./errors.ts";
import type { RemoteIdMessage } from "./message.ts";
import { decodePackAt } from "./pack.ts";

export type Carrier = "wifi-beacon" | "wifi-nan" | "ble-legacy" | "ble-extended";

/** What one carrier frame held. `counter` goes up with each change of what is sent; on legacy BLE there is one per message type. */
export type RemoteIdFrame = Readonly<{
  carrier: Carrier;
  counter: number;
  isPack: boolean;
  messages: readonly RemoteIdMessage[];
  errors: readonly DecodeError[];
}>;

/** Where in a carrier frame the counter and what follows it lie. */
export type Span = Readonly<{ from: number; to: number }>;

/** What a carrier found: its Open Drone ID payloads, what it saw instead, and where its elements stopped making sense. */
export type Search = Readonly<{ spans: readonly Span[]; neighbour: string | undefined; brokenAt: number | undefined }>;

/**
 * Decodes the payloads that a carrier found. Nearly always there is one; the messages of several are taken together under the first counter.
 * A payload that cannot be read at all is an entry in `errors`, unless it is the only one: then the frame is refused with its code.
 */
export function decodePayloads(carrier: Carrier, view: DataView, search: Search): Result<RemoteIdFrame> {
  const first = search.spans[0];
  if (!first && search.brokenAt !== undefined)
    return refuse("malformed-element", carrier, search.brokenAt, "an element runs past the frame");
  if (!first) return refuse("not-remote-id", carrier, 0, search.neighbour ?? "no Open Drone ID element");
  const messages: RemoteIdMessage[] = [];
  const errors: DecodeError[] = [];
  let isPack = false;
  for (const { from, to } of search.spans) {
    const payload = decodePayload(view, from + 1, to);
    if (!payload.ok && search.spans.length === 1) return payload;
    if (!payload.ok) {
      errors.push(payload.error);
      continue;
    }
    isPack ||= payload.value.isPack;
    messages.push(...payload.value.messages);
    errors.push(...payload.value.errors);
  }
  return ok({ carrier, counter: view.getUint8(first.from), isPack, messages, errors });
}

type Payload = Readonly<{ isPack: boolean; messages: readonly RemoteIdMessage[]; errors: readonly DecodeError[] }>;

const NO_ERRORS: readonly DecodeError[] = [];

/** A pack or one message, told apart by the type in the first octet. */
function decodePayload(view: DataView, at: number, end: number): Result<Payload> {
  if (end > at && view.getUint8(at) >> 4 === PACK_TYPE) {
    const pack = decodePackAt(view, at, end);
    return pack.ok ? ok({ isPack: true, messages: pack.value.messages, errors: pack.value.errors }) : pack;
  }
  const message = decodeMessageAt(view, at, end);
  return message.ok ? ok({ isPack: false, messages: [message.value], errors: NO_ERRORS }) : message;
}
