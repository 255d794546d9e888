import { type Count, countOf } from "../track/count.ts";
import type { Tracked } from "../track/tracked.ts";

/** How many objects fly together, for each track that does. */
export type Swarms = ReadonlyMap<string, Count>;

/** Five or more that fly near each other, the same way, are coordinated. */
const SWARM_LEAST = 5;
const NEAR_M = 200;
const SAME_MPS = 6;

/**
 * Five or more that are near their neighbours and move alike, by union of neighbours on a grid. Those that cannot be told apart count for
 * as many as they are said to be.
 */
export function findSwarms(tracks: readonly Tracked[]): Swarms {
  const parent = tracks.map((_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) at = parent[at] as number;
    return at;
  };
  const cells = new Map<string, number[]>();
  const cellOf = (metres: number) => Math.floor(metres / NEAR_M);
  tracks.forEach(({ reality, state: { posEnuM } }, i) => {
    const column = cellOf(posEnuM[0]);
    const row = cellOf(posEnuM[1]);
    for (let dc = -1; dc <= 1; dc++)
      for (let dr = -1; dr <= 1; dr++)
        for (const j of cells.get(`${reality}:${column + dc}:${row + dr}`) ?? [])
          if (fliesWith(tracks[i] as Tracked, tracks[j] as Tracked)) {
            const [a, b] = [root(i), root(j)];
            parent[Math.max(a, b)] = Math.min(a, b);
          }
    const key = `${reality}:${column}:${row}`;
    const cell = cells.get(key);
    if (cell) cell.push(i);
    else cells.set(key, [i]);
  });
  const swarms = new Map<string, Count>();
  for (const together of Map.groupBy(tracks.keys(), root).values()) {
    const own = together.map((i) => tracks[i] as Tracked);
    const size = countOf(own);
    if (size.about >= SWARM_LEAST) for (const { id } of own) swarms.set(id, size);
  }
  return swarms;
}

function fliesWith({ state: a }: Tracked, { state: b }: Tracked): boolean {
  const east = a.posEnuM[0] - b.posEnuM[0];
  const north = a.posEnuM[1] - b.posEnuM[1];
  const ve = a.velEnuMps[0] - b.velEnuMps[0];
  const vn = a.velEnuMps[1] - b.velEnuMps[1];
  return east * east + north * north <= NEAR_M * NEAR_M && ve * ve + vn * vn <= SAME_MPS * SAME_MPS;
}
