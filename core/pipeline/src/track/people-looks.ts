import { createLocalFrame, radFromDeg, rotationBetween } from "@picket/geo";
import type { Sighting } from "@picket/model";
import type { TrackerDetection, TrackerLook, TrackerSensor } from "@picket/tracker";
import { placeIn, rss, type SiteFrame } from "./site-frame.ts";

/** The newest observers who gave a bearing, as sensors of the tracker; a ring of slots, so that they stay few. Plain data. */
export type Observers = { slots: TrackerSensor[]; next: number };
export const newObservers = (): Observers => ({ slots: [], next: 0 });

const OBSERVERS_KEPT = 16;
/** Eyes see a small drone about so far, and miss nearly all that they are not turned to. */
const EYES_RANGE_M = 2000;
const EYES_DETECTION = 0.05;
const BEARING_SIGMA_DEG = 10;
/** An observer's own place errs the bearing to something about this far. */
const TYPICAL_DISTANCE_M = 500;

/** What an untrained person's word on the kind is worth. */
const LOOKS_LIKE: Readonly<Record<NonNullable<Sighting["looks"]>, TrackerDetection["classLikelihoods"]>> = {
  multirotor: { multirotor: 0.6, fixedWing: 0.2, bird: 0.2, mannedAircraft: 0.1, balloon: 0.3, other: 0.3 },
  fixedWing: { multirotor: 0.2, fixedWing: 0.6, bird: 0.4, mannedAircraft: 0.4, balloon: 0.1, other: 0.3 },
  helicopter: { multirotor: 0.4, fixedWing: 0.2, bird: 0.1, mannedAircraft: 0.6, balloon: 0.1, other: 0.3 },
  unsure: {},
};

/** A sighting with a bearing as a look of somebody's eyes: it may sustain a track, and never makes one. `undefined` without a bearing. */
export function lookOfSighting(
  observers: Observers,
  sighting: Sighting,
  receivedMs: number,
  site: SiteFrame,
): TrackerLook | undefined {
  const { bearingDeg, bearingSigmaDeg = BEARING_SIGMA_DEG, elevationDeg, placeSigmaM, looks } = sighting;
  if (bearingDeg === undefined) return undefined;
  const sensor = observerAt(`people-${observers.next}`, sighting, site);
  observers.slots[observers.next] = sensor;
  observers.next = (observers.next + 1) % OBSERVERS_KEPT;
  const sigmaRad = rss(radFromDeg(bearingSigmaDeg), Math.atan2(placeSigmaM, TYPICAL_DISTANCE_M));
  return {
    sensor: sensor.id,
    measuredMs: sighting.seenMs,
    measuredSigmaMs: sighting.seenSigmaMs,
    receivedMs,
    detections: [
      {
        measurement: {
          kind: "bearing",
          azimuthRad: radFromDeg(bearingDeg),
          azimuthSigmaRad: sigmaRad,
          ...(elevationDeg !== undefined && { elevationRad: radFromDeg(elevationDeg), elevationSigmaRad: 2 * sigmaRad }),
        },
        ...(looks && { classLikelihoods: LOOKS_LIKE[looks] ?? {} }),
      },
    ],
  };
}

function observerAt(id: string, { latDeg, lonDeg }: Sighting, site: SiteFrame): TrackerSensor {
  const own = createLocalFrame({ latDeg, lonDeg, altHaeM: site.groundM });
  return {
    id,
    posEnuM: placeIn(site, { latDeg, lonDeg }, site.groundM),
    toSite: rotationBetween(own, site.frame),
    detectionProbability: EYES_DETECTION,
    fieldOfView: {
      rangeMinM: 0,
      rangeMaxM: EYES_RANGE_M,
      azimuthFromRad: 0,
      azimuthToRad: 2 * Math.PI,
      elevationMinRad: -Math.PI / 2,
      elevationMaxRad: Math.PI / 2,
    },
  };
}
