import { type GeoPoint, geodesicInverse, distanceM as groundDistanceM, isInArc, radFromDeg } from "@picket/geo";
import { type FieldMessage, type Frame, isCovering, type PersonId, type Sensor, type Warning } from "@picket/model";
import type { Surroundings } from "./picture.ts";

const NEARBY_M = 5000;
const MOST_NEARBY = 10;

const METRES_PER_DEGREE = 110_000;

/** False for what is certainly farther than {@link NEARBY_M}: a geodesic for every track and phone would cost more than the rest. */
const mayBeNear = (a: GeoPoint, b: GeoPoint): boolean => Math.abs(a.latDeg - b.latDeg) * METRES_PER_DEGREE < NEARBY_M;

/**
 * What one person's phone is told: own warnings, the nearest tracks around, and whether anything watches the air over them.
 * Undefined for who is not a person of the site.
 */
export function fieldMessage(
  frame: Frame,
  id: PersonId,
  warnings: readonly Warning[],
  { site, reality }: Surroundings,
): FieldMessage | undefined {
  const person = frame.persons.find((candidate) => candidate.id === id);
  if (!person) return undefined;
  const at = person.position;
  const nearby = !at
    ? []
    : frame.tracks
        .filter((track) => mayBeNear(at, track))
        .map((track) => ({ track, distanceM: groundDistanceM(at, track) }))
        .filter(({ distanceM }) => distanceM < NEARBY_M)
        .sort((a, b) => a.distanceM - b.distanceM)
        .slice(0, MOST_NEARBY)
        .map(({ track }) => ({
          id: track.id,
          latDeg: track.latDeg,
          lonDeg: track.lonDeg,
          courseDeg: ((Math.atan2(track.eastMps, track.northMps) * 180) / Math.PI + 360) % 360,
          speedMps: Math.hypot(track.eastMps, track.northMps),
          measuredMs: track.measuredMs,
          confirmed: track.confirmed,
        }));
  const working = new Set<string>(
    frame.sensors.filter(({ clockBad, state }) => state === "watching" && !clockBad).map((sensor) => sensor.id),
  );
  const isWatched =
    at !== undefined && site.sensors.some((sensor) => working.has(sensor.id) && isCovering(sensor) && looksOver(sensor, at));
  return {
    type: "field",
    nowMs: frame.nowMs,
    reality,
    person,
    warnings: [...warnings],
    heard: frame.heard.filter(({ person: around }) => around === id),
    nearby,
    notWatched: !isWatched,
  };
}

/** Does the sensor's field of view reach the ground at this place? */
function looksOver({ azimuthFromDeg = 0, azimuthToDeg = 360, latDeg, lonDeg, rangeMaxM }: Sensor, at: GeoPoint): boolean {
  const { bearingRad, distanceM } = geodesicInverse({ latDeg, lonDeg }, at);
  return distanceM <= rangeMaxM && isInArc(bearingRad, radFromDeg(azimuthFromDeg), radFromDeg(azimuthToDeg));
}
