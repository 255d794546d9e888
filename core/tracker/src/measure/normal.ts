const one = new Float64Array(1);

/** The normal distribution's cumulative probability at `z`, good to 7.5e-8. */
export function normalCdf(z: number): number {
  one[0] = z;
  normalCdfInPlace(one);
  return one[0];
}

/**
 * Makes every z of `values` its cumulative probability, good to 7.5e-8. In place.
 *
 * @source Abramowitz & Stegun (1964), 26.2.17.
 */
export function normalCdfInPlace(values: Float64Array): void {
  for (let k = 0; k < values.length; k++) {
    const z = values[k];
    const t = 1 / (1 + 0.2316419 * Math.abs(z));
    const poly = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    const upper = 0.3989422804014327 * Math.exp(-0.5 * z * z) * poly;
    if (z > 8) values[k] = 1;
    else if (z < -8) values[k] = 0;
    else values[k] = z > 0 ? 1 - upper : upper;
  }
}
