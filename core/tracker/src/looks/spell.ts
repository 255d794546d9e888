/** How often something happened in one spell, and from when to when, by the clock of arrivals. */
export type Spell = Readonly<{ count: number; sinceMs: number; lastMs: number }>;

/** What happens again after a longer pause begins a spell of its own: a figure never sums up what is long over. */
const PAUSE_MS = 600_000;

/** The spell with `count` more at `atMs`; a new one when there was none, or none lately. */
export function prolong(spell: Spell | undefined, atMs: number, count = 1): Spell {
  if (spell === undefined || atMs - spell.lastMs > PAUSE_MS) return { count, sinceMs: atMs, lastMs: atMs };
  return {
    count: spell.count + count,
    sinceMs: Math.min(spell.sinceMs, atMs),
    lastMs: Math.max(spell.lastMs, atMs),
  };
}
