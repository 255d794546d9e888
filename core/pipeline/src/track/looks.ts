import { type GeoPoint, radFromDeg } from "@picket/geo";
import type { Detection, Ellipse, IdentityClaim, Scan } from "@picket/model";
import type { ErrorEllipse, TrackerDetection, TrackerLook, TrackerMeasurement } from "@picket/tracker";
import { frameHeight, northIn, placeIn, type SiteFrame } from "./site-frame.ts";
import { USED_LATE_MS } from "./steady-delay.ts";

/** A scan in the tracker's terms. */
export const toLook = (scan: Scan, site: SiteFrame): TrackerLook => ({
  sensor: scan.sensor,
  ...whenOf(scan),
  receivedMs: scan.receivedMs,
  ...(scan.sector && { sector: scan.sector }),
  detections: scan.detections.map((detection) => toTrackerDetection(detection, toMeasurement(detection, site))),
});

/**
 * When a look was made. What was broadcast and comes late is used all the same, as late as it can be and as uncertain as the rest: the
 * receiver may be the only one that hears this drone.
 */
function whenOf({
  measuredMs,
  measuredSigmaMs,
  receivedMs,
  detections,
}: Scan): Pick<TrackerLook, "measuredMs" | "measuredSigmaMs"> {
  const lateMs = receivedMs - measuredMs - USED_LATE_MS;
  if (!isHeard(detections) || lateMs <= 0) return { measuredMs, measuredSigmaMs };
  return { measuredMs: measuredMs + lateMs, measuredSigmaMs: Math.max(measuredSigmaMs, lateMs) };
}

/** Is all of it what drones broadcast of their own places, by their own clocks? */
export const isHeard = (detections: Scan["detections"]): boolean =>
  detections.length > 0 && detections.every(({ claims, measurement }) => claims && measurement.kind === "position");

/** One text for one identity claim, such as `serial:1581F45T7`. */
export const claimKey = ({ kind, value }: IdentityClaim): string => `${kind}:${value}`;

const STEADIEST: readonly IdentityClaim["kind"][] = [
  "serial",
  "registration",
  "icao",
  "utm",
  "session",
  "callsign",
  "transmitter",
];

/** The claim that stands for an airframe that says several things of itself: the one that changes least. */
export function leadingClaim(claims: readonly IdentityClaim[]): IdentityClaim | undefined {
  return claims.toSorted((a, b) => STEADIEST.indexOf(a.kind) - STEADIEST.indexOf(b.kind) || (a.value < b.value ? -1 : 1))[0];
}

/** The tracker takes every kind as the model has it, but for places, which it has in the site's frame. */
const toMeasurement = ({ measurement }: Detection, site: SiteFrame): TrackerMeasurement =>
  measurement.kind === "position" ? toPosition(measurement, site) : measurement;

/** A geodetic position in the site's frame. Without a usable height it has no vertical standard deviation, and none is invented. */
function toPosition(measurement: Extract<Detection["measurement"], { kind: "position" }>, site: SiteFrame): TrackerMeasurement {
  const { height, velocity, ellipse } = measurement;
  const vertical = height && frameHeight(site, height, measurement);
  return {
    kind: "position",
    posEnuM: placeIn(site, measurement, vertical?.heightM ?? site.groundM),
    horizontalSigmaM: measurement.horizontalSigmaM,
    ...(ellipse && { ellipse: ellipseIn(ellipse, measurement, site) }),
    ...(vertical && { verticalSigmaM: vertical.sigmaM }),
    ...(velocity && {
      velEnuMps: [velocity.eastMps, velocity.northMps, velocity.upMps ?? 0],
      velocitySigmaMps: velocity.sigmaMps,
    }),
  };
}

/** An ellipse is turned from true north where it lies to the north of the site's frame. */
const ellipseIn = ({ semiMajorM, semiMinorM, orientationDeg }: Ellipse, at: GeoPoint, site: SiteFrame): ErrorEllipse => ({
  semiMajorM,
  semiMinorM,
  bearingRad: radFromDeg(orientationDeg) + northIn(site, at),
});

function toTrackerDetection(detection: Detection, measurement: TrackerMeasurement): TrackerDetection {
  const { emitter, propagation, classLikelihoods, claims, origin, object, filtered } = detection;
  const claim = claims && leadingClaim(claims);
  return {
    measurement,
    ...(emitter && { emitter }),
    ...(propagation && { propagation }),
    ...(classLikelihoods && { classLikelihoods }),
    ...(claim && { claim: claimKey(claim) }),
    ...(origin !== undefined && { origin }),
    ...(object !== undefined && { object }),
    ...(filtered !== undefined && { filtered }),
  };
}
