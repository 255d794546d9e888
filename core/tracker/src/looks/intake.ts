import type { ErrorEllipse, TrackerDetection, TrackerLook, TrackerMeasurement, TrackerRejection } from "../types.ts";
import { inCanonicalOrder } from "./canonical-order.ts";
import { withLeastSigmas } from "./least-sigmas.ts";

type Sector = NonNullable<TrackerLook["sector"]>;
type Code = TrackerRejection["code"];

const FARTHEST_M = 1e6;
const NEAREST_M = 0.1;
const FASTEST_MPS = 2000;
/** Straight up, as rounded to four places. */
const STEEPEST_RAD = 1.5708;
/** The last millisecond that there is a date for. */
const LATEST_MS = 8.64e15;
/** A sensor whose clock is farther ahead of ours than this is not believed. */
const AHEAD_MS = 5000;
/** Who does not know the time to the hour does not say when he saw something. */
const LONGEST_MS = 3_600_000;

/** Counts what was refused, by sensor and code, in order of first appearance. */
export type Rejections = Map<string, { code: Code; sensor: string; count: number }>;

export function reject(rejections: Rejections, code: Code, sensor: string): undefined {
  const key = `${code} ${sensor}`;
  const entry = rejections.get(key) ?? { code, sensor, count: 0 };
  rejections.set(key, { ...entry, count: entry.count + 1 });
  return undefined;
}

/**
 * A look that can be used, with its detections in an order that does not depend on the order they came in. Of a range difference the other
 * sensor must be `known`.
 */
export function takeIn(look: TrackerLook, known: ReadonlySet<string>, rejections: Rejections): TrackerLook | undefined {
  const taken = usable(look, rejections);
  if (!taken) return undefined;
  let strangers = 0;
  for (const detection of taken.detections) {
    const stranger = strangerOf(detection, known);
    if (stranger === undefined) continue;
    reject(rejections, "unknown-sensor", stranger);
    strangers++;
  }
  const isKnown = (detection: TrackerDetection): boolean => strangerOf(detection, known) === undefined;
  const ofKnown = strangers === 0 ? taken.detections : taken.detections.filter(isKnown);
  return { ...taken, detections: inCanonicalOrder(ofKnown.some(isOfPilot) ? ofKnown.filter((one) => !isOfPilot(one)) : ofKnown) };
}

/** What a controller on the ground sends is of no aircraft, wherever it is heard. */
const isOfPilot = ({ emitter }: TrackerDetection): boolean => emitter === "controller";

/** The other sensor of a range difference, when nobody knows it. */
const strangerOf = ({ measurement: m }: TrackerDetection, known: ReadonlySet<string>): string | undefined =>
  m.kind === "rangeDifference" && !known.has(m.otherSensor) ? m.otherSensor : undefined;

/**
 * A look that can be used: times sound, unusable detections counted and left out, the others no surer than can be. `undefined` when the
 * look itself cannot be used. Nothing was seen after it was heard of. Every stage that looks enter by asks here.
 */
export function usable(look: TrackerLook, rejections: Rejections): TrackerLook | undefined {
  const unusable = worse(faultOfTimes(look), look.sector && faultOfSector(look.sector));
  if (unusable) return reject(rejections, unusable, look.sensor);
  let faults = 0;
  for (const detection of look.detections) {
    const fault = faultOf(detection);
    if (fault === undefined) continue;
    reject(rejections, fault, look.sensor);
    faults++;
  }
  const sound = faults === 0 ? look.detections : look.detections.filter((detection) => faultOf(detection) === undefined);
  return {
    ...look,
    measuredMs: Math.min(look.measuredMs, look.receivedMs),
    detections: sound.some(isTooSure) ? sound.map(withLeastSigmas) : sound,
  };
}

const isTooSure = (detection: TrackerDetection): boolean => withLeastSigmas(detection) !== detection;

/** The worse of two faults: a number that is none hides what else may be wrong. */
const worse = (a: Code | undefined, b: Code | undefined): Code | undefined => (a === "not-finite" || b === undefined ? a : b);

const within = (value: number, least: number, most: number): Code | undefined =>
  Number.isFinite(value) ? (value >= least && value <= most ? undefined : "absurd") : "not-finite";

const sigma = (value: number): Code | undefined => within(value, Number.MIN_VALUE, FARTHEST_M);
/** Who does not know the angle to half a turn has measured none. */
const angleSigma = (value: number): Code | undefined => within(value, Number.MIN_VALUE, Math.PI);
const length = (value: number): Code | undefined => within(value, NEAREST_M, FARTHEST_M);
const angle = (value: number): Code | undefined => within(value, -4 * Math.PI, 4 * Math.PI);
const elevation = (value: number): Code | undefined => within(value, -STEEPEST_RAD, STEEPEST_RAD);
const speed = (value: number): Code | undefined => within(value, -FASTEST_MPS, FASTEST_MPS);
const likelihood = (value: number): Code | undefined => within(value, 0, Number.MAX_VALUE);
/** What may be absent is no fault when it is. */
const ifAny = (value: number | undefined, fault: (value: number) => Code | undefined): Code | undefined =>
  value === undefined ? undefined : fault(value);

function faultOfTimes({ measuredMs, measuredSigmaMs = 0, receivedMs }: TrackerLook): Code | undefined {
  let fault = worse(within(measuredMs, -LATEST_MS, LATEST_MS), within(receivedMs, -LATEST_MS, LATEST_MS));
  fault = worse(fault, within(measuredSigmaMs, 0, LONGEST_MS));
  return fault ?? (measuredMs - receivedMs > AHEAD_MS ? "absurd" : undefined);
}

/** A sector may reach over north either way, but goes round no more than once backwards. */
function faultOfSector({ azimuthFromRad: from, azimuthToRad: to }: Sector): Code | undefined {
  return worse(angle(from), angle(to)) ?? (to - from < -2 * Math.PI ? "absurd" : undefined);
}

/** What is wrong with a detection, if anything is. */
function faultOf({ classLikelihoods, clutterLikelihood, measurement }: TrackerDetection): Code | undefined {
  let fault = worse(faultOfMeasurement(measurement), ifAny(clutterLikelihood, likelihood));
  if (classLikelihoods) for (const value of Object.values(classLikelihoods)) fault = worse(fault, ifAny(value, likelihood));
  return fault;
}

function faultOfMeasurement(m: TrackerMeasurement): Code | undefined {
  switch (m.kind) {
    case "position":
      return faultOfPosition(m);
    case "bearing":
      return faultOfAngles(m);
    case "polar": {
      const fault = worse(faultOfAngles(m), worse(length(m.rangeM), sigma(m.rangeSigmaM)));
      return worse(fault, worse(ifAny(m.rangeRateMps, speed), ifAny(m.rangeRateSigmaMps, sigma)));
    }
    case "range":
      return worse(length(m.rangeM), sigma(m.rangeSigmaM));
    case "rangeDifference":
      return worse(within(m.differenceM, -FARTHEST_M, FARTHEST_M), sigma(m.sigmaM));
    case "sector":
      return worse(faultOfSector(m), ifAny(m.rangeMaxM, length));
    case "presence":
      return ifAny(m.radiusM, length);
    default:
      return m satisfies never;
  }
}

const faultOfAngles = (m: Extract<TrackerMeasurement, { kind: "polar" | "bearing" }>): Code | undefined =>
  worse(
    worse(angle(m.azimuthRad), ifAny(m.elevationRad, elevation)),
    worse(angleSigma(m.azimuthSigmaRad), ifAny(m.elevationSigmaRad, angleSigma)),
  );

function faultOfPosition(m: Extract<TrackerMeasurement, { kind: "position" }>): Code | undefined {
  const [e, n, u] = m.posEnuM;
  let fault = worse(within(e, -FARTHEST_M, FARTHEST_M), within(n, -FARTHEST_M, FARTHEST_M));
  if (m.verticalSigmaM !== undefined) fault = worse(fault, worse(within(u, -FARTHEST_M, FARTHEST_M), sigma(m.verticalSigmaM)));
  for (const value of m.velEnuMps ?? []) fault = worse(fault, speed(value));
  if (m.ellipse) fault = worse(fault, faultOfEllipse(m.ellipse));
  return worse(fault, worse(sigma(m.horizontalSigmaM), ifAny(m.velocitySigmaMps, sigma)));
}

/** Its longer axis is no shorter than the other. */
const faultOfEllipse = ({ semiMajorM, semiMinorM, bearingRad }: ErrorEllipse): Code | undefined =>
  worse(worse(sigma(semiMajorM), sigma(semiMinorM)), angle(bearingRad)) ?? (semiMinorM > semiMajorM ? "absurd" : undefined);
