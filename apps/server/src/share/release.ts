import type {
  Alert,
  AssessedTrack,
  Frame,
  Identity,
  PersonState,
  Phrase,
  Reality,
  Sensor,
  SensorId,
  SensorState,
  Site,
  Zone,
} from "@picket/model";
import type { Release, ReleasedField } from "../config/share.ts";

/** What a partner may know of now. Whoever encodes it sees nothing else: what is not released is not there. */
export type ReleasedPicture = Readonly<{
  nowMs: number;
  site: Pick<Site, "id" | "name" | "latDeg" | "lonDeg" | "groundHaeM" | "sensors">;
  tracks: readonly AssessedTrack[];
  alerts: readonly Alert[];
  persons: readonly PersonState[];
  sensors: readonly ReleasedSensor[];
  /** Those whose outlines are released. */
  zones: readonly Zone[];
  /** What stands behind the site's own people and zones: they are as real as the most real feed. */
  siteReality: Reality;
}>;

/** A sensor as configured, how it fares, and what stands behind it. */
export type ReleasedSensor = Readonly<{ sensor: Sensor; now: SensorState | undefined; reality: Reality }>;

/** Alerts about what flies. The others are the site's own affair, or somebody's. */
const OF_AIR: ReadonlySet<Alert["kind"]> = new Set(["zoneEntry", "zoneApproach", "possibleDrone"]);
/** Alerts that name a person; so does every alert that is about one. */
const OF_PERSONS: ReadonlySet<Alert["kind"]> = new Set(["personThreatened", "personNeedsHelp", "sighting"]);
/** Sentences with one of these name a protected person, or who of the site reported what. */
const PERSON_PARAMS = ["person", "note"];
const REPORTS = /\.sight/;
/** Sentences with one of these name what an aircraft broadcasts, or who may fly it. */
const IDENTITY_PARAMS = ["identity", "holder"];

/** What a release is to know of the site. */
export type ReleaseContext = Readonly<{
  siteReality: Reality;
  /** What stands behind each sensor, by the feeds that speak for it; as the site where it is not there. */
  sensorRealities?: ReadonlyMap<SensorId, Reality>;
  /** Sensors that stand for other systems' pictures: what they alone tell of is theirs to share, and would come back to them. */
  hearsay: ReadonlySet<SensorId>;
}>;

/** Takes from a picture what a partner does not get: whole tracks, alerts and people, and the fields of those that remain. */
export function releasePicture(
  { nowMs, tracks, alerts, persons, sensors: states }: Frame,
  site: Site,
  release: Release,
  { siteReality, sensorRealities, hearsay }: ReleaseContext,
): ReleasedPicture {
  const realities = new Set<Reality>(release.realities ?? ["live"]);
  const zones = release.zones && new Set<string>(release.zones);
  const fields = new Set(release.fields);
  const isNear = ({ assessment }: AssessedTrack) =>
    !zones || assessment.zones.some(({ zone, relation }) => relation !== "outside" && zones.has(zone));
  const isOurs = ({ contributions }: AssessedTrack) =>
    contributions.length === 0 || contributions.some(({ sensor }) => !hearsay.has(sensor));
  const isAlertReleased = ({ kind, zone, person }: Alert) =>
    OF_PERSONS.has(kind) || person !== undefined
      ? release.persons === true
      : OF_AIR.has(kind) && release.alerts !== false && (!zones || (zone !== undefined && zones.has(zone)));
  const { id, name, latDeg, lonDeg, sensors, groundHaeM } = site;
  return {
    nowMs,
    site: { id, name, latDeg, lonDeg, sensors, ...(groundHaeM !== undefined && { groundHaeM }) },
    tracks: tracks
      .filter((track) => realities.has(track.reality) && (release.unconfirmed || isTold(track)) && isNear(track) && isOurs(track))
      .map((track) => releaseTrack(track, fields, release.persons === true)),
    alerts: alerts
      .filter((alert) => realities.has(alert.reality) && isAlertReleased(alert))
      .map((alert) => releaseAlert(alert, fields, release.persons === true)),
    persons: release.persons && realities.has(siteReality) ? persons : [],
    sensors: release.sensors ? releaseSensors() : [],
    zones: release.outlines && realities.has(siteReality) ? site.zones.filter((zone) => !zones || zones.has(zone.id)) : [],
    siteReality,
  };

  /** Those of our own that stand somewhere: not other systems, and not people. */
  function releaseSensors(): readonly ReleasedSensor[] {
    const known = new Map(states.map((state) => [state.id, state]));
    return sensors
      .filter((sensor) => !hearsay.has(sensor.id) && sensor.kind !== "people")
      .map((sensor) => {
        const reality = sensor.reality ?? sensorRealities?.get(sensor.id) ?? siteReality;
        return { sensor, now: known.get(sensor.id), reality };
      })
      .filter(({ reality }) => realities.has(reality));
  }
}

/** Of an alert about what is heard and nobody can place: the ring around its sensor within which it is. */
export function heardWithinM({ kind, tracks, sensor, reasons }: Alert, { sensors }: ReleasedPicture["site"]): number | undefined {
  if (kind !== "possibleDrone" || sensor === undefined || tracks.length > 0) return undefined;
  const told = reasons.find(({ code }) => code === "reason.heardWithin")?.params["radiusM"];
  return typeof told === "number" ? told : sensors.find(({ id }) => id === sensor)?.rangeMaxM;
}

/** What a sensor proved, and what alarms here by its own word: a partner of a site with only a receiver hears of it too. */
const isTold = ({ confirmed, identities, assessment }: AssessedTrack): boolean =>
  confirmed || (identities.length > 0 && assessment.level !== undefined);

function releaseTrack(track: AssessedTrack, fields: ReadonlySet<ReleasedField>, withPersons: boolean): AssessedTrack {
  const { authorisation, ...rest } = track;
  const { reasons, refutedBy } = track.assessment;
  return {
    ...rest,
    ...(authorisation !== undefined && fields.has("identity") && { authorisation }),
    identities: fields.has("identity") ? track.identities.map((identity) => releaseIdentity(identity, fields)) : [],
    assessment: {
      ...track.assessment,
      reasons: releasePhrases(reasons, fields, withPersons),
      refutedBy: releasePhrases(refutedBy, fields, withPersons),
    },
  };
}

function releaseIdentity(identity: Identity, fields: ReadonlySet<ReleasedField>): Identity {
  const { description, operatorId, operator, ...rest } = identity;
  return {
    ...rest,
    ...(description !== undefined && fields.has("selfId") && { description }),
    ...(operatorId !== undefined && fields.has("operatorId") && { operatorId }),
    ...(operator !== undefined && fields.has("operatorPlace") && { operator }),
  };
}

/** Who took it and why it was shelved is the site's own affair. */
function releaseAlert(alert: Alert, fields: ReadonlySet<ReleasedField>, withPersons: boolean): Alert {
  const { acknowledgement: _taken, shelf: _shelved, ...rest } = alert;
  return {
    ...rest,
    reasons: releasePhrases(alert.reasons, fields, withPersons),
    refutedBy: releasePhrases(alert.refutedBy, fields, withPersons),
  };
}

const releasePhrases = (phrases: readonly Phrase[], fields: ReadonlySet<ReleasedField>, withPersons: boolean): Phrase[] =>
  phrases.filter(
    ({ code, params }) =>
      (withPersons || (!REPORTS.test(code) && !PERSON_PARAMS.some((name) => name in params))) &&
      (fields.has("identity") || !IDENTITY_PARAMS.some((name) => name in params)),
  );
