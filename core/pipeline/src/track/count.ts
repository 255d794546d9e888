import type { Tracked } from "./tracked.ts";

/** How many objects: about, and at the least. */
export type Count = Readonly<{ about: number; atLeast: number }>;

/**
 * How many objects these tracks are. Each is one, whether or not it can be told apart from others: that plots merge makes nothing fewer.
 * A group adds once what it holds beyond its tracks; and of what it surely holds, so many may be elsewhere as it has tracks elsewhere.
 */
export function countOf(tracks: readonly Pick<Tracked, "group">[]): Count {
  let [about, atLeast] = [tracks.length, tracks.length];
  for (const [leader, members] of Map.groupBy(tracks, ({ group }) => group?.leader)) {
    const group = members[0]?.group;
    if (leader === undefined || !group) continue;
    about += Math.max(0, group.about - group.tracks);
    atLeast += Math.max(1, group.atLeast - (group.tracks - members.length)) - members.length;
  }
  return { about, atLeast };
}
