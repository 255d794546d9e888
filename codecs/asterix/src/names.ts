/** Such as `CAT048`. */
export const blockName = (category: number): string => `CAT${threeDigits(category)}`;

/** `I048/040` for `i040` of category 48. */
export const itemName = (category: number, key: string): string =>
  `I${threeDigits(category)}/${key.replace(/^i/, "").toUpperCase()}`;

const threeDigits = (category: number): string => String(category).padStart(3, "0");
