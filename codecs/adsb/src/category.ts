/** The emitter categories of ADS-B, by their letter and number. `uav` is B6. */
export type EmitterCategory =
  | "light"
  | "small"
  | "large"
  | "high-vortex-large"
  | "heavy"
  | "high-performance"
  | "rotorcraft"
  | "glider"
  | "lighter-than-air"
  | "parachutist"
  | "ultralight"
  | "uav"
  | "space-vehicle"
  | "emergency-vehicle"
  | "service-vehicle"
  | "obstacle"
  | `reserved-${string}`;

const NAMES: ReadonlyMap<string, EmitterCategory> = new Map([
  ["A1", "light"],
  ["A2", "small"],
  ["A3", "large"],
  ["A4", "high-vortex-large"],
  ["A5", "heavy"],
  ["A6", "high-performance"],
  ["A7", "rotorcraft"],
  ["B1", "glider"],
  ["B2", "lighter-than-air"],
  ["B3", "parachutist"],
  ["B4", "ultralight"],
  ["B6", "uav"],
  ["B7", "space-vehicle"],
  ["C1", "emergency-vehicle"],
  ["C2", "service-vehicle"],
  ["C3", "obstacle"],
  ["C4", "obstacle"],
  ["C5", "obstacle"],
]);

/**
 * The name of a category. A0, B0, C0 and D0 say that there is no information; other codes are reserved.
 *
 * @source RTCA DO-260B 2.2.3.2.5.2, Aircraft Identification and Category.
 */
export function categoryOf(code: string): EmitterCategory | undefined {
  if (code[1] === "0") return undefined;
  return NAMES.get(code) ?? `reserved-${code}`;
}

export const isCategoryCode = (code: string): boolean => /^[A-D][0-7]$/.test(code);

const VEHICLES: ReadonlySet<string> = new Set<EmitterCategory>(["emergency-vehicle", "service-vehicle", "obstacle"]);

/** A vehicle or fixed thing on the ground: it flies never, whatever it says of its altitude. */
export const isSurfaceCategory = (category: EmitterCategory | undefined): boolean => VEHICLES.has(category ?? "");
