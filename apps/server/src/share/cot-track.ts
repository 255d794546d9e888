import { type Affiliation, type AirClass, type CotEvent, type CotPoint, detailElements, formatAirType } from "@picket/cot";
import { convertHeight } from "@picket/geo";
import { type AssessedTrack, type Identity, OBJECT_CLASSES, type ObjectClass, type Phrase, type Sensor } from "@picket/model";
import { howFused, OPEX } from "./cot-mark.ts";
import { cotPlace, rounded } from "./cot-place.ts";
import type { ReleasedPicture } from "./release.ts";
import type { ShareWords } from "./share-words.ts";

/** A class is told by the marker's type when it is at least this probable. */
const LIKELY = 0.6;
/** A course is told when the speed is more than this many of its standard deviations. */
const COURSE_SIGMAS = 2;
const MOST_REASONS = 4;
const MOST_REFUTERS = 2;
const MOST_SENSORS = 5;
/** Remarks are read on a phone, and an event should fit into two packets. */
const LONGEST_REMARKS = 1200;
/** Sensors that hear what an aircraft says of itself, and prove nothing of it. */
const HEARD: ReadonlySet<Sensor["kind"]> = new Set(["remoteId", "adsb"]);
/** Sensors that saw it within this are named. */
const SEEN_LATELY_MS = 10_000;

const AIR_CLASS: Readonly<Record<ObjectClass, AirClass | undefined>> = {
  multirotor: "rotary-wing-drone",
  fixedWing: "fixed-wing-drone",
  bird: undefined,
  mannedAircraft: "civil",
  balloon: "lighter-than-air",
  other: undefined,
};

/** The uid of one thing of a site. A track's id carries the boot, so that no uid is ever given to another track. */
export const cotUid = (site: Pick<ReleasedPicture["site"], "id">, thing: string): string => `picket-${site.id}-${thing}`;

/** A track as a marker: where it is predicted to be now, how well that is known, and in words what is known, what is not and what would refute it. */
export function cotTrack(track: AssessedTrack, picture: ReleasedPicture, words: ShareWords, staleMs: number): CotEvent {
  const { reality, eastMps, northMps, speedSigmaMps, group } = track;
  const nowMs = Math.round(picture.nowMs);
  const speedMps = Math.hypot(eastMps, northMps);
  const courseDeg = ((Math.atan2(eastMps, northMps) * 180) / Math.PI + 360) % 360;
  const hasCourse = speedMps > COURSE_SIGMAS * speedSigmaMps;
  const params = { track: track.id, about: group?.about ?? 1 };
  const name = words.say(
    group?.leader === track.id && isDrone(track)
      ? "group"
      : !track.confirmed
        ? "possible"
        : isDrone(track)
          ? "drone"
          : "aircraft",
    params,
  );
  return {
    uid: cotUid(picture.site, track.id),
    type: cotTrackType(track, nowMs),
    how: howFused(reality),
    opex: OPEX[reality],
    timeMs: nowMs,
    startMs: nowMs,
    staleMs: nowMs + staleMs,
    point: pointOf(track),
    detail: detailElements({
      contact: { callsign: words.name(reality, name) },
      track: { speedMps: rounded(speedMps, 1), ...(hasCourse && { courseDeg: rounded(courseDeg, 0) % 360 }) },
      remarks: { text: words.text(reality, sentences(track, picture, words), LONGEST_REMARKS), timeMs: nowMs },
    }),
  };
}

type Operator = Identity["operator"] & object;

/** Where the aircraft broadcasts its operator to be, where that is released and not contradicted. */
export const operatorOf = ({ identities }: AssessedTrack): Operator | undefined =>
  identities.find(({ operator, truth }) => operator && truth.verdict !== "contradicted")?.operator;

/** The operator as a point: broadcast, never verified, and no marker of a person. */
export function cotOperator(
  track: AssessedTrack,
  operator: Operator,
  picture: ReleasedPicture,
  words: ShareWords,
  staleMs: number,
): CotEvent {
  const nowMs = Math.round(picture.nowMs);
  const params = { track: track.id };
  return {
    uid: `${cotUid(picture.site, track.id)}-operator`,
    type: "b-m-p-s-m",
    how: track.reality === "live" ? "m-r" : howFused(track.reality),
    opex: OPEX[track.reality],
    timeMs: nowMs,
    startMs: nowMs,
    staleMs: nowMs + staleMs,
    point: cotPlace(operator.place),
    detail: detailElements({
      contact: { callsign: words.name(track.reality, words.say("operator", params)) },
      remarks: { text: words.text(track.reality, [words.say("operatorPlace", params)], LONGEST_REMARKS), timeMs: nowMs },
    }),
  };
}

/** Pending until confirmed, then unknown; all else only on the standing word of a named person. Hostile never. */
function cotTrackType(track: AssessedTrack, nowMs: number): string {
  const likely = likelyClass(track);
  return formatAirType(affiliationOf(track, nowMs), likely && AIR_CLASS[likely]);
}

function affiliationOf(track: AssessedTrack, nowMs: number): Affiliation {
  if (track.affiliation !== "unknown" && isDeclared(track, nowMs)) return track.affiliation;
  return track.confirmed ? "unknown" : "pending";
}

/** Does what the site takes it for stand on the word of a named person? */
const isDeclared = ({ affiliation, declaration }: AssessedTrack, nowMs: number): boolean =>
  declaration?.affiliation === affiliation && declaration.by !== "" && declaration.expiresMs > nowMs;

const likelyClass = ({ classes }: AssessedTrack): ObjectClass | undefined => OBJECT_CLASSES.find((one) => classes[one] >= LIKELY);

const isDrone = (track: AssessedTrack): boolean => {
  const likely = likelyClass(track);
  return likely === "multirotor" || likely === "fixedWing";
};

/**
 * The point with its errors: for a round error that holds where the ellipse is long, its long half axis. A height that cannot be told above
 * the ellipsoid is unknown.
 *
 * @source CoT event schema, version 2.0, point: ce and le are one standard deviation where they are errors.
 */
function pointOf({ latDeg, lonDeg, ellipse, height }: AssessedTrack): CotPoint {
  const above = height && convertHeight(height, "hae", { latDeg, lonDeg }, {});
  return {
    ...cotPlace({ latDeg, lonDeg }),
    circularErrorM: Math.ceil(ellipse.semiMajorM),
    ...(above && { altHaeM: rounded(above.valueM, 0), linearErrorM: Math.ceil(above.sigmaM) }),
  };
}

function sentences(track: AssessedTrack, { nowMs, site }: ReleasedPicture, words: ShareWords): readonly string[] {
  const { id, existence, ellipse, height, group, measuredMs, assessment, contributions } = track;
  const names = new Map<string, string>(site.sensors.map((sensor) => [sensor.id, sensor.name]));
  const lately = contributions.filter(({ lastMs }) => measuredMs - lastMs <= SEEN_LATELY_MS);
  const named = lately.slice(0, MOST_SENSORS).map(({ sensor }) => names.get(sensor) ?? sensor);
  const sensors = [...named, ...(lately.length > MOST_SENSORS ? ["…"] : [])].join(", ");
  const likely = likelyClass(track);
  return [
    words.say("trackOf", { site: site.name, track: id, existence }),
    ...(group ? [words.say("groupOf", { about: group.about, atLeast: group.atLeast })] : []),
    words.say("measured", { ageS: Math.max(0, (nowMs - measuredMs) / 1000), sensors }),
    words.say("placeDoubt", { placeM: ellipse.semiMajorM }),
    height ? words.say("height", { height: words.height(height) }) : words.say("heightUnknown"),
    likely ? words.say("likely", { objectClass: likely, probability: track.classes[likely] }) : words.say("classUnknown"),
    ...whose(track, nowMs, words, isOwnWord(track, site)),
    words.say("notForEngagement"),
    ...refuters(assessment).map((refuter) => words.say("refuted", { reason: words.phrase(refuter) })),
    ...track.identities.flatMap((identity) => identitySentences(identity, words)),
    ...assessment.reasons.slice(0, MOST_REASONS).map(words.phrase),
  ];
}

/** What alarms nobody has none of its own: there, sensors that see nothing refute that it is there at all. */
function refuters({ refutedBy }: AssessedTrack["assessment"]): readonly Phrase[] {
  return refutedBy.length > 0 ? refutedBy.slice(0, MOST_REFUTERS) : [{ code: "refute.seenNoMore", params: {} }];
}

/** Does nothing but what it broadcasts tell of it? */
function isOwnWord({ confirmed, contributions }: AssessedTrack, { sensors }: ReleasedPicture["site"]): boolean {
  const kinds = new Map<string, Sensor["kind"]>(sensors.map(({ id, kind }) => [id, kind]));
  return !confirmed && contributions.length > 0 && contributions.every(({ sensor }) => HEARD.has(kinds.get(sensor) ?? "other"));
}

function whose(track: AssessedTrack, nowMs: number, words: ShareWords, ownWord: boolean): readonly string[] {
  const { declaration, confirmed } = track;
  const unknown = words.say(confirmed ? "ownerUnknown" : ownWord ? "ownWord" : "notConfirmed");
  if (!declaration?.affiliation || declaration.expiresMs <= nowMs) return [unknown];
  const { affiliation, by, confidence, reason } = declaration;
  // A word that the site no longer goes by would calm who reads it.
  if (!isDeclared(track, nowMs)) return [unknown, words.say("declaredNoMore", { affiliation, by })];
  const at = `${new Date(declaration.atMs).toISOString().slice(0, 16).replace("T", " ")}Z`;
  const said = words.say("declared", { affiliation, by, at, confidence });
  return reason === undefined ? [said] : [said, words.say("because", { reason })];
}

const identitySentences = ({ claim, truth, description, operatorId }: Identity, words: ShareWords): readonly string[] => [
  words.say("identity", { identity: claim.value, state: words.say(truth.verdict) }),
  ...(description === undefined ? [] : [words.say("selfId", { text: description })]),
  ...(operatorId === undefined ? [] : [words.say("operatorId", { text: operatorId })]),
];
