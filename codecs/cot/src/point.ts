import { ok, type Result } from "@picket/bytes";
import { UNKNOWN_M } from "./decimal.ts";
import { refuse } from "./errors.ts";
import type { CotPoint } from "./event.ts";

/** A point of numbers as either encoding gives them: NaN, 999999 and more, and an error below 0 mean unknown. */
export function makePoint(
  latDeg: number | undefined,
  lonDeg: number | undefined,
  hae: number | undefined,
  ce: number | undefined,
  le: number | undefined,
): Result<CotPoint> {
  if (latDeg === undefined || !(Math.abs(latDeg) <= 90))
    return refuse("bad-position", "lat", 0, `-90 to 90 expected, got ${latDeg}`);
  if (lonDeg === undefined || !(Math.abs(lonDeg) <= 180))
    return refuse("bad-position", "lon", 0, `-180 to 180 expected, got ${lonDeg}`);
  return ok({
    latDeg,
    lonDeg,
    ...(hae !== undefined && Math.abs(hae) < UNKNOWN_M ? { altHaeM: hae } : {}),
    ...(ce !== undefined && ce >= 0 && ce < UNKNOWN_M ? { circularErrorM: ce } : {}),
    ...(le !== undefined && le >= 0 && le < UNKNOWN_M ? { linearErrorM: le } : {}),
  });
}
