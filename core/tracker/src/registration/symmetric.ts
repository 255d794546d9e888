/**
 * Solves A·x = b for a symmetric positive definite A (n×n row-major) by Cholesky's decomposition, in place of `columns` (n×m row-major).
 * A itself is destroyed: its lower triangle becomes L of A = L·Lᵀ.
 *
 * @source Golub & Van Loan, "Matrix Computations" (4th ed.), algorithms 4.2.1 and 3.1.1.
 */
export function solveInPlace(a: Float64Array, n: number, columns: Float64Array, m: number): void {
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = a[i * n + j];
      for (let k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k];
      if (i === j && !(sum > 0)) throw new RangeError(`Expected a positive definite matrix, got pivot ${sum}`);
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
}

/** The inverse of a symmetric positive definite matrix, n×n row-major. */
export function inverseOf(a: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) inverse[i * n + i] = 1;
  solveInPlace(a.slice(), n, inverse, n);
  return inverse;
}
