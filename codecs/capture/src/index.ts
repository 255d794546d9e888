export {
  type CaptureDecoder,
  type CapturedPacket,
  type CaptureItem,
  type CaptureSnapshot,
  createCaptureDecoder,
} from "./capture-decoder.ts";
export {
  type CaptureInterface,
  type CaptureState,
  MAX_BLOCK_OCTETS,
  MAX_INTERFACES,
  MAX_PACKET_OCTETS,
  MAX_SKIPPED_OCTETS,
} from "./capture-state.ts";
export { decodeLink, decodeLinks, type LinkOptions } from "./decode-link.ts";
export { type BleSending, encodeExtendedAdvertisement, encodeLegacyAdvertisement } from "./encode-ble.ts";
export { encodePcap, encodePcapHeader, encodePcapRecord } from "./encode-pcap.ts";
export { encodeActionFrame, encodeBeaconFrame, type WifiSending } from "./encode-wifi.ts";
export { CAPTURE_ERROR_CODES, type CaptureErrorCode } from "./errors.ts";
export type { BleAdvertisement, BlePhy, LinkFrame, OtherFrame, UdpDatagram, WifiAction, WifiBeacon } from "./link-frame.ts";
export { LINK_TYPE } from "./link-type.ts";
