import { LEVELS, type Level } from "@picket/model";

/** Where a level stands in rising order; −1 for none. */
export const rankOf = (level: Level | undefined): number => (level === undefined ? -1 : LEVELS.indexOf(level));

/** The higher of two levels. */
export const higher = <A extends Level | undefined>(a: A, b: Level | undefined): A | Level =>
  b !== undefined && rankOf(b) > rankOf(a) ? b : a;

/** The lower of two levels. */
export const lower = (a: Level, b: Level): Level => (rankOf(a) < rankOf(b) ? a : b);

/** One step up; critical stays critical. */
export const raised = (level: Level): Level => LEVELS[rankOf(level) + 1] ?? level;

/** One step down; watch stays watch. */
export const lowered = (level: Level): Level => LEVELS[Math.max(0, rankOf(level) - 1)] ?? level;

/** Does the level sound? A watch is only shown. */
export const isLoud = (level: Level): boolean => rankOf(level) >= rankOf("caution");
