import type { EnuM, TrackerMeasurement, TrackerSensor } from "../types.ts";
import { addRow, BIAS_UNIT, type Evidence, LATENCY_SIGMA_S, ROW_LENGTH } from "./evidence.ts";
import type { ReferenceState } from "./reference-path.ts";

export type Plot = Extract<TrackerMeasurement, Readonly<{ kind: "polar" | "bearing" }>>;

/** How a reference lies to a sensor, with the gradient (site frame, per metre of its position) of range, azimuth and elevation. */
export type Sight = Readonly<{
  rangeM: number;
  azimuthRad: number;
  elevationRad: number;
  gradients: readonly [EnuM, EnuM, EnuM];
}>;

/** How far a plot's range, azimuth and elevation are from where the reference is; `undefined` for what was not measured. */
export type Offset = Readonly<{ rangeM: number | undefined; azimuthRad: number; elevationRad: number | undefined }>;

const PARALLEL = [1, 0, 0, 0, 1, 0, 0, 0, 1] as const;
const LEAST_RANGE_M = 100;
/**
 * Nothing is known better than this, whatever it says: a sensor plots some part of an airframe whose receiver sits in another, times differ
 * by a few milliseconds, and mounts bend in sun and wind.
 */
const LEAST_PLACE_SIGMA_M = 0.3;
const LEAST_ANGLE_SIGMA_RAD = 1e-4;

/** `undefined` too near the sensor, or overhead, where a small error of position is a large one of angle. */
export function sightOf({ posEnuM, toSite = PARALLEL }: TrackerSensor, at: EnuM): Sight | undefined {
  const away = [at[0] - posEnuM[0], at[1] - posEnuM[1], at[2] - posEnuM[2]] as const;
  const own = (k: number): number => toSite[k] * away[0] + toSite[3 + k] * away[1] + toSite[6 + k] * away[2];
  const [e, n, u] = [own(0), own(1), own(2)];
  const groundM = Math.sqrt(e * e + n * n);
  const rangeM = Math.sqrt(groundM * groundM + u * u);
  if (rangeM < LEAST_RANGE_M || groundM < rangeM / 2) return undefined;
  const toSiteFrame = (x: number, y: number, z: number): EnuM => [
    toSite[0] * x + toSite[1] * y + toSite[2] * z,
    toSite[3] * x + toSite[4] * y + toSite[5] * z,
    toSite[6] * x + toSite[7] * y + toSite[8] * z,
  ];
  const [sinAz, cosAz, sinEl, cosEl] = [e / groundM, n / groundM, u / rangeM, groundM / rangeM];
  return {
    rangeM,
    azimuthRad: Math.atan2(e, n),
    elevationRad: Math.atan2(u, groundM),
    gradients: [
      toSiteFrame(sinAz * cosEl, cosAz * cosEl, sinEl),
      toSiteFrame(cosAz / groundM, -sinAz / groundM, 0),
      toSiteFrame((-sinAz * sinEl) / rangeM, (-cosAz * sinEl) / rangeM, cosEl / rangeM),
    ],
  };
}

export function offsetOf(plot: Plot, { rangeM, azimuthRad, elevationRad }: Sight): Offset {
  const turn = plot.azimuthRad - azimuthRad;
  return {
    rangeM: plot.kind === "polar" ? plot.rangeM - rangeM : undefined,
    azimuthRad: turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI)),
    elevationRad: plot.elevationRad === undefined ? undefined : plot.elevationRad - elevationRad,
  };
}

const row = new Float64Array(ROW_LENGTH);

/**
 * Takes what a plot of a reference says of the biases. With g the gradient of a coordinate, v the reference's velocity, b the bias, T the
 * clock's offset and T0 the one its time was corrected by, the offset is y = b - g·v·(T - T0) - g·o + g·v·l + noise, where o is the
 * reference's constant error and l its latency. A reference of unknown height says nothing of range and elevation.
 */
export function addPair(
  evidence: Evidence,
  plot: Plot,
  offset: Offset,
  { gradients }: Sight,
  reference: ReferenceState,
  clockS: number,
): void {
  const { velEnuMps: v, verticalSigmaM } = reference;
  const h = Math.max(LEAST_PLACE_SIGMA_M, reference.horizontalSigmaM);
  const u = Math.max(LEAST_PLACE_SIGMA_M, verticalSigmaM ?? 0);
  const hasHeight = verticalSigmaM !== undefined;
  const offsets = [hasHeight ? offset.rangeM : undefined, offset.azimuthRad, hasHeight ? offset.elevationRad : undefined];
  const sigmas = [
    Math.max(LEAST_PLACE_SIGMA_M, plot.kind === "polar" ? plot.rangeSigmaM : 0),
    Math.max(LEAST_ANGLE_SIGMA_RAD, plot.azimuthSigmaRad),
    Math.max(LEAST_ANGLE_SIGMA_RAD, plot.elevationSigmaRad ?? plot.azimuthSigmaRad),
  ];
  for (let axis = 0; axis < 3; axis++) {
    const y = offsets[axis];
    if (y === undefined) continue;
    const g = gradients[axis];
    const rate = g[0] * v[0] + g[1] * v[1] + g[2] * v[2];
    row.fill(0);
    row[axis] = BIAS_UNIT[axis];
    row[3] = -rate * BIAS_UNIT[3];
    row[4] = -g[0] * h;
    row[5] = -g[1] * h;
    row[6] = hasHeight ? -g[2] * u : 0;
    row[7] = rate * LATENCY_SIGMA_S;
    // A reference's error is partly constant (the nuisances) and partly new each time.
    const own = row[4] * row[4] + row[5] * row[5] + row[6] * row[6];
    addRow(evidence, row, y - rate * clockS, sigmas[axis] * sigmas[axis] + own);
  }
}
