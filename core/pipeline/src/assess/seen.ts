import type { Phrase } from "@picket/model";
import { droneProbability } from "../identify/classes.ts";
import type { Identified } from "../identify/identified.ts";
import { phrase } from "../phrases.ts";
import type { SensorNow } from "../track/sensor-watch.ts";

/**
 * A track with when it was last seen by this site's own clock: its newest look, later by what that sensor's looks lie behind.
 * `isHeightTold`: it is taken for a drone, and how high it flies it says itself, and nobody else.
 */
export type Seen = Identified & Readonly<{ seenMs: number; isHeightTold: boolean }>;

/** A place this much older than the look that told it is that of then or of now, and nobody knows which. */
const LATE_MS = 10_000;

export function seenOf(track: Identified, sensors: readonly SensorNow[]): Seen {
  let { measuredMs: seenMs } = track.state;
  for (const { sensor, lastMs } of track.state.contributions)
    seenMs = Math.max(seenMs, lastMs + behindMs(sensors.find((now) => now.sensor.id === sensor)));
  const mayBeDrone = track.saysAircraft !== undefined || droneProbability(track.classes) >= 0.5;
  return { ...track, seenMs, isHeightTold: track.byOwnWord !== undefined && mayBeDrone };
}

/** By how much the track's place may be old although it is seen, seconds: 0 for what is seen in time. */
export function lateS({ seenMs, state }: Seen): number {
  const lateMs = seenMs - state.measuredMs;
  return lateMs > LATE_MS ? lateMs / 1000 : 0;
}

/** Whose clock makes the track late, or would if its looks were not taken as of their arrival, and by how much. */
export function lateReasons(track: Seen, sensors: readonly SensorNow[]): Phrase[] {
  const isLate = lateS(track) > 0;
  const own = new Set(track.state.contributions.map(({ sensor }) => sensor));
  const late = sensors.filter((now) => own.has(now.sensor.id) && (now.isDated || (isLate && behindMs(now) > LATE_MS)));
  return late.map(({ sensor, offsetMs = 0 }) => phrase("reason.clockBehind", { sensor: sensor.name, offsetS: -offsetMs / 1000 }));
}

const behindMs = (now: SensorNow | undefined): number => (now?.isDated ? 0 : Math.max(0, -(now?.offsetMs ?? 0)));
