/**
 * Rows of floats for an instanced buffer, written anew for every picture. The array grows by doubling and is kept, so that a steady
 * picture allocates nothing.
 */
export class FloatRows {
  data: Float32Array<ArrayBuffer>;
  count = 0;
  readonly stride: number;

  constructor(stride: number, rows = 64) {
    this.stride = stride;
    this.data = new Float32Array(stride * rows);
  }

  clear(): void {
    this.count = 0;
  }

  /** Appends a row and answers where it begins in `data`. */
  next(): number {
    const at = this.count * this.stride;
    if (at + this.stride > this.data.length) {
      const larger = new Float32Array(this.data.length * 2);
      larger.set(this.data);
      this.data = larger;
    }
    this.count++;
    return at;
  }
}
