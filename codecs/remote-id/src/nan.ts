import type { Result } from "@picket/bytes";
import { requireCounter } from "./beacon.ts";
import { decodePayloads, type RemoteIdFrame, type Search, type Span } from "./carrier.ts";

/** Public action, vendor specific, OUI of the Wi-Fi Alliance, type NAN service discovery. @source Wi-Fi Aware specification 3.2, service discovery frame */
const NAN_SERVICE_DISCOVERY = [0x04, 0x09, 0x50, 0x6f, 0x9a, 0x13] as const;
const SERVICE_DESCRIPTOR = 0x03;
/** First six octets of the SHA-256 of "org.opendroneid.remoteid". @source ASTM F3411-22a, Wi-Fi NAN transport */
const SERVICE_ID = [0x88, 0x69, 0x19, 0x9d, 0x92, 0x09] as const;
/** Service control bits that announce fields before the service info, and the service info itself. */
const HAS_MATCHING_FILTER = 0x04;
const HAS_RESPONSE_FILTER = 0x08;
const HAS_SERVICE_INFO = 0x10;
const HAS_BINDING_BITMAP = 0x40;
const MAX_PAYLOAD_OCTETS = 254;

/** Decodes the body of an action frame, category first. */
export function decodeActionBody(body: Uint8Array): Result<RemoteIdFrame> {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  return decodePayloads("wifi-nan", view, searchAttributes(view));
}

function searchAttributes(view: DataView): Search {
  const spans: Span[] = [];
  if (!hasOctets(view, 0, NAN_SERVICE_DISCOVERY))
    return { spans, neighbour: "not a NAN service discovery frame", brokenAt: undefined };
  let brokenAt: number | undefined;
  for (let at: number = NAN_SERVICE_DISCOVERY.length; at + 3 <= view.byteLength; ) {
    const next = at + 3 + view.getUint16(at + 1, true);
    const to = Math.min(next, view.byteLength);
    const span = view.getUint8(at) === SERVICE_DESCRIPTOR ? findServiceInfo(view, at + 3, to) : undefined;
    if (span) spans.push(span);
    if (next > view.byteLength) brokenAt ??= at;
    at = next;
  }
  return { spans, neighbour: undefined, brokenAt };
}

/** Service info of a descriptor for Open Drone ID: behind id, two instance ids and control come the optional fields that control announces. */
function findServiceInfo(view: DataView, from: number, to: number): Span | undefined {
  if (to - from < 10 || !hasOctets(view, from, SERVICE_ID)) return undefined;
  const control = view.getUint8(from + 8);
  let at = from + 9 + (control & HAS_BINDING_BITMAP ? 2 : 0);
  for (const filter of [HAS_MATCHING_FILTER, HAS_RESPONSE_FILTER]) if (control & filter && at < to) at += 1 + view.getUint8(at);
  if ((control & HAS_SERVICE_INFO) === 0 || at >= to) return undefined;
  const end = Math.min(at + 1 + view.getUint8(at), to);
  return end > at + 1 ? { from: at + 1, to: end } : undefined;
}

/** The body of the action frame that publishes `payload` on NAN. Send it to 51:6f:9a:01:00:00. */
export function encodeActionBody(counter: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  if (payload.length > MAX_PAYLOAD_OCTETS)
    throw new RangeError(`A payload must have at most ${MAX_PAYLOAD_OCTETS} octets, got ${payload.length}`);
  const infoOctets = 1 + payload.length;
  const attributeOctets = SERVICE_ID.length + 4 + infoOctets;
  const head = [...NAN_SERVICE_DISCOVERY, SERVICE_DESCRIPTOR, attributeOctets & 0xff, attributeOctets >> 8];
  return Uint8Array.of(...head, ...SERVICE_ID, 1, 0, HAS_SERVICE_INFO, infoOctets, requireCounter(counter), ...payload);
}

function hasOctets(view: DataView, at: number, octets: readonly number[]): boolean {
  return view.byteLength - at >= octets.length && octets.every((octet, i) => view.getUint8(at + i) === octet);
}
