import { CAT010_1_1 } from "./cat010-table.ts";
import { CAT015_1_2 } from "./cat015-table.ts";
import { CAT020_1_11 } from "./cat020-table.ts";
import { CAT021_2_6, CAT021_2_7 } from "./cat021-table.ts";
import { CAT034_1_29 } from "./cat034-table.ts";
import { CAT048_1_32 } from "./cat048-table.ts";
import { CAT062_1_20, CAT062_1_21 } from "./cat062-table.ts";
import { CAT063_1_7 } from "./cat063-table.ts";
import { CAT065_1_6 } from "./cat065-table.ts";
import { CAT129_1_2 } from "./cat129-table.ts";
import type { Decoded, Draft } from "./shape.ts";
import type { Category } from "./table.ts";

/** The categories this package reads and writes, each in its newest edition. */
export const CATEGORIES = {
  10: CAT010_1_1,
  15: CAT015_1_2,
  20: CAT020_1_11,
  21: CAT021_2_7,
  34: CAT034_1_29,
  48: CAT048_1_32,
  62: CAT062_1_21,
  63: CAT063_1_7,
  65: CAT065_1_6,
  129: CAT129_1_2,
} as const;

export type CategoryNumber = keyof typeof CATEGORIES;

/** What the items of a category decode to, in its newest edition: older ones have no item or field beyond it. */
export type Items<N extends CategoryNumber> = Decoded<(typeof CATEGORIES)[N]>;
/** What a record of a category is encoded from. */
export type ItemsDraft<N extends CategoryNumber> = Draft<(typeof CATEGORIES)[N]>;

const EDITIONS: readonly Category[] = [CAT021_2_6, CAT062_1_20, ...Object.values(CATEGORIES)];

/** The newest edition of a category. Throws RangeError for a number that has no table. */
export function newestEdition(category: number): string {
  const table = Object.values(CATEGORIES).find((candidate) => candidate.category === category);
  if (!table) throw new RangeError(`Categories are ${Object.keys(CATEGORIES).join(", ")}, got ${category}`);
  return table.edition;
}

/** The table of one edition. Throws RangeError, naming those there are, for another. */
export function findEdition(category: number, edition: string): Category {
  const ofCategory = EDITIONS.filter((table) => table.category === category);
  const found = ofCategory.find((table) => table.edition === edition);
  if (found) return found;
  const known = ofCategory.map((table) => table.edition).join(", ") || "none";
  throw new RangeError(`Editions of category ${category} are ${known}, got ${edition}`);
}
