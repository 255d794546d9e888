import { Writer } from "@picket/bytes";
import { MAX_PACKET_OCTETS } from "./capture-state.ts";

const MICROSECOND_MAGIC = 0xa1b2_c3d4;

/** The header of a little-endian pcap file with microsecond time stamps. */
export const encodePcapHeader = (linkType: number): Uint8Array<ArrayBuffer> =>
  new Writer("little", 24)
    .u32(MICROSECOND_MAGIC)
    .u16(2)
    .u16(4)
    .u32(0)
    .u32(0)
    .u32(MAX_PACKET_OCTETS)
    .u32(linkType, "linkType")
    .bytes();

/** One record of such a file. `capturedMs` is Unix milliseconds, rounded to microseconds. */
export function encodePcapRecord(packet: Uint8Array, capturedMs: number): Uint8Array<ArrayBuffer> {
  if (packet.length > MAX_PACKET_OCTETS)
    throw new RangeError(`A packet must have at most ${MAX_PACKET_OCTETS} octets, got ${packet.length}`);
  const us = Math.round(capturedMs * 1000);
  const seconds = Math.floor(us / 1_000_000);
  return new Writer("little", 16 + packet.length)
    .u32(seconds, "capturedMs in seconds")
    .u32(us - seconds * 1_000_000)
    .u32(packet.length)
    .u32(packet.length)
    .put(packet)
    .bytes();
}

/** A whole pcap file. */
export function encodePcap(
  linkType: number,
  packets: Iterable<Readonly<{ packet: Uint8Array; capturedMs: number }>>,
): Uint8Array<ArrayBuffer> {
  const writer = new Writer("little", 4096).put(encodePcapHeader(linkType));
  for (const { packet, capturedMs } of packets) writer.put(encodePcapRecord(packet, capturedMs));
  return writer.bytes();
}
