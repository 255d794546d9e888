import { createLocalFrame, radFromDeg, rotationBetween } from "@picket/geo";
import type { Sensor, SensorKind } from "@picket/model";
import type { TrackerSensor } from "@picket/tracker";
import { frameHeight, placeIn, type SiteFrame } from "./site-frame.ts";

/** What a sheet that says nothing is taken to mean, by kind. Detection probabilities are per look at a small drone in view. */
const DEFAULT_DETECTION: Readonly<Record<SensorKind, number>> = {
  radar: 0.8,
  directionFinder: 0.5,
  acoustic: 0.5,
  camera: 0.6,
  remoteId: 0.5,
  adsb: 0.5,
  people: 0.05,
  other: 0.5,
};
/** A sensor with a revisit time is silent after this many missed revisits, and never sooner than the floor. */
const SILENT_REVISITS = 5;
const SILENT_FLOOR_MS = 5000;
const LONGEST_NODE_SILENCE_MS = 60_000;

/**
 * How often a sensor looks around. A receiver of broadcasts does not, whatever its sheet says: what it hears is no look at all the others, and
 * while nobody broadcasts it has nothing to say.
 */
export const ownRevisitMs = ({ kind, covers = false, revisitMs }: Sensor): number | undefined =>
  covers || (kind !== "remoteId" && kind !== "adsb") ? revisitMs : undefined;

/**
 * Silence longer than this is an alarm; `undefined` for a sensor that may be quiet by nature. One that promised to speak so often, and is
 * not configured otherwise, is taken at its word; a SAPIENT node must speak by itself before it has promised anything.
 */
export function silentAfterMs(sensor: Sensor, promisedMs?: number): number | undefined {
  const { silentAfterMs: stated, sapient } = sensor;
  const spoken = stated ?? promisedMs;
  const revisitMs = ownRevisitMs(sensor);
  if (spoken !== undefined) return spoken;
  if (revisitMs !== undefined) return Math.max(SILENT_FLOOR_MS, SILENT_REVISITS * revisitMs);
  return sapient && LONGEST_NODE_SILENCE_MS;
}

/** The sensor's pose in the site's frame, through ECEF, and its sheet in radians. A sensor of unknown height stands on the ground. */
export function toTrackerSensor(sensor: Sensor, site: SiteFrame): TrackerSensor {
  const heightM = (sensor.height && frameHeight(site, sensor.height, sensor)?.heightM) ?? site.groundM;
  const revisitMs = ownRevisitMs(sensor);
  const own = createLocalFrame({ latDeg: sensor.latDeg, lonDeg: sensor.lonDeg, altHaeM: heightM });
  return {
    id: sensor.id,
    posEnuM: placeIn(site, sensor, heightM),
    toSite: rotationBetween(own, site.frame),
    northing: `${sensor.northReference ?? "true"} ${sensor.headingOffsetDeg ?? 0}`,
    detectionProbability: sensor.detectionProbability ?? DEFAULT_DETECTION[sensor.kind],
    ...(revisitMs !== undefined && { revisitMs }),
    ...(sensor.clutterPerLook !== undefined && { clutterPerLook: sensor.clutterPerLook }),
    fieldOfView: {
      rangeMinM: sensor.rangeMinM ?? 0,
      rangeMaxM: sensor.rangeMaxM,
      azimuthFromRad: radFromDeg(sensor.azimuthFromDeg ?? 0),
      azimuthToRad: radFromDeg(sensor.azimuthToDeg ?? 360),
      elevationMinRad: radFromDeg(sensor.elevationMinDeg ?? -90),
      elevationMaxRad: radFromDeg(sensor.elevationMaxDeg ?? 90),
    },
    ...(sensor.resolution && {
      resolution: {
        rangeM: sensor.resolution.rangeM,
        azimuthRad: radFromDeg(sensor.resolution.azimuthDeg),
        elevationRad: radFromDeg(sensor.resolution.elevationDeg),
        parts: "byWidth",
      },
    }),
    ...(sensor.notch && { notch: { belowMps: sensor.notch.belowMps, pD: sensor.notch.detectionProbability } }),
    ...(sensor.shadows && {
      shadows: sensor.shadows.map((shadow) => ({
        azimuthFromRad: radFromDeg(shadow.azimuthFromDeg),
        azimuthToRad: radFromDeg(shadow.azimuthToDeg),
        rangeFromM: shadow.rangeFromM,
        rangeToM: shadow.rangeToM,
        elevationBelowRad: radFromDeg(shadow.elevationBelowDeg),
      })),
    }),
  };
}
