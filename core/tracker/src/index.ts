export { checkSensors } from "./check-sensors.ts";
export { prolong, type Spell } from "./looks/spell.ts";
export { NO_BIAS, type SensorBias, withoutBias } from "./registration/bias.ts";
export {
  type ClaimVerdict,
  createRegistrar,
  newRegistrarState,
  type Registrar,
  type RegistrarState,
} from "./registration/registrar.ts";
export type { Registration, SensorRegistration } from "./registration/registration.ts";
export { type Left, withResidual } from "./registration/residual.ts";
export { type Limits, limitFigures, type ScoreEvent, type ScoreScene } from "./score/limits.ts";
export type { TrackLine, TruthLine } from "./score/lines.ts";
export { type Holds, type Score, type ScoreOptions, scoreTracks } from "./score/score.ts";
export { type AxisMotion, defaultSettings, type Motion, type TrackerSettings } from "./settings.ts";
export { SNAPSHOT_VERSION } from "./snapshot.ts";
export { createTracker } from "./tracker.ts";
export {
  createMultilaterator,
  type Multilaterator,
  newMultilateratorState,
} from "./triangulate/multilaterator.ts";
export type { MultilateratorState } from "./triangulate/placement.ts";
export { createTriangulator, type Triangulator } from "./triangulate/triangulator.ts";
export { newTriangulatorState, type TriangulatorState } from "./triangulate/triangulator-state.ts";
export type {
  Crowding,
  EnuM,
  ErrorEllipse,
  FieldOfView,
  Shadow,
  TrackEnd,
  Tracker,
  TrackerClass,
  TrackerDetection,
  TrackerLook,
  TrackerMeasurement,
  TrackerRejection,
  TrackerSensor,
  TrackGroup,
  TrackState,
} from "./types.ts";
export { CLASS_NAMES } from "./types.ts";
