/** Points in square cells, row by row: finds those near a place in time proportional to what it finds. */
export type Grid = {
  cellM: number;
  /** Cells from west to east and from south to north. */
  columns: number;
  rows: number;
  /** Where the first cell begins. */
  originX: number;
  originY: number;
  start: Int32Array;
  items: Int32Array;
  cell: Int32Array;
  /** Bounds of the points. */
  west: number;
  east: number;
  south: number;
  north: number;
};

export type Box = Readonly<{ x0: number; x1: number; y0: number; y1: number }>;

/** More than this many standard deviations away from all others a point lies in a cell at the edge. */
const SIGMAS = 4;
/** Cells per point, beyond which they are made larger. */
const MOST_CELLS = 4;

export const createGrid = (): Grid => ({
  cellM: 1,
  columns: 1,
  rows: 1,
  originX: 0,
  originY: 0,
  start: new Int32Array(64),
  items: new Int32Array(0),
  cell: new Int32Array(0),
  west: Number.POSITIVE_INFINITY,
  east: Number.NEGATIVE_INFINITY,
  south: Number.POSITIVE_INFINITY,
  north: Number.NEGATIVE_INFINITY,
});

/** Fills the grid with `count` points (x, y, z triples, of which x and y are used) in cells of `cellM` or more, allocating only to grow. */
export function fillGrid(grid: Grid, points: Float64Array, count: number, cellM: number): void {
  if (grid.items.length < count) for (const name of ["items", "cell"] as const) grid[name] = new Int32Array(2 * count);
  layCells(grid, points, count, cellM);
  const { start, cell, items, columns } = grid;
  const cells = columns * grid.rows;
  start.fill(0, 0, cells + 1);
  for (let j = 0; j < count; j++) {
    cell[j] = columnOf(grid, points[3 * j]) + columns * rowOf(grid, points[3 * j + 1]);
    start[cell[j]]++;
  }
  for (let at = 0, total = 0; at <= cells; at++) {
    total += at < cells ? start[at] : 0;
    start[at] = total;
  }
  // Filling backwards leaves each cell's items in rising order and its start where it belongs.
  for (let j = count - 1; j >= 0; j--) items[--start[cell[j]]] = j;
}

/** Where the cells lie: over all points but those far from the others, which are not worth cells of their own. */
function layCells(grid: Grid, points: Float64Array, count: number, cellM: number): void {
  grid.west = Number.POSITIVE_INFINITY;
  grid.east = Number.NEGATIVE_INFINITY;
  grid.south = Number.POSITIVE_INFINITY;
  grid.north = Number.NEGATIVE_INFINITY;
  let x = 0;
  let y = 0;
  for (let j = 0; j < 3 * count; j += 3) {
    grid.west = Math.min(grid.west, points[j]);
    grid.east = Math.max(grid.east, points[j]);
    grid.south = Math.min(grid.south, points[j + 1]);
    grid.north = Math.max(grid.north, points[j + 1]);
    x += points[j] / count;
    y += points[j + 1] / count;
  }
  let spread = 0;
  for (let j = 0; j < 3 * count; j += 3)
    spread += ((points[j] - x) * (points[j] - x) + (points[j + 1] - y) * (points[j + 1] - y)) / count;
  const reach = SIGMAS * Math.sqrt(spread) + cellM;
  grid.originX = Math.max(grid.west, x - reach);
  grid.originY = Math.max(grid.south, y - reach);
  const width = Math.max(0, Math.min(grid.east, x + reach) - grid.originX);
  const height = Math.max(0, Math.min(grid.north, y + reach) - grid.originY);
  const most = MOST_CELLS * count + 16;
  // So large that neither a long row nor a wide field has more cells than that.
  grid.cellM = Math.max(cellM, Math.sqrt((width * height) / most) * 2, (4 * (width + height)) / most);
  grid.columns = 1 + Math.floor(width / grid.cellM);
  grid.rows = 1 + Math.floor(height / grid.cellM);
  if (grid.start.length <= grid.columns * grid.rows) grid.start = new Int32Array(2 * grid.columns * grid.rows + 1);
}

const columnOf = ({ originX, cellM, columns }: Grid, x: number): number =>
  Math.max(0, Math.min(columns - 1, Math.floor((x - originX) / cellM)));
const rowOf = ({ originY, cellM, rows }: Grid, y: number): number =>
  Math.max(0, Math.min(rows - 1, Math.floor((y - originY) / cellM)));

/** Writes the points that may lie in a box, each once, and answers how many. */
export function nearInto(found: Int32Array, grid: Grid, box: Box): number {
  if (box.x0 > grid.east || box.x1 < grid.west || box.y0 > grid.north || box.y1 < grid.south) return 0;
  const { start, items, columns } = grid;
  const x0 = columnOf(grid, box.x0);
  const x1 = columnOf(grid, box.x1);
  const y1 = rowOf(grid, box.y1);
  let n = 0;
  for (let cy = rowOf(grid, box.y0); cy <= y1; cy++) {
    const end = start[cy * columns + x1 + 1];
    for (let k = start[cy * columns + x0]; k < end; k++) found[n++] = items[k];
  }
  return n;
}
