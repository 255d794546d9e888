import type { ByteOrder } from "./reader.ts";

/** Grows as it is written. Numbers outside their field are refused with a RangeError that names `field`: the caller is our own code. */
export class Writer {
  readonly order: ByteOrder;
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  #length = 0;

  constructor(order: ByteOrder, capacity = 64) {
    this.order = order;
    this.#bytes = new Uint8Array(Math.max(capacity, 16));
    this.#view = new DataView(this.#bytes.buffer);
  }

  get length(): number {
    return this.#length;
  }

  /** What was written, as a copy. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  u8(value: number, field = "u8"): this {
    requireInteger(value, 0, 0xff, field);
    const at = this.#room(1);
    this.#view.setUint8(at, value);
    return this;
  }

  i8(value: number, field = "i8"): this {
    requireInteger(value, -0x80, 0x7f, field);
    const at = this.#room(1);
    this.#view.setInt8(at, value);
    return this;
  }

  u16(value: number, field = "u16", order: ByteOrder = this.order): this {
    requireInteger(value, 0, 0xffff, field);
    const at = this.#room(2);
    this.#view.setUint16(at, value, order === "little");
    return this;
  }

  i16(value: number, field = "i16"): this {
    requireInteger(value, -0x8000, 0x7fff, field);
    const at = this.#room(2);
    this.#view.setInt16(at, value, this.order === "little");
    return this;
  }

  u32(value: number, field = "u32", order: ByteOrder = this.order): this {
    requireInteger(value, 0, 0xffff_ffff, field);
    const at = this.#room(4);
    this.#view.setUint32(at, value, order === "little");
    return this;
  }

  i32(value: number, field = "i32"): this {
    requireInteger(value, -0x8000_0000, 0x7fff_ffff, field);
    const at = this.#room(4);
    this.#view.setInt32(at, value, this.order === "little");
    return this;
  }

  /** An unsigned 64-bit number that a double holds exactly. */
  u64(value: number, field = "u64"): this {
    requireInteger(value, 0, Number.MAX_SAFE_INTEGER, field);
    const high = Math.floor(value / 0x1_0000_0000);
    const low = value - high * 0x1_0000_0000;
    return this.order === "little" ? this.u32(low).u32(high) : this.u32(high).u32(low);
  }

  put(octets: ArrayLike<number>): this {
    const at = this.#room(octets.length);
    this.#bytes.set(octets, at);
    return this;
  }

  fill(count: number, octet = 0): this {
    const at = this.#room(count);
    this.#bytes.fill(octet, at, at + count);
    return this;
  }

  /** Fills with zero up to the next multiple of `step` octets. */
  align(step: number): this {
    return this.fill((step - (this.#length % step)) % step);
  }

  /** Makes room for `count` octets and answers where they go. Call it before touching the buffers: it may replace them. */
  #room(count: number): number {
    const at = this.#length;
    if (at + count > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#bytes.length * 2, at + count));
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    this.#length = at + count;
    return at;
  }
}

function requireInteger(value: number, min: number, max: number, field: string): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${field} must be an integer from ${min} to ${max}, got ${value}`);
}
