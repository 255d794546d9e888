import { type AirClass, type CotEvent, parseAtomType, readDetail } from "@picket/cot";
import type { ClassLikelihoods, Detection, Height, IdentityClaim, Measurement, Sighting } from "@picket/model";
import { classOf } from "./aircraft-class.ts";
import { flyableHeight } from "./asterix-height.ts";
import { present } from "./present.ts";

/** What a tracker that does not say how well it knows is believed. Nobody measures with an error of 0, so 0 is not said either. */
const UNSAID_HORIZONTAL_SIGMA_M = 100;
const UNSAID_HEIGHT_SIGMA_M = 75;
const SPEED_SIGMA_MPS = 5;
/** A flight's callsign, not a marker's label. */
const CALLSIGN = /^[A-Z0-9]{3,8}$/;

const BALLOON: ClassLikelihoods = {
  multirotor: 0.05,
  fixedWing: 0.02,
  bird: 0.03,
  mannedAircraft: 0.05,
  balloon: 0.8,
  other: 0.05,
};

/** Whether an event is of something in the air. */
export const isInTheAir = ({ type }: CotEvent): boolean => parseAtomType(type)?.dimension === "air";

/** What a device says of itself, and what a tracker says of motion: nobody writes either by hand. */
const OF_MACHINES: ReadonlySet<string> = new Set(["takv", "track"]);

/**
 * Whether somebody put a mark on the map by hand, as for an aircraft that was seen. A device that reports itself is none, though its place
 * may be set by hand, and neither is what moves by a course and speed, though its sender calls that an estimate.
 *
 * @source CoT how: h-e and h-g-i-g-o are a person's estimate and a mark put on the map.
 */
export const isPersonsMark = ({ how = "", detail }: CotEvent): boolean =>
  how.startsWith("h") && !detail.some(({ name }) => OF_MACHINES.has(name));

/** What somebody who put a mark in the air takes it for. */
export function looksOf({ type }: CotEvent): Sighting["looks"] | undefined {
  switch (parseAtomType(type)?.airClass) {
    case "rotary-wing-drone":
      return "multirotor";
    case "fixed-wing-drone":
      return "fixedWing";
    case "rotary-wing":
      return "helicopter";
    default:
      return undefined;
  }
}

/**
 * Another system's air track: filtered, with its stated errors as standard deviations. What it takes the track for (friend, hostile) is its
 * own matter and left; its class counts as evidence only when it is due again.
 *
 * @source CoT event schema, version 2.0, point: ce and le, where they are errors, are one standard deviation.
 */
export function airTrackOf(event: CotEvent, isEvidenceDue: boolean): Detection {
  const { uid, timeMs, type, point, detail } = event;
  const { latDeg, lonDeg, altHaeM, circularErrorM, linearErrorM } = point;
  const { contact, track } = readDetail(detail);
  const airClass = parseAtomType(type)?.airClass;
  const measurement: Measurement = {
    kind: "position",
    latDeg,
    lonDeg,
    horizontalSigmaM: circularErrorM || UNSAID_HORIZONTAL_SIGMA_M,
    ...present({
      height: flyableHeight(altHaeM, linearErrorM || UNSAID_HEIGHT_SIGMA_M, "hae"),
      velocity: velocityOf(track?.courseDeg, track?.speedMps),
    }),
  };
  const isDrone = airClass === "rotary-wing-drone" || airClass === "fixed-wing-drone";
  const claims: IdentityClaim[] =
    !isDrone && CALLSIGN.test(contact?.callsign ?? "") ? [{ kind: "callsign", value: contact?.callsign ?? "" }] : [];
  return {
    measurement,
    emitter: "aircraft",
    ...present({
      classLikelihoods: isEvidenceDue ? likelihoodsOf(airClass, track?.speedMps, measurement.height) : undefined,
      claims: claims.length > 0 ? claims : undefined,
    }),
    origin: `cot:${uid}@${timeMs}`.slice(-128),
    filtered: true,
  };
}

function velocityOf(courseDeg: number | undefined, speedMps: number | undefined) {
  if (courseDeg === undefined || speedMps === undefined) return undefined;
  const courseRad = (courseDeg * Math.PI) / 180;
  return { eastMps: speedMps * Math.sin(courseRad), northMps: speedMps * Math.cos(courseRad), sigmaMps: SPEED_SIGMA_MPS };
}

function likelihoodsOf(
  airClass: AirClass | undefined,
  speedMps: number | undefined,
  height: Height | undefined,
): ClassLikelihoods | undefined {
  if (airClass === undefined) return undefined;
  if (airClass === "lighter-than-air") return BALLOON;
  const isUav = airClass === "rotary-wing-drone" || airClass === "fixed-wing-drone";
  return classOf({ isUav, isKnown: true, speedMps, altM: height?.valueM }, true);
}
