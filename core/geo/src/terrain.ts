import { geodesicInverse, pointsAlong } from "./geodesic.ts";
import { geoidHeight } from "./geoid.ts";
import type { Terrain } from "./height.ts";
import type { GeoPosition } from "./wgs84.ts";

/**
 * Whether terrain hides one point from another. `clearanceM` is the least height of the ray above the ground; `atM` is how far from
 * the sensor the ground first rises into the ray and `byM` how far above it the ground is there. Where no terrain is loaded, or it has
 * gaps on the way and no known part blocks, the terrain is not considered: that is not "visible".
 */
export type LineOfSight =
  | Readonly<{ kind: "visible"; clearanceM: number }>
  | Readonly<{ kind: "blocked"; atM: number; byM: number }>
  | Readonly<{ kind: "terrain-not-considered" }>;

/** Standard refraction bends radio rays as if the earth's radius were 4/3 of its own. @source ITU-R P.834-9, sec. 4. */
export const REFRACTION_FACTOR = 4 / 3;
const EFFECTIVE_RADIUS_M = REFRACTION_FACTOR * 6_371_009;
const MAX_SAMPLES = 5000;

/**
 * Follows the ray from `sensor` to `target` over the 4/3 earth and compares it with the ground every `stepM` metres (90 when absent, more
 * when that would be over 5,000 samples). The ends themselves are not compared: an antenna may stand lower than a coarse raster's hill.
 *
 * @source Skolnik, "Introduction to Radar Systems" 3rd ed. (2001), ch. 8; ray height h = h1 + (h2 − h1) d/D − d (D − d) / 2kR.
 */
export function lineOfSight(sensor: GeoPosition, target: GeoPosition, terrain: Terrain | undefined, stepM = 90): LineOfSight {
  if (!terrain) return { kind: "terrain-not-considered" };
  const { distanceM } = geodesicInverse(sensor, target);
  const steps = Math.min(MAX_SAMPLES, Math.max(2, Math.ceil(distanceM / stepM)));
  let clearanceM = Number.POSITIVE_INFINITY;
  let hasGap = false;
  for (const [i, { latDeg, lonDeg }] of pointsAlong(sensor, target, steps).entries()) {
    const part = (i + 1) / steps;
    const alongM = distanceM * part;
    const groundM = groundHaeM(terrain, latDeg, lonDeg);
    if (groundM === undefined) {
      hasGap = true;
      continue;
    }
    const sagM = (alongM * (distanceM - alongM)) / (2 * EFFECTIVE_RADIUS_M);
    const rayM = sensor.altHaeM + (target.altHaeM - sensor.altHaeM) * part - sagM;
    if (groundM >= rayM) return { kind: "blocked", atM: alongM, byM: groundM - rayM };
    clearanceM = Math.min(clearanceM, rayM - groundM);
  }
  return hasGap ? { kind: "terrain-not-considered" } : { kind: "visible", clearanceM };
}

/**
 * How far a radar sees a target over smooth ground: √(2kR h1) + √(2kR h2), metres, of the heights of antenna and target above that
 * ground; a height below it counts as 0.
 *
 * @source Skolnik (2001), ch. 8.
 */
export const radarHorizonM = (antennaAglM: number, targetAglM: number): number =>
  Math.sqrt(2 * EFFECTIVE_RADIUS_M * Math.max(0, antennaAglM)) + Math.sqrt(2 * EFFECTIVE_RADIUS_M * Math.max(0, targetAglM));

function groundHaeM(terrain: Terrain, latDeg: number, lonDeg: number): number | undefined {
  const ground = terrain(latDeg, lonDeg);
  if (ground?.reference === "hae") return ground.valueM;
  if (ground?.reference === "msl") return ground.valueM + geoidHeight(latDeg, lonDeg).undulationM;
  return undefined;
}
