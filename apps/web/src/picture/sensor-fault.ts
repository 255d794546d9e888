import type { Sensor, SensorState } from "@picket/model";

/** What is worst about a sensor now; `unheard` of one whose silence says nothing, `none` of one that does all it should. */
export type SensorFault = "notWatched" | "unheard" | "misaligned" | "maybeMisaligned" | "degraded" | "overloaded" | "none";

/** What was left out this lately is being left out now. */
const LATELY_MS = 60_000;

export function sensorFault(sensor: Sensor, state: SensorState | undefined, nowMs: number): SensorFault {
  if (!state || state.state === "silent" || state.state === "neverHeard")
    return sensor.covers === false ? "unheard" : "notWatched";
  if (state.registration?.state === "turned") return "misaligned";
  if (state.registration?.state === "lost") return "maybeMisaligned";
  if (state.state === "degraded" || state.clockBad) return "degraded";
  const { leftOut } = state.shed ?? {};
  return leftOut && nowMs - leftOut.lastMs < LATELY_MS ? "overloaded" : "none";
}

/** Does nothing come of it? Then it is no lesser fault. */
export const isUnheard = (fault: SensorFault): boolean => fault === "notWatched" || fault === "unheard";
