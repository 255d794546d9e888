/**
 * Answers to "which plot?", in order of track, in columns that grow and are kept: how probable each is by this look alone, and the next look's
 * plots that it may give. Links of answer a are `start[a]` to `start[a + 1]`.
 */
export type Outlooks = {
  count: number;
  row: Int32Array;
  /** The pair that the answer takes; of a track's first answer, which takes none, it means nothing. */
  edge: Int32Array;
  share: Float64Array;
  /** How probably the next look detects the track. */
  chance: Float64Array;
  start: Int32Array;
  /** A plot of the next look with the density, per m³, at which the track's plots lie there. */
  plot: Int32Array;
  density: Float64Array;
};

export const createOutlooks = (capacity = 64): Outlooks => ({
  count: 0,
  row: new Int32Array(capacity),
  edge: new Int32Array(capacity),
  share: new Float64Array(capacity),
  chance: new Float64Array(capacity),
  start: new Int32Array(capacity + 1),
  plot: new Int32Array(capacity),
  density: new Float64Array(capacity),
});

/** Adds an answer that has no links yet and answers its index. */
export function addOutlook(outlooks: Outlooks): number {
  if (outlooks.count === outlooks.row.length)
    for (const name of ["row", "edge", "share", "chance", "start"] as const)
      Object.assign(outlooks, { [name]: doubled(outlooks[name]) });
  const a = outlooks.count++;
  outlooks.start[a + 1] = outlooks.start[a];
  return a;
}

/** Adds a link to the newest answer. */
export function addLink(outlooks: Outlooks, plot: number, density: number): void {
  const l = outlooks.start[outlooks.count]++;
  if (l === outlooks.plot.length)
    for (const name of ["plot", "density"] as const) Object.assign(outlooks, { [name]: doubled(outlooks[name]) });
  outlooks.plot[l] = plot;
  outlooks.density[l] = density;
}

/** Adds what answers `from` to `to` give each plot, `times` over. */
export function addShares(
  sums: Float64Array,
  { share, start, plot, density }: Outlooks,
  from: number,
  to: number,
  times: number,
): void {
  for (let a = from; a < to; a++) for (let l = start[a]; l < start[a + 1]; l++) sums[plot[l]] += times * (share[a] * density[l]);
}

function doubled<T extends Int32Array | Float64Array>(column: T): T {
  const larger = new (column.constructor as new (length: number) => T)(2 * column.length);
  larger.set(column);
  return larger;
}
