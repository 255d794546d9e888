import { ok, type Result } from "@picket/bytes";
import { fail } from "./errors.ts";
import { type BlePhy, formatReversedAddress, type LinkFrame } from "./link-frame.ts";

const ADVERTISING_ACCESS_ADDRESS = 0x8e89_bed6;
/** Legacy advertising PDUs whose payload is an address and advertising data: ADV_IND, ADV_NONCONN_IND, SCAN_RSP, ADV_SCAN_IND. */
const LEGACY_WITH_DATA: ReadonlySet<number> = new Set([0, 2, 4, 6]);
const EXTENDED = 7;
const CRC_OCTETS = 3;
const CODING_INDICATOR_OCTETS = 1;

/** Extended header flags, in the order of their fields, with the size of each. @source Bluetooth Core 5.4, Vol 6 Part B, 2.3.4 */
const ADVERTISER_ADDRESS = 0x01;
const AUX_POINTER = 0x10;
const SIZES_BEFORE_AUX_POINTER: readonly (readonly [flag: number, size: number])[] = [
  [ADVERTISER_ADDRESS, 6],
  [0x02, 6],
  [0x04, 1],
  [0x08, 2],
];

/** How a packet was heard, as far as its capture tells. */
export type BleReception = Readonly<{ phy: BlePhy | undefined; rssiDbm: number | undefined; isDamaged: boolean }>;

/**
 * A link-layer packet on an advertising channel: access address, on the coded PHY a coding indicator, PDU, CRC.
 * The CRC is not computed again; captures that tell of a bad one are refused before.
 *
 * @source Bluetooth Core 5.4, Vol 6 Part B, 2.1 and 2.3.
 */
export function decodeBleLinkLayer(packet: Uint8Array, at: number, reception: BleReception): Result<LinkFrame> {
  const pdu = at + 4 + (reception.phy === "coded" ? CODING_INDICATOR_OCTETS : 0);
  if (packet.length < pdu + 2)
    return fail("truncated", "BLE packet", at, `needs ${pdu + 2 - at} octets, ${packet.length - at} left`);
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  if (view.getUint32(at, true) !== ADVERTISING_ACCESS_ADDRESS) return ok({ kind: "other", why: "BLE data channel" });
  const type = view.getUint8(pdu) & 0x0f;
  const end = pdu + 2 + view.getUint8(pdu + 1);
  if (packet.length < end) return fail("truncated", "BLE PDU", pdu, `needs ${end - pdu} octets, ${packet.length - pdu} left`);
  if (packet.length < end + CRC_OCTETS)
    return fail("truncated", "BLE packet", end, `needs ${CRC_OCTETS} octets of CRC, ${packet.length - end} left`);
  if (type === EXTENDED) return decodeExtended(packet, pdu + 2, end, reception);
  if (!LEGACY_WITH_DATA.has(type)) return ok({ kind: "other", why: `BLE PDU type ${type}` });
  if (end - pdu < 8) return fail("truncated", "BLE PDU", pdu, `needs an address of 6 octets, ${end - pdu - 2} left`);
  return ok({
    kind: "ble-advertisement",
    advertiserAddress: formatReversedAddress(packet, pdu + 2),
    phy: reception.phy ?? "1M",
    extended: false,
    isComplete: true,
    rssiDbm: reception.rssiDbm,
    isDamaged: reception.isDamaged,
    data: packet.subarray(pdu + 8, end),
  });
}

/** Extended advertising: length of the header, its flags, the fields they announce, then the data. An auxiliary pointer beside data says that more follows. */
function decodeExtended(packet: Uint8Array, at: number, end: number, reception: BleReception): Result<LinkFrame> {
  if (end - at < 1) return fail("truncated", "BLE extended header", at, "no octets");
  const headerOctets = (packet[at] ?? 0) & 0x3f;
  const data = at + 1 + headerOctets;
  if (data > end) return fail("truncated", "BLE extended header", at, `needs ${headerOctets} octets, ${end - at - 1} left`);
  const flags = headerOctets > 0 ? (packet[at + 1] ?? 0) : 0;
  let needed = 1;
  for (const [flag, size] of SIZES_BEFORE_AUX_POINTER) if (flags & flag) needed += size;
  if (headerOctets > 0 && needed > headerOctets)
    return fail("malformed", "BLE extended header", at, `flags ask for ${needed} octets, it has ${headerOctets}`);
  if (data === end) return ok({ kind: "other", why: "BLE extended advertising without data" });
  return ok({
    kind: "ble-advertisement",
    advertiserAddress: flags & ADVERTISER_ADDRESS ? formatReversedAddress(packet, at + 2) : undefined,
    phy: reception.phy,
    extended: true,
    isComplete: (flags & AUX_POINTER) === 0,
    rssiDbm: reception.rssiDbm,
    isDamaged: reception.isDamaged,
    data: packet.subarray(data, end),
  });
}
