import type Type from "typebox";
import { closed, number, oneOf } from "./shape.ts";

export const LatDeg = number("WGS-84 latitude, degrees, north positive", -90, 90);
export const LonDeg = number("WGS-84 longitude, degrees, east positive", -180, 180);

/** A point on the ground. */
export const Place = closed({ latDeg: LatDeg, lonDeg: LonDeg }, "A point, WGS-84 degrees");
export type Place = Type.Static<typeof Place>;

/** Above what a height is measured: the ellipsoid, the mean sea, the ground below, the 1013.25 hPa surface, or the take-off point. */
export const HeightReference = oneOf("hae", "msl", "agl", "pressure", "takeoff");
export type HeightReference = Type.Static<typeof HeightReference>;

/** A height never goes without its reference and its standard deviation; an unknown height is absent, never 0. */
export const Height = closed(
  {
    valueM: number("Metres above the reference", -11_000, 200_000),
    sigmaM: number("One standard deviation, metres", 0, 200_000),
    reference: HeightReference,
  },
  "A height with its reference and standard deviation",
);
export type Height = Type.Static<typeof Height>;

/** Standard deviations on the ground: half axes and the clockwise angle of the major one from true north. */
export const Ellipse = closed(
  {
    semiMajorM: number("One standard deviation along the major axis, metres", 0, 1_000_000),
    semiMinorM: number("One standard deviation along the minor axis, metres", 0, 1_000_000),
    orientationDeg: number("Major axis, degrees clockwise from true north", 0, 180),
  },
  "One-sigma ellipse on the ground",
);
export type Ellipse = Type.Static<typeof Ellipse>;
