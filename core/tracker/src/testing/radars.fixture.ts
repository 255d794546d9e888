import type { TrackerDetection, TrackerSensor } from "../types.ts";

export const RADAR: TrackerSensor = {
  id: "radar-1",
  posEnuM: [0, 0, 10],
  detectionProbability: 0.9,
  revisitMs: 1000,
  clutterPerLook: 5,
  fieldOfView: {
    rangeMinM: 100,
    rangeMaxM: 6000,
    azimuthFromRad: -1.5,
    azimuthToRad: 1.5,
    elevationMinRad: 0,
    elevationMaxRad: 0.5,
  },
};
export const SECOND: TrackerSensor = { ...RADAR, id: "radar-2", posEnuM: [900, -200, 12], revisitMs: 1500 };

/** A generator of numbers in 0…1 that is the same everywhere. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A plot without noise by a radar at the origin, so that what follows depends on the tracker alone. */
export function plotAt(e: number, n: number, u: number): TrackerDetection {
  const ground = Math.sqrt(e * e + n * n);
  return {
    measurement: {
      kind: "polar",
      rangeM: Math.sqrt(ground * ground + u * u),
      rangeSigmaM: 5,
      azimuthRad: Math.atan2(e, n),
      azimuthSigmaRad: 0.005,
      elevationRad: Math.atan2(u, ground),
      elevationSigmaRad: 0.005,
    },
  };
}

export function polarOf(
  [e, n, u]: readonly [number, number, number],
  from: TrackerSensor,
  noise: () => number,
): TrackerDetection {
  const x = e - from.posEnuM[0];
  const y = n - from.posEnuM[1];
  const z = u - from.posEnuM[2];
  const spread = (sigma: number): number => sigma * (noise() + noise() + noise() - 1.5) * 2;
  return {
    measurement: {
      kind: "polar",
      rangeM: Math.sqrt(x * x + y * y + z * z) + spread(5),
      rangeSigmaM: 5,
      azimuthRad: Math.atan2(x, y) + spread(0.005),
      azimuthSigmaRad: 0.005,
      elevationRad: Math.atan2(z, Math.sqrt(x * x + y * y)) + spread(0.008),
      elevationSigmaRad: 0.008,
    },
  };
}
