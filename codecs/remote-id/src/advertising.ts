import type { Result } from "@picket/bytes";
import { requireCounter } from "./beacon.ts";
import { decodePayloads, type RemoteIdFrame, type Search, type Span } from "./carrier.ts";

const SERVICE_DATA_16_BIT = 0x16;
/** Service UUID 0xFFFA, least significant octet first, and the application code. @source ASTM F3411-22a, Bluetooth transport */
const OPEN_DRONE_ID = 0xfaff_0d00;
const MAX_STRUCTURE_OCTETS = 255;

/** Decodes the advertising data of a BLE packet: legacy ones carry one message, extended ones a pack. */
export function decodeAdvertisingData(data: Uint8Array, extended: boolean): Result<RemoteIdFrame> {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return decodePayloads(extended ? "ble-extended" : "ble-legacy", view, searchStructures(view));
}

/** Structures are a length, a type and data; a length of 0 ends them. One cut by the end of the data is read as far as it goes. */
function searchStructures(view: DataView): Search {
  const spans: Span[] = [];
  let brokenAt: number | undefined;
  for (let at = 0; at < view.byteLength; ) {
    const length = view.getUint8(at);
    if (length === 0) break;
    const next = at + 1 + length;
    const to = Math.min(next, view.byteLength);
    const isOurs =
      to - at > 5 &&
      view.getUint8(at + 1) === SERVICE_DATA_16_BIT &&
      (view.getUint32(at + 2) & 0xffff_ff00) >>> 0 === OPEN_DRONE_ID;
    if (isOurs) spans.push({ from: at + 5, to });
    if (next > view.byteLength) brokenAt ??= at;
    at = next;
  }
  return { spans, neighbour: undefined, brokenAt };
}

/** The advertising structure that carries `payload`: one message of 25 octets for legacy packets, a pack for extended ones. */
export function encodeAdvertisingData(counter: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = 5 + payload.length;
  if (length > MAX_STRUCTURE_OCTETS)
    throw new RangeError(`A payload must have at most ${MAX_STRUCTURE_OCTETS - 5} octets, got ${payload.length}`);
  return Uint8Array.of(length, SERVICE_DATA_16_BIT, 0xfa, 0xff, 0x0d, requireCounter(counter), ...payload);
}
