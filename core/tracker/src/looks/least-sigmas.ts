import type { ErrorEllipse, TrackerDetection, TrackerMeasurement } from "../types.ts";

/** No sensor is surer than this of where a drone is, which is no point: neither the survey of its own place nor its clock is. */
const LEAST_M = 0.01;
const LEAST_RAD = 1e-5;
const LEAST_MPS = 0.01;
/** No ellipse is thinner, of its length: the covariance of what is known so unevenly would be lost in rounding. */
const LEAST_SHARE = 1e-4;

/** The detection with no standard deviation less than a sensor can have, across the line of sight too; itself where none was. */
export function withLeastSigmas(detection: TrackerDetection): TrackerDetection {
  const { measurement } = detection;
  const floored = flooredOf(measurement);
  return floored === measurement ? detection : { ...detection, measurement: floored };
}

function flooredOf(m: TrackerMeasurement): TrackerMeasurement {
  switch (m.kind) {
    case "polar":
      return flooredPolar(m);
    case "bearing":
      return areAtLeast(m, LEAST_RAD, LEAST_RAD) ? m : { ...m, ...flooredAngles(m, LEAST_RAD, LEAST_RAD) };
    case "position":
      return flooredPosition(m);
    case "range":
      return m.rangeSigmaM >= LEAST_M ? m : { ...m, rangeSigmaM: LEAST_M };
    case "rangeDifference":
      return m.sigmaM >= LEAST_M ? m : { ...m, sigmaM: LEAST_M };
    case "sector":
    case "presence":
      return m;
    default:
      return m satisfies never;
  }
}

/** Near the sensor, and in azimuth near its zenith, the least length makes a wide angle. */
function flooredPolar(m: Extract<TrackerMeasurement, { kind: "polar" }>): TrackerMeasurement {
  const leastUp = Math.max(LEAST_RAD, LEAST_M / m.rangeM);
  const least = Math.max(LEAST_RAD, LEAST_M / (m.rangeM * Math.abs(Math.cos(m.elevationRad ?? 0))));
  const isSpeedSound = m.rangeRateSigmaMps === undefined || m.rangeRateSigmaMps >= LEAST_MPS;
  if (m.rangeSigmaM >= LEAST_M && isSpeedSound && areAtLeast(m, least, leastUp)) return m;
  return {
    ...m,
    ...flooredAngles(m, least, leastUp),
    rangeSigmaM: Math.max(m.rangeSigmaM, LEAST_M),
    ...(m.rangeRateSigmaMps !== undefined && { rangeRateSigmaMps: Math.max(m.rangeRateSigmaMps, LEAST_MPS) }),
  };
}

function flooredPosition(m: Extract<TrackerMeasurement, { kind: "position" }>): TrackerMeasurement {
  const { horizontalSigmaM, ellipse, verticalSigmaM = LEAST_M, velocitySigmaMps = LEAST_MPS } = m;
  const isFlatSound = horizontalSigmaM >= LEAST_M && (!ellipse || ellipse.semiMinorM >= leastMinorM(ellipse));
  if (isFlatSound && verticalSigmaM >= LEAST_M && velocitySigmaMps >= LEAST_MPS) return m;
  return {
    ...m,
    horizontalSigmaM: Math.max(horizontalSigmaM, LEAST_M),
    ...(ellipse && { ellipse: flooredEllipse(ellipse) }),
    ...(m.verticalSigmaM !== undefined && { verticalSigmaM: Math.max(verticalSigmaM, LEAST_M) }),
    ...(m.velocitySigmaMps !== undefined && { velocitySigmaMps: Math.max(velocitySigmaMps, LEAST_MPS) }),
  };
}

const leastMinorM = ({ semiMajorM }: ErrorEllipse): number => Math.max(LEAST_M, LEAST_SHARE * semiMajorM);

const flooredEllipse = (ellipse: ErrorEllipse): ErrorEllipse => ({
  ...ellipse,
  semiMajorM: Math.max(ellipse.semiMajorM, LEAST_M),
  semiMinorM: Math.max(ellipse.semiMinorM, leastMinorM(ellipse)),
});

type Angles = Readonly<{ azimuthSigmaRad: number; elevationSigmaRad?: number }>;

const areAtLeast = ({ azimuthSigmaRad, elevationSigmaRad = azimuthSigmaRad }: Angles, azimuth: number, up: number): boolean =>
  azimuthSigmaRad >= azimuth && elevationSigmaRad >= up;

const flooredAngles = (
  { azimuthSigmaRad, elevationSigmaRad = azimuthSigmaRad }: Angles,
  azimuth: number,
  up: number,
): Angles => ({
  azimuthSigmaRad: Math.max(azimuthSigmaRad, azimuth),
  elevationSigmaRad: Math.max(elevationSigmaRad, up),
});
