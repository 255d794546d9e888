/** A symmetric positive definite matrix, row by row, with room for its Cholesky factor. */
export type Square = Readonly<{ size: number; cells: Float64Array; factor: Float64Array }>;

export const createSquare = (size: number): Square => ({
  size,
  cells: new Float64Array(size * size),
  factor: new Float64Array(size * size),
});

/** Writes the lower factor L of A = L·Lᵀ; false when A is not positive definite. */
function factorise({ size, cells, factor }: Square): boolean {
  for (let i = 0; i < size; i++)
    for (let k = 0; k <= i; k++) {
      let sum = cells[size * i + k] as number;
      for (let m = 0; m < k; m++) sum -= (factor[size * i + m] as number) * (factor[size * k + m] as number);
      if (i === k && !(sum > 0)) return false;
      factor[size * i + k] = i === k ? Math.sqrt(sum) : sum / (factor[size * k + k] as number);
    }
  return true;
}

const column = new Float64Array(8);

/** Writes the inverse; false, and nothing of use, when the matrix is not positive definite. */
export function inverseInto(out: Square, of: Square): boolean {
  if (!factorise(of)) return false;
  const { size, factor } = of;
  for (let c = 0; c < size; c++) {
    for (let i = 0; i < size; i++) {
      let sum = i === c ? 1 : 0;
      for (let m = 0; m < i; m++) sum -= (factor[size * i + m] as number) * (column[m] as number);
      column[i] = sum / (factor[size * i + i] as number);
    }
    for (let i = size - 1; i >= 0; i--) {
      let sum = column[i] as number;
      for (let m = i + 1; m < size; m++) sum -= (factor[size * m + i] as number) * (out.cells[size * m + c] as number);
      out.cells[size * i + c] = sum / (factor[size * i + i] as number);
    }
  }
  return true;
}

/** ln N(x; 0, A) of the numbers of x from an index on: −½·(xᵀA⁻¹x + ln det A + n·ln 2π); minus infinity when A is not positive definite. */
export function logDensity(of: Square, x: Float64Array, from: number): number {
  if (!factorise(of)) return Number.NEGATIVE_INFINITY;
  const { size, factor } = of;
  let [squares, logDet] = [0, 0];
  for (let i = 0; i < size; i++) {
    let sum = x[from + i] as number;
    for (let m = 0; m < i; m++) sum -= (factor[size * i + m] as number) * (column[m] as number);
    column[i] = sum / (factor[size * i + i] as number);
    squares += (column[i] as number) * (column[i] as number);
    logDet += 2 * Math.log(factor[size * i + i] as number);
  }
  return -0.5 * (squares + logDet + size * Math.log(2 * Math.PI));
}
