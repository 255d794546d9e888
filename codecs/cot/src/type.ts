const AFFILIATIONS = {
  p: "pending",
  u: "unknown",
  a: "assumed-friend",
  f: "friend",
  n: "neutral",
  s: "suspect",
  h: "hostile",
  j: "joker",
  k: "faker",
} as const;
const DIMENSIONS = { P: "space", A: "air", G: "ground", S: "sea-surface", U: "subsurface", F: "special-operations" } as const;
const AIR_FUNCTIONS = {
  "rotary-wing-drone": "M-H-Q",
  "fixed-wing-drone": "M-F-Q",
  "rotary-wing": "M-H",
  "fixed-wing": "M-F",
  "lighter-than-air": "M-L",
  civil: "C",
} as const;

export type Affiliation = (typeof AFFILIATIONS)[keyof typeof AFFILIATIONS];
export type Dimension = (typeof DIMENSIONS)[keyof typeof DIMENSIONS];
export type AirClass = keyof typeof AIR_FUNCTIONS;

/**
 * What the type of an atom (`a-…`, a thing that is somewhere) says. `functionCode` is the rest, such as `M-H-Q`. What is not known to this
 * table is `undefined`: the sender's own letters stay in the type.
 */
export type AtomType = Readonly<{
  affiliation: Affiliation | undefined;
  dimension: Dimension | undefined;
  airClass: AirClass | undefined;
  functionCode: string;
}>;

/**
 * Reads an atom's type; `undefined` for every other: bits `b-…`, drawings `u-…`, tasking `t-…`.
 *
 * Departs: `a-.-A-M-H-R`, rotary wing, reconnaissance, is a rotary-wing drone, because DragonSync and others in the field write drones so.
 *
 * @source MIL-STD-2525B function codes, as CoT types use them.
 */
export function parseAtomType(type: string): AtomType | undefined {
  const [kind, affiliation = "", dimension = "", ...rest] = type.split("-");
  if (kind !== "a") return undefined;
  const functionCode = rest.join("-");
  return {
    affiliation: lookUp(AFFILIATIONS, affiliation),
    dimension: lookUp(DIMENSIONS, dimension),
    airClass: dimension === "A" ? readAirClass(functionCode) : undefined,
    functionCode,
  };
}

/** The type of something in the air, such as `a-u-A-M-H-Q`; without a class `a-u-A`. */
export function formatAirType(affiliation: Affiliation, airClass?: AirClass): string {
  const letter = Object.keys(AFFILIATIONS).find((key) => lookUp(AFFILIATIONS, key) === affiliation);
  return airClass === undefined ? `a-${letter}-A` : `a-${letter}-A-${AIR_FUNCTIONS[airClass]}`;
}

/**
 * Whether a type tasks somebody: `t-…` but for `t-x-…`, the network's own housekeeping (negotiation, ping, delete). Such a message may be
 * read; no encoder of this package writes one.
 */
export const isTasking = (type: string): boolean => /^t(-|$)/i.test(type) && !/^t-x(-|$)/i.test(type);

const lookUp = <T extends object>(table: T, key: string): T[keyof T] | undefined =>
  Object.hasOwn(table, key) ? table[key as keyof T] : undefined;

function readAirClass(functionCode: string): AirClass | undefined {
  if (begins(functionCode, "M-H-R")) return "rotary-wing-drone";
  for (const [airClass, code] of Object.entries(AIR_FUNCTIONS)) if (begins(functionCode, code)) return airClass as AirClass;
  return undefined;
}

const begins = (functionCode: string, code: string): boolean => functionCode === code || functionCode.startsWith(`${code}-`);
