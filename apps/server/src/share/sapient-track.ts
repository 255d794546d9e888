import { convertHeight, radFromDeg } from "@picket/geo";
import type { AssessedTrack, Ellipse } from "@picket/model";
import { type DetectionReport, isUlid, type Location } from "@picket/sapient";
import { eastNorthSigmas } from "./ellipse-extent.ts";
import type { ReleasedPicture } from "./release.ts";
import { thingId } from "./sapient-ids.ts";
import type { ShareWords } from "./share-words.ts";

type Report = Omit<DetectionReport, "reportId">;
type Classification = NonNullable<DetectionReport["classification"]>[number];

const METRES_PER_DEGREE = 111_320;
/** How far ahead a track's place is predicted, of those predictions that there are. */
const PREDICTED_MS = 10_000;
/** Sensors that saw it within this are named. */
const SEEN_LATELY_MS = 10_000;

export const trackObjectId = (
  { site }: Pick<ReleasedPicture, "site">,
  { id, firstMs }: Pick<AssessedTrack, "id" | "firstMs">,
): string => thingId(site.id, id, firstMs);

/**
 * A track as a detection report: its object id stays, its place and speed carry their errors, each class its probability of at least
 * `leastClass`. What is not live says so in `state` and in words.
 */
export function trackReport(track: AssessedTrack, picture: ReleasedPicture, words: ShareWords, leastClass: number): Report {
  const { eastMps, northMps, upMps, speedSigmaMps, existence, reality, identities, assessment } = track;
  const ahead = track.predictions.find(({ atMs }) => atMs >= picture.nowMs + PREDICTED_MS) ?? track.predictions.at(-1);
  const [identity] = identities;
  return {
    objectId: trackObjectId(picture, track),
    ...(reality !== "live" && { state: reality }),
    location: { ...placeOf(track), ...heightOf(track) },
    detectionConfidence: existence,
    trackInfo: [{ type: "sensors", value: sensorsOf(track, picture) }],
    ...(ahead && { predictionLocation: { location: placeOf(ahead), predictedTimestamp: ahead.atMs } }),
    objectInfo: infoOf(track, words),
    classification: classesOf(track, leastClass),
    ...associatedOf(track, picture),
    ...(assessment.behaviours.length > 0 && { behaviour: assessment.behaviours.map((type) => ({ type })) }),
    enuVelocity: {
      eastRate: eastMps,
      northRate: northMps,
      ...(upMps !== undefined && { upRate: upMps }),
      eastRateError: speedSigmaMps,
      northRateError: speedSigmaMps,
    },
    ...(identity && { id: identity.claim.value }),
  };
}

/** The last word on a track that is no longer there: the same object, lost, at its last place. */
export const lostReport = ({ objectId, location, objectInfo }: Report): Report => ({
  objectId,
  state: "lost",
  ...(location && { location }),
  detectionConfidence: 0,
  ...(objectInfo && { objectInfo }),
});

/** Errors are those of the ellipse to the east and to the north, in degrees as the coordinates are. */
function placeOf({ latDeg, lonDeg, ellipse }: Readonly<{ latDeg: number; lonDeg: number; ellipse: Ellipse }>): Location {
  const [eastM, northM] = eastNorthSigmas(ellipse);
  return {
    x: lonDeg,
    y: latDeg,
    xError: eastM / (METRES_PER_DEGREE * Math.cos(radFromDeg(latDeg))),
    yError: northM / METRES_PER_DEGREE,
    coordinateSystem: "LAT_LNG_DEG_M",
    datum: "WGS84_E",
  };
}

/** A height that cannot be told above the ellipsoid is unknown. */
function heightOf({ latDeg, lonDeg, height }: AssessedTrack): Pick<Location, "z" | "zError"> {
  const above = height && convertHeight(height, "hae", { latDeg, lonDeg }, {});
  return above ? { z: above.valueM, zError: above.sigmaM } : {};
}

function sensorsOf(track: AssessedTrack, { site }: ReleasedPicture): string {
  const names = new Map<string, string>(site.sensors.map(({ id, name }) => [id, name]));
  return latelyOf(track)
    .map(({ sensor }) => names.get(sensor) ?? sensor)
    .join(", ");
}

/** Which node's object of late each node's part of the track is of, where it is a node that tells it: the track descends from these. */
function associatedOf(track: AssessedTrack, { site }: ReleasedPicture): Pick<Report, "associatedDetection"> {
  const nodes = new Map<string, string | undefined>(site.sensors.map(({ id, sapient }) => [id, sapient?.nodeId]));
  const associatedDetection = latelyOf(track).flatMap(({ sensor, lastMs: timestamp, object: objectId }) => {
    const nodeId = nodes.get(sensor);
    return nodeId !== undefined && objectId !== undefined && isUlid(objectId)
      ? [{ timestamp, nodeId, objectId, associationType: "PARENT" as const }]
      : [];
  });
  return associatedDetection.length > 0 ? { associatedDetection } : {};
}

const latelyOf = ({ contributions, measuredMs }: AssessedTrack): AssessedTrack["contributions"] =>
  contributions.filter(({ lastMs }) => measuredMs - lastMs <= SEEN_LATELY_MS);

function infoOf({ reality, affiliation, group, confirmed }: AssessedTrack, words: ShareWords): NonNullable<Report["objectInfo"]> {
  const quality = `${confirmed ? "" : `${words.say("notConfirmed")} `}${words.say("notForEngagement")}`;
  return [
    { type: "reality", value: reality },
    { type: "affiliation", value: affiliation },
    { type: "quality", value: quality },
    ...(group ? [{ type: "count", value: words.say("groupOf", { about: group.about, atLeast: group.atLeast }) }] : []),
  ];
}

/** By the taxonomy of BSI Flex 335. Manned aircraft and balloons are air vehicles of which it cannot be told which kind. */
function classesOf({ classes }: AssessedTrack, least: number): Classification[] {
  const { multirotor, fixedWing, bird, mannedAircraft, balloon, other } = classes;
  const wings = [
    { type: "UAV Rotary Wing", level: 1, confidence: multirotor },
    { type: "UAV Fixed Wing", level: 1, confidence: fixedWing },
  ].filter(({ confidence }) => confidence >= least);
  const air = { type: "Air Vehicle", confidence: Math.min(1, multirotor + fixedWing + mannedAircraft + balloon) };
  const all: Classification[] = [
    { ...air, ...(wings.length > 0 && { subClass: wings }) },
    { type: "Animal", confidence: bird, subClass: [{ type: "Bird", level: 1, confidence: bird }] },
    { type: "Unknown", confidence: other },
  ];
  return all.filter(({ confidence = 0 }) => confidence >= least);
}
