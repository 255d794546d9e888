import type { DetailCell } from "./base-sources.ts";
import type { Bounds } from "./graticule.ts";

/** `cells.json` of the bundled base map. */
export type CellIndex = Readonly<{ degrees: number; cells: readonly string[] }>;

/** Never more cells than this at once, so that a wide view stays light. */
const MAX_CELLS = 12;

/** Names of the cells that a view touches, as far as they exist. Empty when the view is too wide to need them. */
export function cellsIn({ westDeg, southDeg, eastDeg, northDeg }: Bounds, { degrees, cells }: CellIndex): readonly string[] {
  const known = new Set(cells);
  const first = (value: number) => Math.floor(value / degrees) * degrees;
  const names: string[] = [];
  for (let lon = first(westDeg); lon <= eastDeg; lon += degrees)
    for (let lat = first(southDeg); lat <= northDeg; lat += degrees) {
      const name = `${wrapped(lon)}_${lat}`;
      if (known.has(name)) names.push(name);
    }
  return names.length > MAX_CELLS ? [] : names;
}

const wrapped = (lonDeg: number) => ((((lonDeg + 180) % 360) + 360) % 360) - 180;

/** Loads cells once each, and keeps the newest two dozen. */
export function createCellStore(
  load: (name: string) => Promise<DetailCell>,
): (names: readonly string[]) => Promise<readonly DetailCell[]> {
  const kept = new Map<string, Promise<DetailCell>>();
  return (names) => {
    const wanted = names.map((name) => {
      const cell = kept.get(name) ?? load(name);
      kept.delete(name);
      kept.set(name, cell);
      cell.catch(() => kept.delete(name));
      return cell;
    });
    for (const name of [...kept.keys()].slice(0, Math.max(0, kept.size - 2 * MAX_CELLS))) kept.delete(name);
    return Promise.all(wanted);
  };
}
