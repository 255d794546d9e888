import type { Result } from "@picket/bytes";
import { decodeBleWithHeader, decodeNordicBle } from "./ble-capture.ts";
import { decodeBleLinkLayer } from "./ble-pdu.ts";
import { fail } from "./errors.ts";
import { decodeHci } from "./hci.ts";
import { decodeIeee80211, decodePrismFrame, decodeRadiotapFrame } from "./ieee80211.ts";
import { decodeEthernet, decodeIp, decodeLinuxSll, decodeLinuxSll2, decodeLoopback } from "./ip.ts";
import type { LinkFrame } from "./link-frame.ts";
import { LINK_TYPE } from "./link-type.ts";

const HCI_DIRECTION_OCTETS = 4;

export type LinkOptions = Readonly<{ keepDamaged?: boolean }>;

type LinkDecoder = (packet: Uint8Array, keepDamaged: boolean) => Result<LinkFrame>;

const decoders: ReadonlyMap<number, LinkDecoder> = new Map<number, LinkDecoder>([
  [LINK_TYPE.loopback, decodeLoopback],
  [LINK_TYPE.ethernet, decodeEthernet],
  [LINK_TYPE.rawIpOpenBsd, (packet) => decodeIp(packet)],
  [LINK_TYPE.rawIpDlt, (packet) => decodeIp(packet)],
  [LINK_TYPE.rawIp, (packet) => decodeIp(packet)],
  [LINK_TYPE.ieee80211, (packet) => decodeIeee80211(packet)],
  [LINK_TYPE.loop, decodeLoopback],
  [LINK_TYPE.linuxSll, decodeLinuxSll],
  [LINK_TYPE.prism, decodePrismFrame],
  [LINK_TYPE.radiotap, decodeRadiotapFrame],
  [LINK_TYPE.rawIpv4, (packet) => decodeIp(packet)],
  [LINK_TYPE.rawIpv6, (packet) => decodeIp(packet)],
  [LINK_TYPE.bleLinkLayer, (packet) => decodeBleLinkLayer(packet, 0, { phy: undefined, rssiDbm: undefined, isDamaged: false })],
  [LINK_TYPE.bleLinkLayerWithHeader, decodeBleWithHeader],
  [LINK_TYPE.nordicBleSniffer, decodeNordicBle],
  [LINK_TYPE.linuxSll2, decodeLinuxSll2],
]);

/**
 * Every frame inside one captured packet: one, but for an HCI event, which may report several advertisements.
 * The frames share memory with `packet`. What the receiver marked as damaged is refused as `bad-fcs` or `bad-crc`, unless
 * `keepDamaged` asks for it, to look at and never to act upon.
 */
export function decodeLinks(linkType: number, packet: Uint8Array, options: LinkOptions = {}): readonly Result<LinkFrame>[] {
  if (linkType === LINK_TYPE.bluetoothHci) return decodeHci(packet, 0);
  if (linkType === LINK_TYPE.bluetoothHciWithDirection) return decodeHci(packet, HCI_DIRECTION_OCTETS);
  const decode = decoders.get(linkType);
  return [
    decode ? decode(packet, options.keepDamaged ?? false) : fail("unsupported-link-type", "packet", 0, `link type ${linkType}`),
  ];
}

/** The first frame inside one captured packet; {@link decodeLinks} answers all of them. */
export function decodeLink(linkType: number, packet: Uint8Array, options: LinkOptions = {}): Result<LinkFrame> {
  return decodeLinks(linkType, packet, options)[0] ?? fail("truncated", "packet", 0, "no frame");
}
