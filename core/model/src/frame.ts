import Type from "typebox";
import { Alert } from "./alert.ts";
import { Command, SightingReport } from "./command.ts";
import { HeardNear, PersonState } from "./person.ts";
import { BroadcastClaim, Scan, SensorReport } from "./scan.ts";
import { SensorState } from "./sensor.ts";
import { closed, instantMs } from "./shape.ts";
import { Site } from "./site.ts";
import { AssessedTrack, EndedTrack, Trace } from "./track.ts";
import { Warning } from "./warning.ts";
import { Zone } from "./zone.ts";

/** A change of what was configured, whole. */
export const ConfigurationChange = closed({ kind: Type.Literal("configuration"), site: Site });

/** Everything that decides a frame. Time comes apart, as the clock mark a tick is called with. */
export const Input = Type.Union([
  Scan,
  BroadcastClaim,
  SensorReport,
  ConfigurationChange,
  closed({ kind: Type.Literal("command"), command: Command }),
]);
export type Input = Type.Static<typeof Input>;

/** Everything one tick decided. Closed alerts and warnings appear once, in the frame that closed them. */
export const Frame = closed(
  {
    nowMs: instantMs("The clock mark of the tick"),
    tick: Type.Integer({ minimum: 0, description: "Counts ticks since the boot" }),
    tracks: Type.Array(AssessedTrack),
    ended: Type.Array(EndedTrack),
    traces: Type.Array(Trace),
    alerts: Type.Array(Alert),
    warnings: Type.Array(Warning),
    sensors: Type.Array(SensorState),
    persons: Type.Array(PersonState),
    heard: Type.Array(HeardNear, { description: "Who stands where something is heard that nobody can place" }),
    sightings: Type.Array(SightingReport, { description: "Reported since the tick before, each in one frame only" }),
    zones: Type.Array(Zone, { description: "Present only in frames where the set of zones changed" }),
    zonesChanged: Type.Boolean(),
  },
  "Everything one tick decided",
);
export type Frame = Type.Static<typeof Frame>;
