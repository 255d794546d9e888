import type { Declaration } from "./parse-declarations.ts";

/** What the table says of a serial number: one make and model, several where declarations differ, or none. */
export type DeclaredSerials = { of(serial: string): readonly Declaration[] };

/** More differing declarations of one serial number are not told. */
const MOST_ANSWERS = 3;
const CODE_LENGTH = 4;
const LONGEST_SERIAL = 20;

type Range = Readonly<{ first: string; last: string; sharp: number; declaration: Declaration }>;

/**
 * Looks serial numbers up. What names a number most closely counts alone: the number itself before a range or prefix, and of those the
 * one with more characters in common.
 */
export function createDeclaredSerials(declarations: readonly Declaration[]): DeclaredSerials {
  const serials = new Map<string, Declaration[]>();
  const prefixes = new Map<string, Declaration[]>();
  /** By length and manufacturer: a range has one of either. */
  const ranges = new Map<string, Range[]>();
  for (const declaration of declarations) {
    const { rule } = declaration;
    if (rule.kind === "serial") push(serials, rule.serial, declaration);
    else if (rule.kind === "prefix") push(prefixes, rule.prefix, declaration);
    else push(ranges, familyOf(rule.first), { ...rule, sharp: sharedLength(rule.first, rule.last), declaration });
  }

  const nearest = (serial: string): readonly Declaration[] => {
    const exact = serials.get(serial);
    if (exact) return exact;
    const around = (ranges.get(familyOf(serial)) ?? []).filter(({ first, last }) => first <= serial && serial <= last);
    const sharpest = around.reduce((most, { sharp }) => Math.max(most, sharp), 0);
    for (let length = Math.min(serial.length, LONGEST_SERIAL); length > sharpest; length--) {
      const named = prefixes.get(serial.slice(0, length));
      if (named) return named;
    }
    return around.filter(({ sharp }) => sharp === sharpest).map(({ declaration }) => declaration);
  };

  return {
    of(serial) {
      const answers = new Map<string, Declaration>();
      for (const declaration of nearest(serial.toUpperCase())) {
        const name = `${declaration.make}\n${declaration.model}`;
        if (answers.size < MOST_ANSWERS && !answers.has(name)) answers.set(name, declaration);
      }
      return [...answers.values()];
    },
  };
}

const familyOf = (serial: string): string => `${serial.length} ${serial.slice(0, CODE_LENGTH)}`;

function sharedLength(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return i;
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
