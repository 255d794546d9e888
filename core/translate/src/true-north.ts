import { decimalYear, declination, radFromDeg } from "@picket/geo";
import type { Sensor } from "@picket/model";

/** What turns a sensor's azimuths into true ones: add `offsetRad`; it adds `sigmaRad` of its own. */
export type TrueNorth = Readonly<{ ok: true; offsetRad: number; sigmaRad: number }> | Readonly<{ ok: false; why: string }>;

/** What an expired magnetic model adds to its own error: its drift away from the poles in the ten years after. */
const EXPIRED_SIGMA_RAD = radFromDeg(1);

/**
 * How far a sensor's north is from true north: its configured heading offset, and for magnetic azimuths the declination at its place.
 * Grid azimuths are refused by name: which grid and zone they mean is not configured.
 */
export function trueNorth(
  { id, latDeg, lonDeg, northReference = "true", headingOffsetDeg = 0 }: Sensor,
  nowMs: number,
): TrueNorth {
  const offsetRad = radFromDeg(headingOffsetDeg);
  switch (northReference) {
    case "true":
      return { ok: true, offsetRad, sigmaRad: 0 };
    case "magnetic": {
      // A kilometre of height moves the declination by a thousandth of a degree.
      const { declinationRad, sigmaRad, expired } = declination(latDeg, lonDeg, 0, decimalYear(nowMs));
      return { ok: true, offsetRad: offsetRad + declinationRad, sigmaRad: sigmaRad + (expired ? EXPIRED_SIGMA_RAD : 0) };
    }
    case "grid":
      return { ok: false, why: `${id} reports grid azimuths; set its heading offset from true north instead` };
    default:
      throw new TypeError(`North reference must be true, magnetic or grid, got ${northReference satisfies never}`);
  }
}
