import { type DecodeError, formatHex, parseHex } from "@picket/bytes";
import { beginsCapture, type CaptureState, type CaptureStep, refuse, SECTION_HEADER } from "./capture-state.ts";
import { stepPcapHeader, stepPcapRecord } from "./pcap.ts";
import { stepPcapng, stepSectionHeader } from "./pcapng.ts";

/**
 * One packet of a capture. `index` counts from 0 over the whole stream; `packet` owns its octets, which lie in the stream at
 * `fileOffset`, `fileLength` of them. `capturedMs` is Unix milliseconds with a fraction, `undefined` where the capture has no time.
 */
export type CapturedPacket = Readonly<{
  index: number;
  capturedMs: number | undefined;
  linkType: number;
  packet: Uint8Array;
  originalLength: number;
  fileOffset: number;
  fileLength: number;
}>;

export type CaptureItem = Readonly<{ kind: "packet"; value: CapturedPacket }> | Readonly<{ kind: "error"; error: DecodeError }>;

/** All of a decoder's state as plain data that survives JSON, pending octets included. */
export type CaptureSnapshot = Readonly<{ state: CaptureState; pendingHex: string; offset: number; skip: number; index: number }>;

export type CaptureDecoder = {
  /** Takes the next octets of the stream, cut anywhere, and answers what they completed. Offsets in errors count from the stream's start. */
  push(chunk: Uint8Array): readonly CaptureItem[];
  /** Ends the stream: octets that still wait for more are an error. */
  finish(): readonly CaptureItem[];
  snapshot(): CaptureSnapshot;
};

/**
 * Decodes pcap and pcapng as they stream in. Never throws on octets and holds at most one block (MAX_BLOCK_OCTETS) and one chunk.
 *
 * A new capture may begin wherever a record could, told by its magic: files one after the other, or a whole file in each datagram.
 * (A pcap record's first word is its time, which equals no magic before 2055.) Where boundaries are lost, octets are dropped and counted
 * as `lost-sync` until a chunk begins with a magic. With `chunks: "datagrams"` no record crosses from one chunk to the next, so that
 * a cut datagram costs only itself.
 */
export function createCaptureDecoder(
  options: Readonly<{ chunks?: "stream" | "datagrams"; from?: CaptureSnapshot }> = {},
): CaptureDecoder {
  return new StreamDecoder(options.chunks ?? "stream", options.from);
}

const EMPTY = new Uint8Array(0);

class StreamDecoder implements CaptureDecoder {
  readonly #chunks: "stream" | "datagrams";
  #state: CaptureState = { kind: "start" };
  /** Octets that wait for more, in the first `#length` octets of a buffer that grows by doubling. */
  #pending: Uint8Array = EMPTY;
  #length = 0;
  /** How many pending octets are needed before the next step can do better than ask for more. */
  #needed = 0;
  /** Offset in the stream of the first pending octet. */
  #offset = 0;
  /** Octets still to drop of a block that is skipped. */
  #skip = 0;
  #index = 0;

  constructor(chunks: "stream" | "datagrams", from: CaptureSnapshot | undefined) {
    this.#chunks = chunks;
    if (!from) return;
    const pending = parseHex(from.pendingHex);
    if (!pending.ok) throw new TypeError(`A capture snapshot's pendingHex must be hex digits: ${pending.error.detail}`);
    this.#state = from.state;
    this.#pending = pending.value;
    this.#length = pending.value.length;
    this.#offset = from.offset;
    this.#skip = from.skip;
    this.#index = from.index;
  }

  push(chunk: Uint8Array): readonly CaptureItem[] {
    const items: CaptureItem[] = [];
    if (this.#chunks === "datagrams") this.#dropPending(items);
    if (this.#state.kind === "lost" && beginsCapture(new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength), 0))
      this.#state = { kind: "start" };
    const dropped = Math.min(this.#skip, chunk.length);
    this.#skip -= dropped;
    this.#offset += dropped;
    const fresh = chunk.subarray(dropped);
    if (this.#length === 0) {
      const used = this.#walk(fresh, items);
      this.#keep(fresh.subarray(used));
    } else {
      this.#keep(fresh);
      if (this.#length < this.#needed) return items;
      const used = this.#walk(this.#pending.subarray(0, this.#length), items);
      this.#pending.copyWithin(0, used, this.#length);
      this.#length -= used;
    }
    return items;
  }

  finish(): readonly CaptureItem[] {
    const items: CaptureItem[] = [];
    this.#dropPending(items);
    return items;
  }

  snapshot(): CaptureSnapshot {
    return {
      state: this.#state,
      pendingHex: formatHex(this.#pending, 0, this.#length),
      offset: this.#offset,
      skip: this.#skip,
      index: this.#index,
    };
  }

  /** Steps through `bytes` as far as they go and answers how many are done with. `#offset` moves along. */
  #walk(bytes: Uint8Array, items: CaptureItem[]): number {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    while (at < bytes.length) {
      const step = stepCapture(this.#state, view, at);
      if (step.kind === "more") {
        this.#needed = step.atLeast;
        break;
      }
      if (step.kind === "packet") items.push({ kind: "packet", value: this.#packet(step, bytes, at) });
      else this.#state = step.state;
      if (step.kind === "error") items.push({ kind: "error", error: { ...step.error, at: this.#offset + step.error.at - at } });
      const next = Math.min(step.next, bytes.length);
      this.#skip = step.next - next;
      this.#offset += step.next - at - this.#skip;
      at = next;
    }
    return at;
  }

  #packet(step: Extract<CaptureStep, { kind: "packet" }>, bytes: Uint8Array, at: number): CapturedPacket {
    return {
      index: this.#index++,
      capturedMs: step.capturedMs,
      linkType: step.linkType,
      packet: bytes.slice(step.from, step.to),
      originalLength: step.originalLength,
      fileOffset: this.#offset + step.from - at,
      fileLength: step.to - step.from,
    };
  }

  #keep(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#pending.length) {
      const grown = new Uint8Array(Math.max(length, 2 * this.#pending.length));
      grown.set(this.#pending.subarray(0, this.#length));
      this.#pending = grown;
    }
    this.#pending.set(bytes, this.#length);
    this.#length = length;
  }

  #dropPending(items: CaptureItem[]): void {
    const missing =
      this.#skip > 0 ? `${this.#skip} octets of a skipped block are missing` : `${this.#length} octets wait for more`;
    if (this.#length > 0 || this.#skip > 0)
      items.push({ kind: "error", error: { code: "truncated", item: "capture", at: this.#offset, detail: missing } });
    this.#offset += this.#length;
    this.#length = 0;
    this.#needed = 0;
    this.#skip = 0;
  }
}

function stepCapture(state: CaptureState, view: DataView, at: number): CaptureStep {
  if (state.kind === "lost") {
    const left = view.byteLength - at;
    return refuse("lost-sync", "capture", at, `${left} octets dropped`, { state, next: at + left });
  }
  if (state.kind === "pcapng" && !beginsCapture(view, at)) return stepPcapng(state, view, at);
  if (view.byteLength - at < 4) return { kind: "more", atLeast: 4 };
  if (view.getUint32(at) === SECTION_HEADER) return stepSectionHeader(view, at);
  if (state.kind === "pcap" && !beginsCapture(view, at)) return stepPcapRecord(state, view, at);
  return stepPcapHeader(view, at);
}
