import { type Detections, POINT, POLAR_2D } from "../looks/detections.ts";
import { COV, DIM, MODES, type TrackStore } from "../store/store.ts";

/** What a radar without elevation sees is taken to be no steeper above it than 60 degrees. */
const STEEPEST = Math.sqrt(3) / 2;

export const middle = { eastM: 0, northM: 0, upM: 0, varianceM2: 0, upVarianceM2: 0, eastMps: 0, northMps: 0, speedVariance: 0 };
export const ground = { eastM: 0, northM: 0, varianceM2: 0, hasUp: false, upM: 0, upVarianceM2: 0 };

/**
 * Leaves in `ground` where a detection that gives a place lies on the ground, and the variance of that along an axis, the mean of both; and how high, where
 * it says so. A plot without
 * elevation lies at rho = sqrt(r² - h²), h being how far {@link middle} is above its sensor: a range of 300 m to what is 120 m up is 275 m on
 * the ground. With the variances of r, of azimuth and of h it is known to (r/rho)²·sr² + (h/rho)²·sh² along and rho²·sa² across.
 */
export function layGround(d: Detections, j: number): void {
  ground.eastM = d.posM[3 * j];
  ground.northM = d.posM[3 * j + 1];
  ground.hasUp = d.shape[j] === POINT && d.axisCount[j] === 3;
  ground.upM = d.posM[3 * j + 2];
  ground.upVarianceM2 = 0;
  if (d.shape[j] === POLAR_2D) {
    const r = d.rangeM[j];
    const h = Math.min(Math.abs(middle.upM - d.sensorPosM[2]), STEEPEST * r);
    const rho2 = r * r - h * h;
    const share = Math.sqrt(rho2) / r;
    ground.eastM = d.sensorPosM[0] + share * (ground.eastM - d.sensorPosM[0]);
    ground.northM = d.sensorPosM[1] + share * (ground.northM - d.sensorPosM[1]);
    ground.varianceM2 = ((r * r * d.variance[3 * j] + h * h * middle.upVarianceM2) / rho2 + rho2 * d.azimuthVariance[j]) / 2;
    return;
  }
  ground.varianceM2 = 0;
  for (let k = 0; k < d.axisCount[j]; k++) {
    const a = 9 * j + 3 * k;
    const level = d.axes[a] * d.axes[a] + d.axes[a + 1] * d.axes[a + 1];
    ground.varianceM2 += (d.variance[3 * j + k] * level) / 2;
    ground.upVarianceM2 += d.variance[3 * j + k] * d.axes[a + 2] * d.axes[a + 2];
  }
}

/** Leaves in `middle` where the track's motions have it, the variance of that along an axis of the ground and up, and how it moves. */
export function layMiddle({ mean, cov, weight }: TrackStore, row: number): void {
  middle.eastM = 0;
  middle.northM = 0;
  middle.upM = 0;
  middle.varianceM2 = 0;
  middle.upVarianceM2 = 0;
  middle.eastMps = 0;
  middle.northMps = 0;
  middle.speedVariance = 0;
  for (let i = row * MODES; i < (row + 1) * MODES; i++) {
    middle.eastM += weight[i] * mean[i * DIM];
    middle.northM += weight[i] * mean[i * DIM + 1];
    middle.upM += weight[i] * mean[i * DIM + 2];
    middle.eastMps += weight[i] * mean[i * DIM + 3];
    middle.northMps += weight[i] * mean[i * DIM + 4];
    middle.varianceM2 += (weight[i] * (cov[i * COV] + cov[i * COV + 3])) / 2;
    middle.upVarianceM2 += weight[i] * cov[i * COV + 5];
    middle.speedVariance += (weight[i] * (cov[i * COV + 15] + cov[i * COV + 18])) / 2;
  }
}
