import type { ByteOrder } from "@picket/bytes";
import { type CaptureState, type CaptureStep, MAX_PACKET_OCTETS, PCAP_MAGIC, refuse } from "./capture-state.ts";

const FILE_HEADER_OCTETS = 24;

/**
 * Reads the header of a pcap file: magic, version 2.x, time zone and accuracy (never used), snapshot length, link type.
 * The upper half of the link type's word tells of a frame check sequence and is left out.
 *
 * @source draft-ietf-opsawg-pcap, "General File Structure".
 */
export function stepPcapHeader(view: DataView, at: number): CaptureStep {
  if (view.byteLength - at < FILE_HEADER_OCTETS) return { kind: "more", atLeast: FILE_HEADER_OCTETS };
  const order: ByteOrder = PCAP_MAGIC.has(view.getUint32(at)) ? "big" : "little";
  const isLittle = order === "little";
  const magic = PCAP_MAGIC.get(view.getUint32(at, isLittle));
  const major = view.getUint16(at + 4, isLittle);
  if (!magic) return refuse("not-a-capture", "pcap", at, "no pcap or pcapng magic", { state: { kind: "lost" }, next: at + 4 });
  if (major !== 2)
    return refuse("unsupported-version", "pcap", at + 4, `version 2 expected, got ${major}`, {
      state: { kind: "lost" },
      next: at + 8,
    });
  const linkType = view.getUint32(at + 20, isLittle) & 0xffff;
  return { kind: "state", state: { kind: "pcap", order, linkType, ...magic }, next: at + FILE_HEADER_OCTETS };
}

/**
 * Reads one pcap record. A captured length past every limit means that the boundary is lost, for nothing else marks one.
 *
 * @source draft-ietf-opsawg-pcap, "Packet Record".
 */
export function stepPcapRecord(state: Extract<CaptureState, { kind: "pcap" }>, view: DataView, at: number): CaptureStep {
  const left = view.byteLength - at;
  if (left < state.headerOctets) return { kind: "more", atLeast: state.headerOctets };
  const isLittle = state.order === "little";
  const length = view.getUint32(at + 8, isLittle);
  if (length > MAX_PACKET_OCTETS)
    return refuse("oversized-packet", "pcap record", at + 8, `at most ${MAX_PACKET_OCTETS} octets, got ${length}`, {
      state: { kind: "lost" },
      next: at + 16,
    });
  const from = at + state.headerOctets;
  if (left < state.headerOctets + length) return { kind: "more", atLeast: state.headerOctets + length };
  return {
    kind: "packet",
    linkType: state.linkType,
    capturedMs: view.getUint32(at, isLittle) * 1000 + view.getUint32(at + 4, isLittle) / state.ticksPerMs,
    originalLength: view.getUint32(at + 12, isLittle),
    from,
    to: from + length,
    next: from + length,
  };
}
