import type { Result } from "@picket/bytes";
import { decodePayloads, type RemoteIdFrame, type Search, type Span } from "./carrier.ts";

/** Time stamp, beacon interval and capabilities come before the elements. @source IEEE 802.11-2020, 9.3.3.2 */
const FIXED_OCTETS = 12;
const VENDOR_ELEMENT = 0xdd;
/** OUI and vendor type of Open Drone ID. @source ASTM F3411-22a, Wi-Fi Beacon transport */
const OPEN_DRONE_ID = 0xfa0b_bc0d;
const MAX_ELEMENT_OCTETS = 255;

/** Vendors whose elements are often beside ours and never Open Drone ID: OUI → what it is. */
const NEIGHBOURS: ReadonlyMap<number, string> = new Map([
  [0x26_3712, "DJI's own DroneID, not Open Drone ID"],
  [0x6a_5c35, "French SGDSN identification, not Open Drone ID"],
]);

/** Decodes what follows the 802.11 header of a beacon. An element cut by the end of the frame is read as far as it goes. */
export function decodeBeaconBody(body: Uint8Array): Result<RemoteIdFrame> {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  return decodePayloads("wifi-beacon", view, searchElements(view));
}

function searchElements(view: DataView): Search {
  const spans: Span[] = [];
  let neighbour: string | undefined;
  let brokenAt: number | undefined = view.byteLength < FIXED_OCTETS ? 0 : undefined;
  for (let at = FIXED_OCTETS; at + 2 <= view.byteLength; ) {
    const from = at + 2;
    const next = from + view.getUint8(at + 1);
    const to = Math.min(next, view.byteLength);
    const isVendor = view.getUint8(at) === VENDOR_ELEMENT && to - from >= 4;
    if (isVendor && view.getUint32(from) === OPEN_DRONE_ID && to - from > 4) spans.push({ from: from + 4, to });
    if (isVendor) neighbour ??= NEIGHBOURS.get(view.getUint32(from) >>> 8);
    if (next > view.byteLength) brokenAt ??= at;
    at = next;
  }
  return { spans, neighbour, brokenAt };
}

/** The vendor element that carries `payload`, one to nine messages in a pack, in a beacon. */
export function encodeBeaconElement(counter: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = 4 + 1 + payload.length;
  if (length > MAX_ELEMENT_OCTETS)
    throw new RangeError(`A payload must have at most ${MAX_ELEMENT_OCTETS - 5} octets, got ${payload.length}`);
  return Uint8Array.of(VENDOR_ELEMENT, length, 0xfa, 0x0b, 0xbc, 0x0d, requireCounter(counter), ...payload);
}

/** A message counter: it goes round after 255. */
export function requireCounter(counter: number): number {
  if (Number.isInteger(counter) && counter >= 0 && counter <= 255) return counter;
  throw new RangeError(`counter must be an integer from 0 to 255, got ${counter}`);
}
