import type { ByteOrder, DecodeError } from "@picket/bytes";
import type { CaptureErrorCode } from "./errors.ts";

/** Largest packet that is kept; longer ones are refused. The largest snapshot length of tcpdump and Wireshark. */
export const MAX_PACKET_OCTETS = 262_144;
/** Largest pcapng block that is buffered: the largest packet with 64 KiB for header and options. */
export const MAX_BLOCK_OCTETS = MAX_PACKET_OCTETS + 65_536;
/** Longest pcapng block of a kind we do not read that is still believed and skipped, unbuffered. */
export const MAX_SKIPPED_OCTETS = 16 * 1024 * 1024;
/** Most interfaces one pcapng section may declare. */
export const MAX_INTERFACES = 256;

/** A pcapng interface: what its packets are, the length they were cut to, and how its clock counts. */
export type CaptureInterface = Readonly<{ linkType: number; snapLength: number; ticksPerS: number; offsetS: number }>;

/** What a capture has told about itself so far: plain data, all that is needed to go on at a record's boundary. */
export type CaptureState =
  | Readonly<{ kind: "start" }>
  | Readonly<{ kind: "pcap"; order: ByteOrder; headerOctets: number; ticksPerMs: number; linkType: number }>
  | Readonly<{ kind: "pcapng"; order: ByteOrder; interfaces: readonly CaptureInterface[] }>
  | Readonly<{ kind: "lost" }>;

/**
 * One step through a capture from an offset that lies on a boundary. `next` may lie past the octets at hand: what is between is skipped.
 * A packet lies at `from` to `to`; `capturedMs` is Unix milliseconds with a fraction, `undefined` where the block carries no time.
 */
export type CaptureStep =
  | Readonly<{
      kind: "packet";
      linkType: number;
      capturedMs: number | undefined;
      originalLength: number;
      from: number;
      to: number;
      next: number;
    }>
  | Readonly<{ kind: "state"; state: CaptureState; next: number }>
  | Readonly<{ kind: "more"; atLeast: number }>
  | Readonly<{ kind: "error"; error: DecodeError; state: CaptureState; next: number }>;

/** A step that refuses what lies at `at`; `state` is how to go on. */
export function refuse(
  code: CaptureErrorCode,
  item: string,
  at: number,
  detail: string,
  go: Readonly<{ state: CaptureState; next: number }>,
): CaptureStep {
  return { kind: "error", error: { code, item, at, detail }, state: go.state, next: go.next };
}

/** Whether a capture of any kind begins at `at`, as far as its first four octets tell. */
export function beginsCapture(view: DataView, at: number): boolean {
  if (view.byteLength - at < 4) return false;
  const word = view.getUint32(at);
  return word === SECTION_HEADER || PCAP_MAGIC.has(word) || PCAP_MAGIC.has(view.getUint32(at, true));
}

/** First word of a pcapng section; the same in either byte order. */
export const SECTION_HEADER = 0x0a0d_0d0a;
/** First word of a pcap file → what it says of its records. @source draft-ietf-opsawg-pcap; Kuznetsov's modified format for 0xa1b2cd34 */
export const PCAP_MAGIC: ReadonlyMap<number, Readonly<{ ticksPerMs: number; headerOctets: number }>> = new Map([
  [0xa1b2_c3d4, { ticksPerMs: 1_000, headerOctets: 16 }],
  [0xa1b2_3c4d, { ticksPerMs: 1_000_000, headerOctets: 16 }],
  [0xa1b2_cd34, { ticksPerMs: 1_000, headerOctets: 24 }],
]);
