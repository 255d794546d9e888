import { decimalYear, declination } from "@picket/geo";

/** What a phone's orientation event says, in the two dialects there are. */
export type OrientationReading = Readonly<{ alpha: number | null; absolute?: boolean; webkitCompassHeading?: number }>;

/**
 * Where the top of the phone points, degrees clockwise from magnetic north, or undefined when the reading is relative to nothing.
 * @source W3C Device Orientation: alpha turns counter-clockwise; Safari gives webkitCompassHeading clockwise instead.
 */
export function magneticHeadingDeg({ alpha, absolute, webkitCompassHeading }: OrientationReading): number | undefined {
  if (typeof webkitCompassHeading === "number" && webkitCompassHeading >= 0) return webkitCompassHeading % 360;
  return absolute && alpha !== null ? (360 - alpha) % 360 : undefined;
}

/** The same heading from true north, by the World Magnetic Model at the place and time. */
export function trueHeadingDeg(magneticDeg: number, place: Readonly<{ latDeg: number; lonDeg: number }>, nowMs: number): number {
  const { declinationRad } = declination(place.latDeg, place.lonDeg, 0, decimalYear(nowMs));
  return (((magneticDeg + (declinationRad * 180) / Math.PI) % 360) + 360) % 360;
}
