import type { TrackerDetection, TrackerMeasurement } from "./types.ts";

/** No sensor is surer than this of where a drone is, which is no point: neither the survey of its own place nor its clock is. */
const LEAST_M = 0.01;
const LEAST_RAD = 1e-5;
const LEAST_MPS = 0.01;

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
  const { horizontalSigmaM, verticalSigmaM = LEAST_M, velocitySigmaMps = LEAST_MPS } = m;
  if (horizontalSigmaM >= LEAST_M && verticalSigmaM >= LEAST_M && velocitySigmaMps >= LEAST_MPS) return m;
  return {
    ...m,
    horizontalSigmaM: Math.max(horizontalSigmaM, LEAST_M),
    ...(m.verticalSigmaM !== undefined && { verticalSigmaM: Math.max(verticalSigmaM, LEAST_M) }),
    ...(m.velocitySigmaMps !== undefined && { velocitySigmaMps: Math.max(velocitySigmaMps, LEAST_MPS) }),
  };
}

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
