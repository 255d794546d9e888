/**
 * Rows of numbers in struct of arrays: columns by name, each with room for `capacity` rows. Some keep values per sensor, for which there is room for
 * `sensorSlots`. A row has ended when its existence is 0; it is taken out when {@link dropEndedOf} is asked for.
 */
export type Table<K extends string> = Record<K | "existence", Float64Array> & {
  count: number;
  /** So many of the rows have ended. */
  ended: number;
  capacity: number;
  sensorSlots: number;
};

/** The columns of a table, and how many values a row has in each. */
export type Columns<K extends string> = Readonly<{ names: readonly K[]; width: (name: K, sensorSlots: number) => number }>;

export function createTable<K extends string>({ names, width }: Columns<K>, capacity: number, sensorSlots: number): Table<K> {
  const columns = Object.fromEntries(names.map((name) => [name, new Float64Array(capacity * width(name, sensorSlots))]));
  return { ...(columns as Record<K | "existence", Float64Array>), count: 0, ended: 0, capacity, sensorSlots };
}

/** Adds a row and answers its index; columns double when they are full, and hold nothing beyond the last row. */
export function addTo<K extends string>(table: Table<K>, columns: Columns<K>): number {
  if (table.count === table.capacity) resize(table, columns, 2 * table.capacity, table.sensorSlots);
  return table.count++;
}

/** Makes room for more sensors; values stay with theirs. */
export function widen<K extends string>(table: Table<K>, columns: Columns<K>, sensorSlots: number): void {
  if (sensorSlots > table.sensorSlots) resize(table, columns, table.capacity, sensorSlots);
}

/** The values of each column's rows, in the order of their names. */
export const valuesOf = <K extends string>(table: Table<K>, { names, width }: Columns<K>): readonly Float64Array[] =>
  names.map((name) => table[name].subarray(0, table.count * width(name, table.sensorSlots)));

/** Rows that go on and lie together, as pairs: the first, and the one after the last. */
let runs = new Int32Array(64);

/** Takes out the rows that have ended; the others keep their order. */
export function dropEndedOf<K extends string>(table: Table<K>, { names, width }: Columns<K>): void {
  const pairs = findRuns(table.existence, table.count);
  for (const name of names) compact(table[name], width(name, table.sensorSlots), table.count, pairs);
  table.count -= table.ended;
  table.ended = 0;
}

function findRuns(existence: Float64Array, count: number): number {
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

/** Moves each of the runs down in one piece, and empties what is left. */
function compact(column: Float64Array, width: number, count: number, pairs: number): void {
  let to = 0;
  for (let k = 0; k < 2 * pairs; k += 2) {
    const from = runs[k];
    const end = runs[k + 1];
    if (to !== from) column.copyWithin(to * width, from * width, end * width);
    to += end - from;
  }
  column.fill(0, to * width, count * width);
}

/** Does the same, right after, to a column of what is no number. One loop: an inner one is compiled anew at each call. */
export function compactTexts(column: (readonly unknown[])[], count: number): void {
  let from = runs[0];
  for (let to = 0, k = 1; to < count; to++, from++) {
    if (from === runs[k]) {
      from = runs[k + 1];
      k += 2;
    }
    column[to] = column[from];
  }
  column.length = count;
}

/** A view of no more numbers than these costs more than they do. */
const FEW = 512;

/** Makes a table hold what `from` holds. */
export function copyTable<K extends string>(table: Table<K>, columns: Columns<K>, from: Table<K>): void {
  if (table.capacity < from.count || table.sensorSlots !== from.sensorSlots)
    Object.assign(table, createTable(columns, Math.max(table.capacity, from.capacity), from.sensorSlots));
  for (const name of columns.names) {
    const width = columns.width(name, from.sensorSlots);
    copy(table[name], from[name], from.count * width);
    if (table.count > from.count) table[name].fill(0, from.count * width, table.count * width);
  }
  table.count = from.count;
  table.ended = from.ended;
}

function copy(to: Float64Array, from: Float64Array, count: number): void {
  if (count > FEW) to.set(from.subarray(0, count));
  else for (let k = 0; k < count; k++) to[k] = from[k];
}

function resize<K extends string>(table: Table<K>, { names, width }: Columns<K>, capacity: number, sensorSlots: number): void {
  const columns: Record<K, Float64Array> = table;
  for (const name of names) {
    const [before, now] = [width(name, table.sensorSlots), width(name, sensorSlots)];
    const wider = new Float64Array(capacity * now);
    if (before === now) wider.set(columns[name].subarray(0, table.count * now));
    else
      for (let row = 0; row < table.count; row++) wider.set(columns[name].subarray(row * before, (row + 1) * before), row * now);
    columns[name] = wider;
  }
  table.capacity = capacity;
  table.sensorSlots = sensorSlots;
}
