import type { Detections } from "./looks/detections.ts";
import type { TrackerSettings } from "./settings.ts";
import type { SensorModel } from "./sight/clutter.ts";
import type { PlacedLook } from "./state.ts";

/** A look as a step sees it. */
export type PreparedLook = Readonly<{
  look: PlacedLook;
  slot: number;
  model: SensorModel;
  /** What the sensor has taught so far, and the detection probability that follows. */
  learned: Float64Array;
  pD: number;
  settings: TrackerSettings;
  detections: Detections;
  /** Per detection: density of false alarms in the detection's own units. */
  clutter: Float64Array;
  /** Per detection: targets that no track explains yet, per false alarm. */
  newcomers: Float64Array;
}>;
