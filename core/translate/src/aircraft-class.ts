import type { ClassLikelihoods } from "@picket/model";

/** What an aircraft's own word on itself says of its class. */
export type AircraftKind = Readonly<{ isUav: boolean; isKnown: boolean; speedMps: number | undefined; altM: number | undefined }>;

/** No small drone flies so fast: whatever does is something else, and the radar plots it explains, which must be as fast, are too. */
const FASTER_THAN_DRONES_MPS = 75;
/** Nor so high; but no radar plot need agree with a height that somebody tells. */
const HIGHER_THAN_DRONES_M = 3000;
/** What is said again is the same evidence again: of one aircraft it counts once in so long. */
export const CLASS_EVIDENCE_EVERY_MS = 20_000;

const UAV: ClassLikelihoods = { multirotor: 0.45, fixedWing: 0.45, bird: 0.01, mannedAircraft: 0.02, balloon: 0.02, other: 0.05 };
const SURELY_MANNED: ClassLikelihoods = {
  multirotor: 0.005,
  fixedWing: 0.02,
  bird: 0.005,
  mannedAircraft: 0.95,
  balloon: 0.005,
  other: 0.015,
};
const LIKELY_MANNED: ClassLikelihoods = {
  multirotor: 0.06,
  fixedWing: 0.1,
  bird: 0.01,
  mannedAircraft: 0.75,
  balloon: 0.03,
  other: 0.05,
};

/**
 * Class likelihoods of a detection by ADS-B. An unmanned aircraft that says so is one. What is faster than any small drone is manned.
 * Slower, its word is evidence if it tells a great height, an ICAO address or a category (`isKnown`), but once in
 * {@link CLASS_EVIDENCE_EVERY_MS}, because a drone may carry a transponder too: `isDue` says whether it is time again. `undefined` means
 * no evidence.
 */
export function classOf({ isUav, isKnown, speedMps = 0, altM = 0 }: AircraftKind, isDue: boolean): ClassLikelihoods | undefined {
  if (isUav) return UAV;
  if (speedMps >= FASTER_THAN_DRONES_MPS) return SURELY_MANNED;
  return (isKnown || altM >= HIGHER_THAN_DRONES_M) && isDue ? LIKELY_MANNED : undefined;
}
