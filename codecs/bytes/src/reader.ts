export type ByteOrder = "little" | "big";

/**
 * A cursor over octets that cannot run off: what lies past the end reads as zero and sets `isShort` for good.
 * So a decoder reads a whole structure and asks once, instead of before every field.
 */
export class Reader {
  readonly bytes: Uint8Array;
  readonly order: ByteOrder;
  /** Offset in `bytes` of what is read next. */
  at: number;
  /** Offset in `bytes` just past what may be read. */
  readonly end: number;
  /** True once something past the end was asked for. */
  isShort = false;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, order: ByteOrder, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.order = order;
    this.at = at;
    this.end = Math.min(end, bytes.length);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.end - this.at;
  }

  u8(): number {
    const at = this.#take(1);
    return at < 0 ? 0 : this.#view.getUint8(at);
  }

  i8(): number {
    const at = this.#take(1);
    return at < 0 ? 0 : this.#view.getInt8(at);
  }

  u16(order: ByteOrder = this.order): number {
    const at = this.#take(2);
    return at < 0 ? 0 : this.#view.getUint16(at, order === "little");
  }

  i16(): number {
    const at = this.#take(2);
    return at < 0 ? 0 : this.#view.getInt16(at, this.order === "little");
  }

  u32(order: ByteOrder = this.order): number {
    const at = this.#take(4);
    return at < 0 ? 0 : this.#view.getUint32(at, order === "little");
  }

  i32(): number {
    const at = this.#take(4);
    return at < 0 ? 0 : this.#view.getInt32(at, this.order === "little");
  }

  /** An unsigned 64-bit number as the nearest double: exact up to 2^53. */
  u64(): number {
    const first = this.u32();
    const second = this.u32();
    return this.order === "little" ? second * 0x1_0000_0000 + first : first * 0x1_0000_0000 + second;
  }

  /** The next `count` octets, sharing memory; fewer, and `isShort`, when there are not as many. */
  take(count: number): Uint8Array {
    const from = this.at;
    const to = Math.min(from + Math.max(count, 0), Math.max(this.end, from));
    if (to - from < count) this.isShort = true;
    this.at = to;
    return this.bytes.subarray(from, to);
  }

  skip(count: number): void {
    this.#take(count);
  }

  /** Moves on to the next multiple of `step` octets after `origin`. */
  align(step: number, origin = 0): void {
    const past = (this.at - origin) % step;
    if (past !== 0) this.skip(step - past);
  }

  /** Where `count` octets begin, or −1 when they are not there; then the cursor goes to the end. */
  #take(count: number): number {
    const at = this.at;
    if (count >= 0 && at + count <= this.end) {
      this.at = at + count;
      return at;
    }
    this.isShort = true;
    this.at = Math.max(this.end, at);
    return -1;
  }
}
