import { radFromDeg } from "@picket/geo";
import type { Height, Measurement } from "@picket/model";
import type { Location } from "@picket/remote-id";
import { present } from "./present.ts";
import { SIGMAS_IN_95_RADIUS, SIGMAS_IN_95_WIDTH } from "./sigmas.ts";

/** What a sender that does not know its accuracy is believed: far too little to move a track that a radar holds. */
const UNSAID_HORIZONTAL_SIGMA_M = 100;
const UNSAID_VERTICAL_SIGMA_M = 100;
const UNSAID_SPEED_SIGMA_MPS = 10;

/** Full scale: what is said then is "this or more". */
const SPEED_OR_MORE_MPS = 254.25;
const VERTICAL_SPEED_OR_MORE_MPS = 62;

type Position = Extract<Measurement, { kind: "position" }>;

/**
 * Where a Location message says the aircraft is; `undefined` when it says no place. Of the heights it may carry the best known reference
 * is taken: geodetic, above ground, above take-off, pressure.
 *
 * @source ASTM F3411-22a, Location/Vector; accuracies after RTCA DO-260B's 95 % bounds (NACp, NACv, GVA).
 */
export function positionOf(location: Location): Position | undefined {
  const { latDeg, lonDeg, horizontalAccuracyM } = location;
  if (latDeg === undefined || lonDeg === undefined) return undefined;
  const horizontalSigmaM = sigma(horizontalAccuracyM, SIGMAS_IN_95_RADIUS, UNSAID_HORIZONTAL_SIGMA_M);
  return {
    kind: "position",
    latDeg,
    lonDeg,
    horizontalSigmaM,
    ...present({ height: heightOf(location), velocity: velocityOf(location) }),
  };
}

function heightOf({
  altHaeM,
  altPressureM,
  heightM,
  heightReference,
  verticalAccuracyM,
  pressureAccuracyM,
}: Location): Height | undefined {
  const sigmaM = sigma(verticalAccuracyM, SIGMAS_IN_95_WIDTH, UNSAID_VERTICAL_SIGMA_M);
  if (altHaeM !== undefined) return { valueM: altHaeM, sigmaM, reference: "hae" };
  if (heightM !== undefined) return { valueM: heightM, sigmaM, reference: heightReference === "ground" ? "agl" : "takeoff" };
  if (altPressureM === undefined) return undefined;
  return {
    valueM: altPressureM,
    sigmaM: sigma(pressureAccuracyM, SIGMAS_IN_95_WIDTH, UNSAID_VERTICAL_SIGMA_M),
    reference: "pressure",
  };
}

/** Ground speed needs a track, unless the aircraft stands still. */
function velocityOf({ speedMps, trackDeg, verticalSpeedMps, speedAccuracyMps }: Location): Position["velocity"] {
  if (speedMps === undefined || speedMps >= SPEED_OR_MORE_MPS || (trackDeg === undefined && speedMps > 0)) return undefined;
  const trackRad = radFromDeg(trackDeg ?? 0);
  const upMps =
    verticalSpeedMps !== undefined && Math.abs(verticalSpeedMps) < VERTICAL_SPEED_OR_MORE_MPS ? verticalSpeedMps : undefined;
  return {
    eastMps: speedMps * Math.sin(trackRad),
    northMps: speedMps * Math.cos(trackRad),
    ...present({ upMps }),
    sigmaMps: sigma(speedAccuracyMps, SIGMAS_IN_95_RADIUS, UNSAID_SPEED_SIGMA_MPS),
  };
}

const sigma = (bound: number | undefined, sigmasInBound: number, unsaid: number): number =>
  bound === undefined ? unsaid : bound / sigmasInBound;
