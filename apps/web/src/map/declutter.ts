/** A label that wants to stand beside a point of the screen. Sizes and places in pixels; a higher priority is placed first. */
export type LabelWish = Readonly<{
  key: string;
  x: number;
  y: number;
  width: number;
  height: number;
  away: number;
  priority: number;
  /** Rather over a symbol than left out. */
  isVital?: boolean;
}>;
/** Where a label stands: its upper left corner. */
export type PlacedLabel = Readonly<{ key: string; left: number; top: number }>;

/** A symbol that labels must leave to be seen. */
export type Reserved = Readonly<{ x: number; y: number; halfPx: number }>;

type Box = Readonly<{ left: number; top: number; right: number; bottom: number }>;
const CELL_PX = 96;
const GAP_PX = 2;

/**
 * Places as many labels as fit without covering one another or lying outside the screen: each tries right, left, below and above its
 * point, the most important first. Equal priorities keep the order of their keys, so that labels do not jump from frame to frame.
 * At most `limit` are placed, over the `reserved` squares around symbols only vital ones that fit nowhere else. Only labels are ever
 * left out, never symbols.
 */
export function declutter(
  wishes: readonly LabelWish[],
  widthPx: number,
  heightPx: number,
  limit: number,
  reserved: readonly Reserved[] = [],
): readonly PlacedLabel[] {
  const taken = new Map<number, Box[]>();
  const symbols = new Map<number, Box[]>();
  for (const { x, y, halfPx } of reserved)
    occupy(symbols, { left: x - halfPx, top: y - halfPx, right: x + halfPx, bottom: y + halfPx });
  const placed: PlacedLabel[] = [];
  for (const wish of [...wishes].sort((a, b) => b.priority - a.priority || (a.key < b.key ? -1 : 1))) {
    if (placed.length >= limit) break;
    const free = candidates(wish).filter((candidate) => isInside(candidate, widthPx, heightPx) && !isTaken(taken, candidate));
    const box = free.find((candidate) => !isTaken(symbols, candidate)) ?? (wish.isVital ? free[0] : undefined);
    if (!box) continue;
    occupy(taken, box);
    placed.push({ key: wish.key, left: box.left, top: box.top });
  }
  return placed;
}

function candidates({ x, y, width, height, away }: LabelWish): readonly Box[] {
  const box = (left: number, top: number): Box => ({ left, top, right: left + width, bottom: top + height });
  return [
    box(x + away, y - height / 2),
    box(x - away - width, y - height / 2),
    box(x - width / 2, y + away),
    box(x - width / 2, y - away - height),
  ];
}

const isInside = (box: Box, widthPx: number, heightPx: number) =>
  box.left >= 0 && box.top >= 0 && box.right <= widthPx && box.bottom <= heightPx;

const overlaps = (a: Box, b: Box) =>
  a.left < b.right + GAP_PX && b.left < a.right + GAP_PX && a.top < b.bottom + GAP_PX && b.top < a.bottom + GAP_PX;

const isTaken = (taken: ReadonlyMap<number, readonly Box[]>, box: Box) =>
  cellsOf(box).some((cell) => taken.get(cell)?.some((other) => overlaps(box, other)));

function occupy(taken: Map<number, Box[]>, box: Box): void {
  for (const cell of cellsOf(box)) taken.set(cell, [...(taken.get(cell) ?? []), box]);
}

function cellsOf(box: Box): readonly number[] {
  const cells: number[] = [];
  for (let row = Math.floor(box.top / CELL_PX); row <= Math.floor((box.bottom + GAP_PX) / CELL_PX); row++)
    for (let column = Math.floor(box.left / CELL_PX); column <= Math.floor((box.right + GAP_PX) / CELL_PX); column++)
      cells.push(row * 1000 + column);
  return cells;
}
