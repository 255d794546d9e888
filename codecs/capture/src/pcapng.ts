import type { ByteOrder } from "@picket/bytes";
import {
  type CaptureInterface,
  type CaptureState,
  type CaptureStep,
  MAX_BLOCK_OCTETS,
  MAX_INTERFACES,
  MAX_PACKET_OCTETS,
  MAX_SKIPPED_OCTETS,
  refuse,
  SECTION_HEADER,
} from "./capture-state.ts";

type PcapngState = Extract<CaptureState, { kind: "pcapng" }>;
/** A block whose octets are all there: its body lies at `body` to `end`, the next block at `next`. */
type Block = Readonly<{ view: DataView; at: number; body: number; end: number; next: number; isLittle: boolean }>;

const INTERFACE_DESCRIPTION = 1;
const OBSOLETE_PACKET = 2;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;
const BYTE_ORDER_MAGIC = 0x1a2b_3c4d;

const LOST: CaptureState = { kind: "lost" };

/**
 * Reads one pcapng block. Blocks of other kinds are skipped by their length, never buffered.
 * The two copies of a block's length must agree: where they do not, no later boundary can be trusted.
 *
 * @source draft-ietf-opsawg-pcapng, section 3 (general block structure) and 4 (block definitions).
 */
export function stepPcapng(state: PcapngState, view: DataView, at: number): CaptureStep {
  const left = view.byteLength - at;
  if (left < 12) return { kind: "more", atLeast: 12 };
  if (view.getUint32(at) === SECTION_HEADER) return stepSectionHeader(view, at);
  const isLittle = state.order === "little";
  const kind = view.getUint32(at, isLittle);
  const length = view.getUint32(at + 4, isLittle);
  if (length < 12 || length % 4 !== 0)
    return refuse("bad-block", "pcapng block", at + 4, `length ${length}`, { state: LOST, next: at + 12 });
  const isRead = kind === INTERFACE_DESCRIPTION || kind === OBSOLETE_PACKET || kind === SIMPLE_PACKET || kind === ENHANCED_PACKET;
  if (!isRead && length <= MAX_SKIPPED_OCTETS) return { kind: "state", state, next: at + length };
  if (length > MAX_BLOCK_OCTETS) return refuseOversized(state, at, length);
  if (left < length) return { kind: "more", atLeast: length };
  const trailer = view.getUint32(at + length - 4, isLittle);
  if (trailer !== length)
    return refuse("bad-block", "pcapng block", at + length - 4, `lengths ${length} and ${trailer} differ`, {
      state: LOST,
      next: at + length,
    });
  const block: Block = { view, at, body: at + 8, end: at + length - 4, next: at + length, isLittle };
  if (kind === INTERFACE_DESCRIPTION) return stepInterface(state, block);
  if (kind === SIMPLE_PACKET) return stepSimplePacket(state, block);
  return stepPacket(state, block, kind);
}

/** A section says its byte order first; what was known of interfaces ends with the section before it. */
export function stepSectionHeader(view: DataView, at: number): CaptureStep {
  const left = view.byteLength - at;
  if (left < 16) return { kind: "more", atLeast: 16 };
  const order: ByteOrder = view.getUint32(at + 8) === BYTE_ORDER_MAGIC ? "big" : "little";
  const isLittle = order === "little";
  if (view.getUint32(at + 8, isLittle) !== BYTE_ORDER_MAGIC)
    return refuse("not-a-capture", "pcapng section", at + 8, "no byte-order magic", { state: LOST, next: at + 12 });
  const length = view.getUint32(at + 4, isLittle);
  const major = view.getUint16(at + 12, isLittle);
  if (length < 28 || length % 4 !== 0 || length > MAX_BLOCK_OCTETS)
    return refuse("bad-block", "pcapng section", at + 4, `length ${length}`, { state: LOST, next: at + 16 });
  if (major !== 1)
    return refuse("unsupported-version", "pcapng section", at + 12, `version 1 expected, got ${major}`, {
      state: LOST,
      next: at + 16,
    });
  return { kind: "state", state: { kind: "pcapng", order, interfaces: [] }, next: at + length };
}

function refuseOversized(state: PcapngState, at: number, length: number): CaptureStep {
  const isBelievable = length <= MAX_SKIPPED_OCTETS;
  const go = isBelievable ? { state, next: at + length } : { state: LOST, next: at + 12 };
  return refuse("oversized-block", "pcapng block", at + 4, `at most ${MAX_BLOCK_OCTETS} octets, got ${length}`, go);
}

function stepInterface(state: PcapngState, block: Block): CaptureStep {
  const { view, body, end, isLittle } = block;
  if (end - body < 8) return refuse("bad-block", "interface description", body, "needs 8 octets", { state, next: block.next });
  if (state.interfaces.length >= MAX_INTERFACES)
    return refuse("too-many-interfaces", "interface description", block.at, `at most ${MAX_INTERFACES}`, {
      state,
      next: block.next,
    });
  const added: CaptureInterface = {
    linkType: view.getUint16(body, isLittle),
    snapLength: view.getUint32(body + 4, isLittle),
    ...readClock(view, body + 8, end, isLittle),
  };
  return { kind: "state", state: { ...state, interfaces: [...state.interfaces, added] }, next: block.next };
}

/** Options 9 (if_tsresol) and 14 (if_tsoffset) of an interface; microseconds since 1970 without them. Options that run over are left. */
function readClock(
  view: DataView,
  from: number,
  end: number,
  isLittle: boolean,
): Readonly<{ ticksPerS: number; offsetS: number }> {
  let ticksPerS = 1_000_000;
  let offsetS = 0;
  for (let at = from; at + 4 <= end; ) {
    const code = view.getUint16(at, isLittle);
    const length = view.getUint16(at + 2, isLittle);
    const value = at + 4;
    if (code === 0 || value + length > end) break;
    if (code === 9 && length === 1) ticksPerS = ticksOf(view.getUint8(value));
    if (code === 14 && length === 8) offsetS = Number(view.getBigInt64(value, isLittle));
    at = value + length + ((4 - (length % 4)) % 4);
  }
  return { ticksPerS, offsetS };
}

/** Ticks in a second: the top bit chooses the base, 2 or 10; the others are how often to multiply by it. */
function ticksOf(resolution: number): number {
  const base = resolution & 0x80 ? 2 : 10;
  let ticks = 1;
  for (let i = resolution & 0x7f; i > 0; i--) ticks *= base;
  return ticks;
}

/** Enhanced packets, and the obsolete kind, whose interface is 16 bits wide and followed by a count of drops. */
function stepPacket(state: PcapngState, block: Block, kind: number): CaptureStep {
  const { view, body, end, next, isLittle } = block;
  if (end - body < 20) return refuse("bad-block", "packet block", body, "needs 20 octets", { state, next });
  const index = kind === ENHANCED_PACKET ? view.getUint32(body, isLittle) : view.getUint16(body, isLittle);
  const source = state.interfaces[index];
  const length = view.getUint32(body + 12, isLittle);
  if (!source) return refuse("unknown-interface", "packet block", body, `interface ${index} was not described`, { state, next });
  if (length > end - body - 20 || length > MAX_PACKET_OCTETS)
    return refuse("bad-block", "packet block", body + 12, `${length} octets do not fit`, { state, next });
  const ticks = view.getUint32(body + 4, isLittle) * 0x1_0000_0000 + view.getUint32(body + 8, isLittle);
  return {
    kind: "packet",
    linkType: source.linkType,
    capturedMs: toMs(ticks, source),
    originalLength: view.getUint32(body + 16, isLittle),
    from: body + 20,
    to: body + 20 + length,
    next,
  };
}

/** Simple packets carry no time and no interface: they belong to the first one and were cut to its snapshot length. */
function stepSimplePacket(state: PcapngState, block: Block): CaptureStep {
  const { view, body, end, next, isLittle } = block;
  const source = state.interfaces[0];
  if (end - body < 4) return refuse("bad-block", "simple packet block", body, "needs 4 octets", { state, next });
  if (!source) return refuse("unknown-interface", "simple packet block", body, "no interface was described", { state, next });
  const originalLength = view.getUint32(body, isLittle);
  const cut = source.snapLength === 0 ? originalLength : Math.min(originalLength, source.snapLength);
  const from = body + 4;
  if (Math.min(cut, end - from) > MAX_PACKET_OCTETS)
    return refuse("oversized-packet", "simple packet block", body, `at most ${MAX_PACKET_OCTETS} octets`, { state, next });
  return {
    kind: "packet",
    linkType: source.linkType,
    capturedMs: undefined,
    originalLength,
    from,
    to: from + Math.min(cut, end - from),
    next,
  };
}

/** Dividing by ticks per millisecond keeps decimal clocks exact to the last bit of a double. */
function toMs(ticks: number, source: CaptureInterface): number {
  const ms = source.ticksPerS >= 1000 ? ticks / (source.ticksPerS / 1000) : ticks * (1000 / source.ticksPerS);
  return ms + source.offsetS * 1000;
}
