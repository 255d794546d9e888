/** Points in square cells of a hash table: finds those near a place in time proportional to what it finds. */
export type Grid = {
  cellM: number;
  mask: number;
  start: Int32Array;
  items: Int32Array;
  cellX: Int32Array;
  cellY: Int32Array;
  count: number;
  /** Cells beyond which there is nothing. */
  x0: number;
  x1: number;
  y0: number;
  y1: number;
};

export const createGrid = (): Grid => ({
  cellM: 1,
  mask: 0,
  start: new Int32Array(2),
  items: new Int32Array(0),
  cellX: new Int32Array(0),
  cellY: new Int32Array(0),
  count: 0,
  x0: 0,
  x1: -1,
  y0: 0,
  y1: -1,
});

/** Fills the grid with `count` points (x, y, z triples, of which x and y are used), allocating only to grow. */
export function fillGrid(grid: Grid, points: Float64Array, count: number, cellM: number): void {
  let slots = 1;
  while (slots < 2 * count) slots *= 2;
  if (grid.start.length < slots + 1) grid.start = new Int32Array(slots + 1);
  if (grid.items.length < count) for (const name of ["items", "cellX", "cellY"] as const) grid[name] = new Int32Array(2 * count);
  grid.cellM = cellM;
  grid.mask = slots - 1;
  grid.count = count;
  grid.start.fill(0, 0, slots + 1);
  grid.x0 = Number.POSITIVE_INFINITY;
  grid.x1 = Number.NEGATIVE_INFINITY;
  grid.y0 = Number.POSITIVE_INFINITY;
  grid.y1 = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < count; j++) {
    grid.cellX[j] = Math.floor(points[3 * j] / cellM);
    grid.cellY[j] = Math.floor(points[3 * j + 1] / cellM);
    grid.start[slotOfCell(grid.mask, grid.cellX[j], grid.cellY[j])]++;
    grid.x0 = Math.min(grid.x0, grid.cellX[j]);
    grid.x1 = Math.max(grid.x1, grid.cellX[j]);
    grid.y0 = Math.min(grid.y0, grid.cellY[j]);
    grid.y1 = Math.max(grid.y1, grid.cellY[j]);
  }
  for (let slot = 0, total = 0; slot <= slots; slot++) {
    total += slot < slots ? grid.start[slot] : 0;
    grid.start[slot] = total;
  }
  // Filling backwards leaves each slot's items in rising order and its start where it belongs.
  for (let j = count - 1; j >= 0; j--) grid.items[--grid.start[slotOfCell(grid.mask, grid.cellX[j], grid.cellY[j])]] = j;
}

/** Writes the points that may lie in a box, each once, and answers how many: all of them when that is cheaper. */
export function nearInto(
  found: Int32Array,
  grid: Grid,
  box: Readonly<{ x0: number; x1: number; y0: number; y1: number }>,
): number {
  const { cellM, count } = grid;
  const x0 = Math.max(Math.floor(box.x0 / cellM), grid.x0);
  const x1 = Math.min(Math.floor(box.x1 / cellM), grid.x1);
  const y0 = Math.max(Math.floor(box.y0 / cellM), grid.y0);
  const y1 = Math.min(Math.floor(box.y1 / cellM), grid.y1);
  let n = 0;
  if (x0 > x1 || y0 > y1) return n;
  if ((x1 - x0 + 1) * (y1 - y0 + 1) > Math.max(count, 16)) {
    for (let j = 0; j < count; j++) found[n++] = j;
    return n;
  }
  for (let cy = y0; cy <= y1; cy++)
    for (let cx = x0; cx <= x1; cx++) {
      const slot = slotOfCell(grid.mask, cx, cy);
      for (let k = grid.start[slot]; k < grid.start[slot + 1]; k++) {
        const j = grid.items[k];
        if (grid.cellX[j] === cx && grid.cellY[j] === cy) found[n++] = j;
      }
    }
  return n;
}

const slotOfCell = (mask: number, cx: number, cy: number): number => (Math.imul(cx, 73856093) ^ Math.imul(cy, 19349663)) & mask;
