import { Writer } from "@picket/bytes";
import { bleCrc24 } from "./checksum.ts";
import { type BlePhy, parseAddress } from "./link-frame.ts";

const ADVERTISING_ACCESS_ADDRESS = 0x8e89_bed6;
const ADV_NONCONN_IND = 2;
const ADV_EXTENDED = 7;
const RANDOM_ADDRESS = 0x40;
const MAX_LEGACY_OCTETS = 31;
const MAX_EXTENDED_OCTETS = 245;
/** Flags of the extended header (address and data info present) and its length. */
const ADDRESS_AND_DATA_INFO = 0x09;
const EXTENDED_HEADER_OCTETS = 9;
/** Pseudo-header flags: dewhitened, signal valid, reference address valid, CRC checked and right. */
const HEARD_WELL = 0x0001 | 0x0002 | 0x0010 | 0x0400 | 0x0800;
const PHY_BITS: Readonly<Record<BlePhy, number>> = { "1M": 0, "2M": 1, coded: 2 };

/** How a packet was sent and would be heard. Without an `rssiDbm` it says −70 dBm. `channel` counts as the pseudo-header does, 0 to 39. */
export type BleSending = Readonly<{ advertiserAddress: string; rssiDbm?: number; channel?: number; data: Uint8Array }>;

/** A legacy, non-connectable advertisement (LINK_TYPE.bleLinkLayerWithHeader) of up to 31 octets of data. */
export function encodeLegacyAdvertisement(sending: BleSending): Uint8Array<ArrayBuffer> {
  requireRoom(sending.data, MAX_LEGACY_OCTETS);
  const pdu = new Writer("little")
    .u8(ADV_NONCONN_IND | RANDOM_ADDRESS)
    .u8(6 + sending.data.length)
    .put(parseAddress(sending.advertiserAddress).reverse())
    .put(sending.data)
    .bytes();
  return encodePacket(pdu, "1M", sending);
}

/** An extended advertisement (LINK_TYPE.bleLinkLayerWithHeader) of up to 245 octets of data, on the coded PHY unless told otherwise. */
export function encodeExtendedAdvertisement(sending: BleSending & Readonly<{ phy?: BlePhy }>): Uint8Array<ArrayBuffer> {
  requireRoom(sending.data, MAX_EXTENDED_OCTETS);
  const pdu = new Writer("little", 300)
    .u8(ADV_EXTENDED | RANDOM_ADDRESS)
    .u8(1 + EXTENDED_HEADER_OCTETS + sending.data.length)
    .u8(EXTENDED_HEADER_OCTETS)
    .u8(ADDRESS_AND_DATA_INFO)
    .put(parseAddress(sending.advertiserAddress).reverse())
    .u16(0)
    .put(sending.data)
    .bytes();
  return encodePacket(pdu, sending.phy ?? "coded", sending);
}

function encodePacket(pdu: Uint8Array, phy: BlePhy, { rssiDbm, channel }: BleSending): Uint8Array<ArrayBuffer> {
  const writer = new Writer("little", 300)
    .u8(channel ?? 0, "channel")
    .i8(rssiDbm ?? -70, "rssiDbm")
    .u16(0)
    .u32(ADVERTISING_ACCESS_ADDRESS)
    .u16(HEARD_WELL | (PHY_BITS[phy] << 14))
    .u32(ADVERTISING_ACCESS_ADDRESS);
  if (phy === "coded") writer.u8(0);
  return writer.put(pdu).put(bleCrc24(pdu)).bytes();
}

function requireRoom(data: Uint8Array, most: number): void {
  if (data.length > most) throw new RangeError(`Advertising data must have at most ${most} octets, got ${data.length}`);
}
