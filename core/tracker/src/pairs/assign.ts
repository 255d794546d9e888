/** Rows that may each take one column or none: `start[r]` to `start[r + 1]` are row r's entries in `column` and `gain`. */
export type AssignmentProblem = Readonly<{
  rows: number;
  columns: number;
  start: Int32Array;
  column: Int32Array;
  /** What the pair is worth against leaving both alone. */
  gain: Float64Array;
}>;

/** Duals of rows and columns, and the shortest path tree of the row being put in, whose last path has `length`. */
type Search = {
  taken: Int32Array;
  rowOfColumn: Int32Array;
  rowPrice: Float64Array;
  columnPrice: Float64Array;
  distance: Float64Array;
  via: Int32Array;
  viaEntry: Int32Array;
  isDone: Uint8Array;
  touched: Int32Array;
  touchedCount: number;
  length: number;
};

/** Kept from search to search. */
const search: Search = {
  taken: new Int32Array(0),
  rowOfColumn: new Int32Array(0),
  rowPrice: new Float64Array(0),
  columnPrice: new Float64Array(0),
  distance: new Float64Array(0),
  via: new Int32Array(0),
  viaEntry: new Int32Array(0),
  isDone: new Uint8Array(0),
  touched: new Int32Array(0),
  touchedCount: 0,
  length: 0,
};

/** The assignment of greatest total gain, as the entry that each row takes, or -1: see {@link assignInto}. */
export function assign(problem: AssignmentProblem): Int32Array {
  const taken = new Int32Array(problem.rows);
  assignInto(taken, problem);
  return taken;
}

/**
 * Writes the assignment of greatest total gain, as the entry that each row takes, or -1. Rows are put in one at a time along the cheapest
 * augmenting path, found by Dijkstra's search on reduced costs -gain - u - v; a path may also end by leaving a row alone, which costs
 * nothing. Of equal paths the first found wins, so that the answer depends on nothing but the problem.
 *
 * @source Jonker & Volgenant (1987), "A shortest augmenting path algorithm for dense and sparse linear assignment problems", section 2.
 */
export function assignInto(taken: Int32Array, problem: AssignmentProblem): void {
  const { rows, columns } = problem;
  reserve(rows, columns);
  search.taken = taken;
  taken.fill(-1, 0, rows);
  search.rowOfColumn.fill(-1, 0, columns);
  search.rowPrice.fill(0, 0, rows);
  search.columnPrice.fill(0, 0, columns);
  search.distance.fill(Number.POSITIVE_INFINITY, 0, columns);
  search.isDone.fill(0, 0, columns);
  search.touchedCount = 0;
  for (let row = 0; row < rows; row++) if (problem.start[row + 1] > problem.start[row]) putIn(problem, search, row);
}

function reserve(rows: number, columns: number): void {
  if (search.rowPrice.length < rows) search.rowPrice = new Float64Array(2 * rows);
  if (search.columnPrice.length >= columns) return;
  for (const name of ["columnPrice", "distance"] as const) search[name] = new Float64Array(2 * columns);
  for (const name of ["rowOfColumn", "via", "viaEntry", "touched"] as const) search[name] = new Int32Array(2 * columns);
  search.isDone = new Uint8Array(2 * columns);
}

function putIn(problem: AssignmentProblem, s: Search, first: number): void {
  let end = 0;
  let endRow = first;
  let endColumn = -1;
  let row = first;
  s.length = 0;
  for (;;) {
    relax(problem, s, row);
    const next = nearest(s);
    if (next < 0 || s.distance[next] >= end) break;
    s.length = s.distance[next];
    row = s.rowOfColumn[next];
    if (row < 0) {
      end = s.length;
      endColumn = next;
      break;
    }
    s.isDone[next] = 1;
    if (s.length - s.rowPrice[row] >= end) continue;
    end = s.length - s.rowPrice[row];
    endRow = row;
  }
  s.rowPrice[first] += end;
  for (let k = 0; k < s.touchedCount; k++) {
    const c = s.touched[k];
    if (s.isDone[c] === 1) {
      s.rowPrice[s.rowOfColumn[c]] += end - s.distance[c];
      s.columnPrice[c] -= end - s.distance[c];
    }
    s.isDone[c] = 0;
    s.distance[c] = Number.POSITIVE_INFINITY;
  }
  s.touchedCount = 0;
  augment(problem, s, first, endColumn < 0 ? endRow : -1, endColumn);
}

function relax({ start, column, gain }: AssignmentProblem, s: Search, row: number): void {
  for (let k = start[row]; k < start[row + 1]; k++) {
    const c = column[k];
    const reach = s.length - gain[k] - s.rowPrice[row] - s.columnPrice[c];
    if (s.isDone[c] === 1 || reach >= s.distance[c]) continue;
    if (s.distance[c] === Number.POSITIVE_INFINITY) s.touched[s.touchedCount++] = c;
    s.distance[c] = reach;
    s.via[c] = row;
    s.viaEntry[c] = k;
  }
}

function nearest(s: Search): number {
  let best = -1;
  for (let k = 0; k < s.touchedCount; k++) {
    const c = s.touched[k];
    if (s.isDone[c] === 0 && (best < 0 || s.distance[c] < s.distance[best])) best = c;
  }
  return best;
}

/** Hands columns down the path from its end to the new row; `alone` is the row that is left without one, or -1. */
function augment({ column }: AssignmentProblem, s: Search, first: number, alone: number, last: number): void {
  if (alone === first) return;
  let c = last;
  if (alone >= 0) {
    c = column[s.taken[alone]];
    s.taken[alone] = -1;
  }
  for (;;) {
    const row = s.via[c];
    const before = s.taken[row];
    s.taken[row] = s.viaEntry[c];
    s.rowOfColumn[c] = row;
    if (row === first) return;
    c = column[before];
  }
}
