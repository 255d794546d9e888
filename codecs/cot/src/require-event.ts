import { UNKNOWN_M } from "./decimal.ts";
import type { CotEvent } from "./event.ts";
import { isTimeMs, MAX_TIME_MS } from "./time.ts";
import { isTasking } from "./type.ts";

/** Attributes of the event that have a field of their own. */
const OWN_ATTRIBUTES: readonly string[] = "version uid type time start stale how access qos opex caveat releasableTo".split(" ");

/**
 * Throws for an event that cannot be written: RangeError for a number outside its field, TypeError for a uid or type that is empty and
 * for a type that tasks somebody. Whatever was decoded, and does not task, can be written.
 */
export function requireEvent({ uid, type, timeMs, startMs, staleMs, point, otherAttributes = {} }: CotEvent): void {
  if (uid === "") throw new TypeError("An event needs a uid, got an empty one");
  if (type === "") throw new TypeError("An event needs a type, got an empty one");
  if (isTasking(type)) throw new TypeError(`Tasking is never written, got type ${JSON.stringify(type.slice(0, 80))}`);
  for (const name of OWN_ATTRIBUTES)
    if (Object.hasOwn(otherAttributes, name)) throw new TypeError(`otherAttributes must leave ${name} to its field`);
  requireTime(timeMs, "timeMs");
  requireTime(startMs, "startMs");
  requireTime(staleMs, "staleMs");
  requireWithin(point.latDeg, -90, 90, "latDeg, degrees,");
  requireWithin(point.lonDeg, -180, 180, "lonDeg, degrees,");
  if (point.altHaeM !== undefined) requireMeasurement(point.altHaeM, -UNKNOWN_M, "altHaeM");
  if (point.circularErrorM !== undefined) requireMeasurement(point.circularErrorM, 0, "circularErrorM");
  if (point.linearErrorM !== undefined) requireMeasurement(point.linearErrorM, 0, "linearErrorM");
}

function requireTime(timeMs: number, field: string): void {
  if (!isTimeMs(timeMs)) throw new RangeError(`${field} must be an integer from 1 to ${MAX_TIME_MS}, got ${timeMs}`);
}

function requireWithin(value: number, from: number, to: number, field: string): void {
  if (!(value >= from && value <= to)) throw new RangeError(`${field} must be from ${from} to ${to}, got ${value}`);
}

function requireMeasurement(value: number, from: number, field: string): void {
  if (!(value >= from && value < UNKNOWN_M))
    throw new RangeError(`${field}, metres, must be from ${from} to less than ${UNKNOWN_M}, got ${value}`);
}
