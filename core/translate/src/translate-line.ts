import { radFromDeg, wrapTurnRad } from "@picket/geo";
import {
  type Detection,
  type DetectionLine,
  type Input,
  type LineDetection,
  leastReal,
  type RawReference,
  type Reality,
  type Scan,
  type Sensor,
} from "@picket/model";
import { measurementOf } from "./measurement.ts";
import { present } from "./present.ts";
import type { Refuse } from "./refuse.ts";
import { likelihoodsUnsaid } from "./signature.ts";
import { type TrueNorth, trueNorth } from "./true-north.ts";

/** What is known of a line beside its own words. */
export type LineContext = Readonly<{ sensor: Sensor; reality: Reality; receivedMs: number; raw: RawReference; refuse: Refuse }>;

/** Of a stated time whose sigma is not stated. */
const STATED_TIME_SIGMA_MS = 100;
/** Of the time of arrival, where no time is stated or the stated one lies ahead of us. */
const ARRIVAL_TIME_SIGMA_MS = 500;

/**
 * The look and the state a line tells of. A look all of whose detections were refused is no look: it would read as an empty sky.
 */
export function translateLine(line: DetectionLine, context: LineContext): Input[] {
  const reality = leastReal(context.reality, line.reality ?? context.reality);
  const inputs: Input[] = [];
  if (line.state !== undefined || line.detail !== undefined) {
    const { sensor, state = "working", detail } = line;
    inputs.push({ kind: "sensorReport", sensor, receivedMs: context.receivedMs, reality, state, ...present({ detail }) });
  }
  if (line.detections !== undefined) {
    const scan = scanOf(line, line.detections, reality, context);
    if (scan) inputs.push(scan);
  } else if (inputs.length === 0) context.refuse("nothing-said", "line", "neither detections nor state");
  return inputs;
}

function scanOf(
  line: DetectionLine,
  seen: readonly LineDetection[],
  reality: Reality,
  { sensor, receivedMs, raw, refuse }: LineContext,
): Scan | undefined {
  const north = trueNorth(sensor, receivedMs);
  if (!north.ok && (line.sector !== undefined || seen.some(hasAzimuth))) {
    refuse("north-reference", "sensor", north.why);
    return undefined;
  }
  const detections: Detection[] = [];
  for (const [index, detection] of seen.entries()) {
    const measurement = measurementOf(detection, sensor, north, (code, item, detail) =>
      refuse(code, `/detections/${index}/${item}`, detail),
    );
    if (measurement) detections.push({ measurement, ...featuresOf(detection) });
  }
  if (detections.length === 0 && seen.length > 0) return undefined;
  return {
    kind: "scan",
    sensor: sensor.id,
    ...timesOf(line, receivedMs),
    reality,
    ...sectorOf(line, north),
    detections,
    raw,
  };
}

/**
 * What is measured after it is received was stamped by a clock that runs ahead: the time of arrival is used and the offset said.
 * A clock that lags cannot be told from a slow way, so its time stands and its offset is said too.
 */
function timesOf({ measuredMs, measuredSigmaMs }: DetectionLine, receivedMs: number) {
  if (measuredMs === undefined) return { measuredMs: receivedMs, measuredSigmaMs: ARRIVAL_TIME_SIGMA_MS, receivedMs };
  const clockOffsetMs = measuredMs - receivedMs;
  const sigmaMs = measuredSigmaMs ?? STATED_TIME_SIGMA_MS;
  if (clockOffsetMs <= 0) return { measuredMs, measuredSigmaMs: sigmaMs, receivedMs, clockOffsetMs };
  return { measuredMs: receivedMs, measuredSigmaMs: Math.max(sigmaMs, ARRIVAL_TIME_SIGMA_MS), receivedMs, clockOffsetMs };
}

/** The part that was looked at; absent for the whole field of view, and for a full circle. */
function sectorOf({ sector }: DetectionLine, north: TrueNorth): Pick<Scan, "sector"> {
  if (sector === undefined || !north.ok || Math.abs(sector.azimuthToDeg - sector.azimuthFromDeg) >= 360) return {};
  const azimuthFromRad = wrapTurnRad(radFromDeg(sector.azimuthFromDeg) + north.offsetRad);
  const azimuthToRad = wrapTurnRad(radFromDeg(sector.azimuthToDeg) + north.offsetRad);
  return { sector: { azimuthFromRad, azimuthToRad } };
}

const hasAzimuth = ({ kind }: LineDetection): boolean => kind === "polar" || kind === "bearing" || kind === "sector";

/**
 * What a detection says beside its measurement: it means the same on the line as in the model. A radar that measures and does not say of what
 * class such a thing is, is taken at what such things measure.
 */
function featuresOf(line: LineDetection): Omit<Detection, "measurement"> {
  const { emitter, propagation, signal, rcsDbsm, microDoppler, claims, origin, filtered } = line;
  const classLikelihoods = line.classLikelihoods ?? likelihoodsUnsaid(line);
  return present({ emitter, propagation, signal, rcsDbsm, microDoppler, classLikelihoods, claims, origin, filtered });
}
