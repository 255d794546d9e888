import type { Tracked } from "../track/tracked.ts";

/** How many objects fly together, for each track that does. */
export type Swarms = ReadonlyMap<string, Readonly<{ about: number; atLeast: number }>>;

/** Five or more that fly near each other, the same way, are coordinated. */
const SWARM_LEAST = 5;
const NEAR_M = 200;
const SAME_MPS = 6;

/**
 * Groups of five or more tracks that are near their neighbours and move alike, by union of neighbours on a grid. A track that stands
 * for an unresolved group counts for as many as it is said to hold.
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
  const sizes = new Map<number, { about: number; atLeast: number }>();
  tracks.forEach(({ state: { group } }, i) => {
    const size = sizes.get(root(i)) ?? { about: 0, atLeast: 0 };
    sizes.set(root(i), { about: size.about + (group?.about ?? 1), atLeast: size.atLeast + (group?.atLeast ?? 1) });
  });
  const swarms = new Map<string, { about: number; atLeast: number }>();
  tracks.forEach(({ id }, i) => {
    const size = sizes.get(root(i));
    if (size && size.about >= SWARM_LEAST) swarms.set(id, size);
  });
  return swarms;
}

function fliesWith({ state: a }: Tracked, { state: b }: Tracked): boolean {
  const east = a.posEnuM[0] - b.posEnuM[0];
  const north = a.posEnuM[1] - b.posEnuM[1];
  const ve = a.velEnuMps[0] - b.velEnuMps[0];
  const vn = a.velEnuMps[1] - b.velEnuMps[1];
  return east * east + north * north <= NEAR_M * NEAR_M && ve * ve + vn * vn <= SAME_MPS * SAME_MPS;
}
