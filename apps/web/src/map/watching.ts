import type { SensorState } from "@picket/model";

/** True while the sensor is heard. What nobody has heard of counts as not watched. */
export const isWatching = (state: SensorState | undefined): boolean => state?.state === "watching" || state?.state === "degraded";
