import type { Command } from "@picket/model";
import { dropOldest } from "../bounded.ts";

/** Ids of the commands that were taken, oldest first. */
export type SeenCommands = Map<string, true>;

/** The oldest ids beyond this many are forgotten: at one command a second, more than two hours of repeats are recognised. */
const SEEN_LIMIT = 10_000;

/** Takes a command the first time its id comes; false for every repeat. */
export function takeOnce(seen: SeenCommands, { id }: Command): boolean {
  if (seen.has(id)) return false;
  seen.set(id, true);
  dropOldest(seen, SEEN_LIMIT);
  return true;
}
