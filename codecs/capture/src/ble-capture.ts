import { ok, Reader, type Result } from "@picket/bytes";
import { decodeBleLinkLayer } from "./ble-pdu.ts";
import { fail } from "./errors.ts";
import type { BlePhy, LinkFrame } from "./link-frame.ts";

const PHYS: readonly (BlePhy | undefined)[] = ["1M", "2M", "coded", undefined];
const PSEUDO_HEADER_OCTETS = 10;
const NORDIC_HEADER_OCTETS = 17;
const NORDIC_EVENT_OCTETS = 10;
/** Packet ids of the nRF Sniffer that carry a radio packet: its event packet, and from version 3 on also a packet while advertising. */
const NORDIC_PACKET_IDS: ReadonlySet<number> = new Set([2, 6]);

const badCrc: Result<never> = fail("bad-crc", "BLE packet", 0, "the receiver marked the packet as damaged");

/**
 * BLE link layer under the ten-octet pseudo-header: channel, signal, noise, offenses, reference access address, flags.
 * Flags: 0x0002 signal valid, 0x0400 CRC checked, 0x0800 CRC right, top two bits the PHY.
 *
 * @source tcpdump.org, LINKTYPE_BLUETOOTH_LE_LL_WITH_PHDR.
 */
export function decodeBleWithHeader(packet: Uint8Array, keepDamaged: boolean): Result<LinkFrame> {
  const reader = new Reader(packet, "little", 1);
  const signalDbm = reader.i8();
  reader.skip(6);
  const flags = reader.u16();
  if (reader.isShort)
    return fail("truncated", "BLE pseudo-header", 0, `needs ${PSEUDO_HEADER_OCTETS} octets, ${packet.length} left`);
  const isDamaged = (flags & 0x0400) !== 0 && (flags & 0x0800) === 0;
  if (isDamaged && !keepDamaged) return badCrc;
  return decodeBleLinkLayer(packet, PSEUDO_HEADER_OCTETS, {
    phy: PHYS[flags >> 14],
    rssiDbm: (flags & 0x0002) !== 0 ? signalDbm : undefined,
    isDamaged,
  });
}

/**
 * BLE link layer as Nordic's nRF Sniffer captures it: board, UART header (6 octets), event header (10 octets), packet.
 * Event flags: bit 0 CRC right, bits 4 to 6 the PHY. The versions 1 to 3 differ only in fields that are not used here.
 *
 * @source Nordic Semiconductor, nRF Sniffer for Bluetooth LE, sniffer UART protocol; tcpdump.org, LINKTYPE_NORDIC_BLE.
 */
export function decodeNordicBle(packet: Uint8Array, keepDamaged: boolean): Result<LinkFrame> {
  const version = packet[3] ?? 0;
  const id = packet[6] ?? 0;
  if (packet.length < NORDIC_HEADER_OCTETS)
    return fail("truncated", "nRF Sniffer", 0, `needs ${NORDIC_HEADER_OCTETS} octets, ${packet.length} left`);
  if (version < 1 || version > 3) return fail("unsupported-version", "nRF Sniffer", 3, `version 1 to 3 expected, got ${version}`);
  if (!NORDIC_PACKET_IDS.has(id)) return ok({ kind: "other", why: `nRF Sniffer packet ${id}` });
  if (packet[7] !== NORDIC_EVENT_OCTETS)
    return fail("malformed", "nRF Sniffer", 7, `event header of ${NORDIC_EVENT_OCTETS} octets expected, got ${packet[7]}`);
  const flags = packet[8] ?? 0;
  const isDamaged = (flags & 1) === 0;
  if (isDamaged && !keepDamaged) return badCrc;
  return decodeBleLinkLayer(packet, NORDIC_HEADER_OCTETS, {
    phy: PHYS[(flags >> 4) & 7],
    rssiDbm: -(packet[10] ?? 0),
    isDamaged,
  });
}
