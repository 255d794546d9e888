export { Acknowledgement, Alert, AlertKind, AlertState } from "./alert.ts";
export { Authorisation, Command, Sighting, SightingReport } from "./command.ts";
export { ClassLikelihoods, Detection, IdentityClaim, Measurement, OBJECT_CLASSES, ObjectClass, Signal } from "./detection.ts";
export { DetectionLine, LineDetection } from "./detection-line.ts";
export { FeedHealth, RecordHealth } from "./feed-health.ts";
export { fill, formatPhrase, formatWord, placeholders } from "./format-phrase.ts";
export {
  formatAge,
  formatBearing,
  formatDistance,
  formatDuration,
  formatHeight,
  formatRise,
  formatShare,
  formatSpeed,
  type Units,
} from "./format-quantity.ts";
export { ConfigurationChange, Frame, Input } from "./frame.ts";
export {
  type AlertId,
  type AuthorisationId,
  alertId,
  authorisationId,
  type CommandId,
  commandId,
  type FeedId,
  feedId,
  type Id,
  type IdKind,
  type IncidentId,
  incidentId,
  type OutletId,
  outletId,
  type PersonId,
  personId,
  type SensorId,
  type SightingId,
  type SiteId,
  sensorId,
  sightingId,
  siteId,
  type TrackId,
  trackId,
  type WarningId,
  warningId,
  type ZoneId,
  zoneId,
} from "./id.ts";
export { FieldMessage, LiveDelta, LiveMessage, LiveSnapshot, Playback } from "./live.ts";
export { OutletHealth } from "./outlet-health.ts";
export { HeardNear, Language, PersonState, ProtectedPerson } from "./person.ts";
export { Phrase } from "./phrase.ts";
export { PHRASE_TABLE, type Sentence } from "./phrase-table.ts";
export { Ellipse, Height, HeightReference, LatDeg, LonDeg, Place } from "./place.ts";
export { leastReal, mostReal, Reality } from "./reality.ts";
export { BroadcastClaim, RawReference, Scan, SensorReport } from "./scan.ts";
export {
  Scenario,
  SimulatedClutter,
  SimulatedMotion,
  SimulatedObject,
  SimulatedRemoteId,
  SimulatedSensor,
  SimulatedWalk,
  Waypoint,
} from "./scenario.ts";
export { isCovering, Sensor, SensorKind, SensorState } from "./sensor.ts";
export { Landmark, Policy, Site, UsualPressure } from "./site.ts";
export {
  Affiliation,
  AssessedTrack,
  Assessment,
  ClassProbabilities,
  Declaration,
  EndedTrack,
  Identity,
  Trace,
  TruthTest,
} from "./track.ts";
export { type Fault, type Validated, validate } from "./validate.ts";
export { Warning, WarningState } from "./warning.ts";
export { WORD_TABLE } from "./word-table.ts";
export { LEVELS, Level, Position, Schedule, Zone, ZoneShape } from "./zone.ts";
