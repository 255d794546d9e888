import { Writer } from "@picket/bytes";
import { crc32 } from "./checksum.ts";
import { parseAddress } from "./link-frame.ts";

const BROADCAST = "ff:ff:ff:ff:ff:ff";
/** Where NAN service discovery frames go, and the cluster they name. @source Wi-Fi Aware specification 3.2, addresses */
const NAN_NETWORK = "51:6f:9a:01:00:00";
const NAN_CLUSTER = "50:6f:9a:01:00:ff";
const BEACON = 0x80;
const ACTION = 0xd0;
const BEACON_INTERVAL_TU = 100;
const ESS_SHORT_PREAMBLE_SHORT_SLOT = 0x0421;
const ELEMENT_SSID = 0;
/** Radiotap fields that are written: flags, rate, channel, antenna signal. */
const PRESENT = (1 << 1) | (1 << 2) | (1 << 3) | (1 << 5);
const FCS_AT_END = 0x10;
const RATE_1_MBPS = 2;
const CHANNEL_CCK_2_GHZ = 0x00a0;
const CHANNEL_OFDM_5_GHZ = 0x0140;

/** How a frame was sent and would be heard. Without an `rssiDbm` the frame says −60 dBm. */
export type WifiSending = Readonly<{ sourceAddress: string; channelMhz?: number; rssiDbm?: number; sequence?: number }>;

/** A beacon under radiotap (LINK_TYPE.radiotap) with `elements` after its SSID, and a right frame check sequence. */
export function encodeBeaconFrame(
  frame: WifiSending & Readonly<{ ssid?: string; timestampUs?: number; elements: Uint8Array }>,
): Uint8Array<ArrayBuffer> {
  const ssid = new TextEncoder().encode(frame.ssid ?? "");
  if (ssid.length > 32) throw new RangeError(`ssid must have at most 32 octets, got ${ssid.length}`);
  const body = new Writer("little", 300)
    .u64(frame.timestampUs ?? 0, "timestampUs")
    .u16(BEACON_INTERVAL_TU)
    .u16(ESS_SHORT_PREAMBLE_SHORT_SLOT)
    .u8(ELEMENT_SSID)
    .u8(ssid.length)
    .put(ssid)
    .put(frame.elements);
  return encodeManagementFrame(BEACON, { destination: BROADCAST, bssid: frame.sourceAddress }, frame, body.bytes());
}

/** A NAN action frame under radiotap (LINK_TYPE.radiotap); `body` starts with the category. */
export const encodeActionFrame = (frame: WifiSending & Readonly<{ body: Uint8Array }>): Uint8Array<ArrayBuffer> =>
  encodeManagementFrame(ACTION, { destination: NAN_NETWORK, bssid: NAN_CLUSTER }, frame, frame.body);

type Addresses = Readonly<{ destination: string; bssid: string }>;

function encodeManagementFrame(control: number, to: Addresses, sending: WifiSending, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const channelMhz = sending.channelMhz ?? 2437;
  const radiotap = new Writer("little", 16)
    .u16(0)
    .u16(15)
    .u32(PRESENT)
    .u8(FCS_AT_END)
    .u8(RATE_1_MBPS)
    .u16(channelMhz, "channelMhz")
    .u16(channelMhz < 3000 ? CHANNEL_CCK_2_GHZ : CHANNEL_OFDM_5_GHZ)
    .i8(sending.rssiDbm ?? -60, "rssiDbm")
    .bytes();
  const frame = new Writer("little", 24 + body.length)
    .u16(control)
    .u16(0)
    .put(parseAddress(to.destination))
    .put(parseAddress(sending.sourceAddress))
    .put(parseAddress(to.bssid))
    .u16(((sending.sequence ?? 0) & 0xfff) << 4)
    .put(body)
    .bytes();
  return new Writer("little", radiotap.length + frame.length + 4).put(radiotap).put(frame).u32(crc32(frame)).bytes();
}
