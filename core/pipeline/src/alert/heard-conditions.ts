import { radFromDeg, wrapTurnRad } from "@picket/geo";
import { type HeardNear, leastReal, type Reality, type Trace } from "@picket/model";
import { phrase } from "../phrases.ts";
import { areaOf } from "../standing/areas.ts";
import type { Standing } from "../standing/standing.ts";
import { placeIn } from "../track/site-frame.ts";
import type { Picture } from "../track/track.ts";
import type { Condition } from "./condition.ts";

/** What one sensor hears and nobody can place: how often, and in what ring around it, if it says. Plain data. */
type Unplaced = { reality: Reality; lastMs: number; times: number; radiusM?: number; azimuthDeg?: number };
/** By sensor and reality. */
export type Heard = Map<string, Unplaced>;

/** Heard so often before it is told: one false sound is nobody. */
const LEAST_TIMES = 3;
/** And told until this long after it was last heard. */
const HOLD_MS = 60_000;
/** A track explains a bearing that points at it this well, or within three of the bearing's standard deviations. */
const EXPLAINED_DEG = 5;
/** A wider ring, such as all that a receiver can hear, says of nobody that it is near. */
const RING_MOST_M = 1000;
/** Of people within the ring: the standard deviations by which the own position may be wrong. */
const PLACE_SIGMAS = 2;

/** Takes in what is heard without a place and no track explains. A control link says where a pilot is, not what flies; it is left out. */
export function hearUnplaced(heard: Heard, picture: Picture, nowMs: number): void {
  for (const trace of picture.traces) {
    if (trace.emitter === "controller" || isExplained(trace, picture)) continue;
    const key = `${trace.reality}:${trace.sensor}`;
    const known = heard.get(key) ?? { reality: trace.reality, lastMs: Number.NEGATIVE_INFINITY, times: 0 };
    heard.set(key, known);
    if (trace.measuredMs < known.lastMs) continue;
    if (trace.measuredMs > known.lastMs) {
      known.lastMs = trace.measuredMs;
      known.times++;
      delete known.radiusM;
      delete known.azimuthDeg;
    }
    if (trace.azimuthDeg !== undefined) known.azimuthDeg = trace.azimuthDeg;
    else if (trace.rangeMaxM !== undefined) known.radiusM = trace.rangeMaxM;
  }
  for (const [key, { lastMs }] of heard) if (nowMs - lastMs > HOLD_MS) heard.delete(key);
}

/** Does a track of its reality lie where the trace says that something is? */
function isExplained({ sensor, reality, azimuthDeg, azimuthSigmaDeg = 0, rangeMaxM }: Trace, picture: Picture): boolean {
  const pose = picture.poses.get(sensor);
  if (!pose) return true;
  const mostM = rangeMaxM ?? pose.fieldOfView?.rangeMaxM ?? Number.POSITIVE_INFINITY;
  const withinRad = radFromDeg(Math.max(EXPLAINED_DEG, 3 * azimuthSigmaDeg));
  return picture.tracks.some(({ reality: own, state: { posEnuM } }) => {
    const [east, north] = [posEnuM[0] - pose.posEnuM[0], posEnuM[1] - pose.posEnuM[1]];
    if (own !== reality || east * east + north * north > mostM * mostM) return false;
    if (azimuthDeg === undefined) return true;
    const offRad = wrapTurnRad(Math.atan2(east, north) - radFromDeg(azimuthDeg));
    return Math.min(offRad, 2 * Math.PI - offRad) <= withinRad;
  });
}

/** One row per sensor: a watch, and a caution that sounds where a protected person or zone is within the ring. */
export function heardConditions(heard: Heard, standing: Standing, picture: Picture): Condition[] {
  return [...heard].flatMap(([key, { reality, times, radiusM, azimuthDeg }]) => {
    const sensor = standing.site.sensors.find(({ id }) => key === `${reality}:${id}`);
    if (!sensor || times < LEAST_TIMES) return [];
    const named = { sensor: sensor.name };
    const within =
      radiusM === undefined || radiusM > RING_MOST_M
        ? []
        : [
            ...peopleWithin(sensor, radiusM, standing, picture).map(({ name }) =>
              phrase("reason.heardAroundPerson", { person: name }),
            ),
            ...zonesWithin(sensor, radiusM, standing),
          ];
    const where =
      radiusM !== undefined
        ? [phrase("reason.heardWithin", { ...named, radiusM })]
        : azimuthDeg === undefined
          ? []
          : [phrase("reason.heardBearing", { ...named, bearingDeg: azimuthDeg })];
    return [
      {
        key: `heard:${key}`,
        category: "air" as const,
        kind: "possibleDrone" as const,
        level: within.length > 0 ? ("caution" as const) : ("watch" as const),
        reality: leastReal(reality, sensor.reality ?? reality),
        title: phrase("alert.heardUnplaced", named),
        reasons: [...where, ...within].slice(0, 16),
        refutedBy: [phrase("refute.watchedBySensor", {})],
        tracks: [],
        sensor: sensor.id,
        place: { latDeg: sensor.latDeg, lonDeg: sensor.lonDeg },
      },
    ];
  });
}

/** Every protected person within such a ring: no warning, for nothing is known to come, but what a person would want to hear of. */
export const heardNear = (heard: Heard, standing: Standing, picture: Picture): HeardNear[] =>
  [...heard].flatMap(([key, { reality, times, radiusM }]) => {
    const sensor = standing.site.sensors.find(({ id }) => key === `${reality}:${id}`);
    if (!sensor || times < LEAST_TIMES || radiusM === undefined || radiusM > RING_MOST_M) return [];
    const about = { sensor: sensor.id, name: sensor.name, radiusM, reality: leastReal(reality, sensor.reality ?? reality) };
    return peopleWithin(sensor, radiusM, standing, picture).map(({ id }) => ({ person: id, ...about }));
  });

type At = Readonly<{ latDeg: number; lonDeg: number }>;

const peopleWithin = (at: At, radiusM: number, { persons }: Standing, { site }: Picture) =>
  persons.filter(({ position }) => {
    if (!position) return false;
    const [[ae, an], [be, bn]] = [placeIn(site, at, site.groundM), placeIn(site, position, site.groundM)];
    const reachM = radiusM + PLACE_SIGMAS * position.sigmaM;
    return (ae - be) * (ae - be) + (an - bn) * (an - bn) <= reachM * reachM;
  });

const zonesWithin = (at: At, radiusM: number, { site }: Standing) =>
  site.zones
    .filter(
      ({ purpose, shape }) =>
        purpose === "protected" && (areaOf(shape)?.signedDistance(at).distanceM ?? Number.POSITIVE_INFINITY) <= radiusM,
    )
    .map(({ name }) => phrase("reason.heardAroundZone", { zone: name }));
