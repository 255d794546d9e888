/** Columns of numbers by name: struct of arrays, `layout` saying how many values a row has in each. */
export type Layout = Readonly<Record<string, number>>;
export type Columns<L extends Layout> = Record<keyof L, Float64Array>;

export const createColumns = <L extends Layout>(layout: L, capacity: number): Columns<L> =>
  Object.fromEntries(Object.entries(layout).map(([name, width]) => [name, new Float64Array(capacity * width)])) as Columns<L>;

/** Rows that go on and lie together, as pairs: the first, and the one after the last. */
let runs = new Int32Array(64);

/** Finds the runs of rows that have not ended, `existence` being 0 for one that has; answers how many there are. */
export function findRuns(existence: Float64Array, count: number): number {
  if (runs.length < count + 2) runs = new Int32Array(2 * count + 2);
  let pairs = 0;
  for (let from = 0; from < count; ) {
    let end = from;
    while (end < count && existence[end] > 0) end++;
    runs[2 * pairs] = from;
    runs[2 * pairs + 1] = end;
    if (end > from) pairs++;
    from = end + 1;
  }
  return pairs;
}

/** Moves each of the runs last found down in one piece, and empties what is left. */
export function compactColumn(column: Float64Array, width: number, count: number, pairs: number): void {
  let to = 0;
  for (let k = 0; k < 2 * pairs; k += 2) {
    const from = runs[k];
    const end = runs[k + 1];
    if (to !== from) column.copyWithin(to * width, from * width, end * width);
    to += end - from;
  }
  column.fill(0, to * width, count * width);
}

/** The same for what is no number. */
export function compactTexts(column: (readonly unknown[])[], pairs: number): void {
  let to = 0;
  for (let k = 0; k < 2 * pairs; k += 2) for (let from = runs[k]; from < runs[k + 1]; from++) column[to++] = column[from];
  column.length = to;
}

const FEW = 512;

/** Makes `column`, which held `before` rows, hold the `count` rows of `from`. */
export function copyColumn(column: Float64Array, from: Float64Array, width: number, count: number, before: number): void {
  const numbers = count * width;
  // A view of a few numbers costs more than they do.
  if (numbers > FEW) column.set(from.subarray(0, numbers));
  else for (let k = 0; k < numbers; k++) column[k] = from[k];
  if (before > count) column.fill(0, count * width, before * width);
}

/** A column with room for `capacity` rows that holds the first `count` of `column`. */
export function resized(column: Float64Array, width: number, count: number, capacity: number): Float64Array {
  const wider = new Float64Array(capacity * width);
  wider.set(column.subarray(0, count * width));
  return wider;
}

/** A column of so many values per sensor with room for more rows and sensors; values stay with their row and sensor. */
export function resizedPerSensor(
  column: Float64Array,
  values: number,
  count: number,
  { from, to, capacity }: Readonly<{ from: number; to: number; capacity: number }>,
): Float64Array {
  const wider = new Float64Array(capacity * to * values);
  for (let row = 0; row < count; row++)
    wider.set(column.subarray(row * from * values, (row + 1) * from * values), row * to * values);
  return wider;
}
