/**
 * Solves A·x = b for a symmetric positive definite A (n×n row-major) by Cholesky's decomposition, in place of `columns` (n×m row-major).
 * A itself is destroyed: it is scaled to a diagonal of ones first, D·A·D = L·Lᵀ, so that metres and radians lose no digits to one another.
 * Answers false, and leaves nothing that could be used, when A is not finite or no positive definite matrix can be told from it.
 *
 * @source Golub & Van Loan, "Matrix Computations" (4th ed.), algorithms 4.2.1 and 3.1.1, section 3.5.2 (scaling).
 */
export function solveInPlace(a: Float64Array, n: number, columns: Float64Array, m: number): boolean {
  const scale = new Float64Array(n);
  for (let i = 0; i < n; i++) scale[i] = 1 / Math.sqrt(a[i * n + i]);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) a[i * n + j] *= scale[i] * scale[j];
    for (let c = 0; c < m; c++) columns[i * m + c] *= scale[i];
  }
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = a[i * n + j];
      for (let k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k];
      if (i === j && !(sum > LEAST_PIVOT && sum < Number.POSITIVE_INFINITY)) return false;
      a[i * n + j] = i === j ? Math.sqrt(sum) : sum / a[j * n + j];
    }
  }
  for (let c = 0; c < m; c++) {
    for (let i = 0; i < n; i++) {
      let sum = columns[i * m + c];
      for (let k = 0; k < i; k++) sum -= a[i * n + k] * columns[k * m + c];
      columns[i * m + c] = sum / a[i * n + i];
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = columns[i * m + c];
      for (let k = i + 1; k < n; k++) sum -= a[k * n + i] * columns[k * m + c];
      columns[i * m + c] = sum / a[i * n + i];
    }
  }
  for (let i = 0; i < n; i++) for (let c = 0; c < m; c++) columns[i * m + c] *= scale[i];
  return columns.every(Number.isFinite);
}

/** What is left of a diagonal of ones below this is rounding. */
const LEAST_PIVOT = 1e-13;

/** The inverse of a symmetric positive definite matrix, n×n row-major; `undefined` when it has none that could be used. */
export function inverseOf(a: Float64Array, n: number): Float64Array | undefined {
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) inverse[i * n + i] = 1;
  return solveInPlace(a.slice(), n, inverse, n) ? inverse : undefined;
}
