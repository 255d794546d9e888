import type { EnuM, TrackState } from "../types.ts";
import type { SensorBias } from "./bias.ts";

/** Where a sensor stands, and one standard deviation of what is left of its bias. */
export type Left = Readonly<{ posEnuM: EnuM; residual: SensorBias }>;

/** A sensor that has given a track nothing for longer holds it no more. */
const HELD_MS = 10_000;
/** Where east, north, up and their products lie in a 6×6 row-major covariance. */
const [EE, EN, EU, NE, NN, NU, UE, UN, UU] = [0, 1, 2, 6, 7, 8, 12, 13, 14] as const;

/**
 * The track with what is left of its sensors' biases in its covariance. That error is the same in every plot: a filter that took it for noise
 * would follow the worse and average out what cannot be averaged out, so it stands beside the filter, added to what is told. Of several sensors
 * that hold the track the one counts that leaves least; one of which nothing is known leaves nothing.
 *
 * @source Jazwinski (1970), Stochastic Processes and Filtering Theory, section 8.4 (consider parameters), for a bias that no gain is spent on.
 */
export function withResidual(track: TrackState, leftOf: (sensor: string) => Left | undefined): TrackState {
  let least: readonly number[] | undefined;
  for (const { sensor, lastMs } of track.contributions) {
    if (track.measuredMs - lastMs > HELD_MS) continue;
    const left = leftOf(sensor);
    if (!left) return track;
    const block = errorAt(track, left);
    if (!least || spreadOf(block) < spreadOf(least)) least = block;
  }
  if (!least) return track;
  const covariance = track.covariance.slice();
  for (const [k, at] of [EE, EN, EU, NE, NN, NU, UE, UN, UU].entries()) covariance[at] += least[k];
  return { ...track, covariance };
}

/** Range along the line of sight, azimuth across it, elevation above it, and the way flown in the clock's error: 3×3 row-major, m². */
function errorAt({ posEnuM, velEnuMps }: TrackState, { posEnuM: from, residual }: Left): readonly number[] {
  const [e, n, u] = [posEnuM[0] - from[0], posEnuM[1] - from[1], posEnuM[2] - from[2]];
  const ground = Math.max(1, Math.sqrt(e * e + n * n));
  const range = Math.sqrt(ground * ground + u * u);
  const [sinAz, cosAz, sinEl, cosEl] = [e / ground, n / ground, u / range, ground / range];
  const axes = [
    [sinAz * cosEl, cosAz * cosEl, sinEl].map((axis) => axis * residual.rangeM),
    [cosAz, -sinAz, 0].map((axis) => axis * ground * residual.azimuthRad),
    [-sinAz * sinEl, -cosAz * sinEl, cosEl].map((axis) => axis * range * residual.elevationRad),
    velEnuMps.map((speed) => speed * residual.clockS),
  ];
  return [0, 1, 2].flatMap((a) => [0, 1, 2].map((b) => axes.reduce((sum, axis) => sum + axis[a] * axis[b], 0)));
}

const spreadOf = ([ee, , , , nn]: readonly number[]): number => ee + nn;
