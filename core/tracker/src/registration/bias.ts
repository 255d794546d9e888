import type { TrackerDetection, TrackerLook, TrackerMeasurement } from "../types.ts";

/**
 * What a sensor's report has in it that is not so: what it says less what is, in range, azimuth and elevation, and how far its clock is
 * ahead of ours.
 */
export type SensorBias = Readonly<{ rangeM: number; azimuthRad: number; elevationRad: number; clockS: number }>;

export const NO_BIAS: SensorBias = { rangeM: 0, azimuthRad: 0, elevationRad: 0, clockS: 0 };

/**
 * The look as a sensor without the bias would have given it. Positions that somebody broadcasts have none of the sensor's. `residual` is one
 * standard deviation of what is left of the bias: it is added to what each plot says of its own error, in time to the look's.
 */
export function withoutBias(look: TrackerLook, bias: SensorBias, residual: SensorBias = NO_BIAS): TrackerLook {
  if (bias === NO_BIAS && residual === NO_BIAS) return look;
  return {
    ...look,
    measuredMs: look.measuredMs - 1000 * bias.clockS,
    ...(residual.clockS > 0 && { measuredSigmaMs: both(look.measuredSigmaMs ?? 0, 1000 * residual.clockS) }),
    ...(look.sector && {
      sector: {
        azimuthFromRad: look.sector.azimuthFromRad - bias.azimuthRad,
        azimuthToRad: look.sector.azimuthToRad - bias.azimuthRad,
      },
    }),
    detections: look.detections.map((detection): TrackerDetection => {
      const measurement = corrected(detection.measurement, bias, residual);
      return measurement === detection.measurement ? detection : { ...detection, measurement };
    }),
  };
}

function corrected(m: TrackerMeasurement, bias: SensorBias, residual: SensorBias): TrackerMeasurement {
  switch (m.kind) {
    case "polar":
      return { ...m, ...angles(m, bias, residual), ...distance(m, bias, residual) };
    case "bearing":
      return { ...m, ...angles(m, bias, residual) };
    case "range":
      return { ...m, ...distance(m, bias, residual) };
    case "sector":
      return {
        ...m,
        azimuthFromRad: m.azimuthFromRad - bias.azimuthRad,
        azimuthToRad: m.azimuthToRad - bias.azimuthRad,
      };
    // What a range difference is off by is its two clocks' matter, and a presence has no direction.
    case "rangeDifference":
    case "presence":
    case "position":
      return m;
    default:
      return m satisfies never;
  }
}

type Angles = Readonly<{ azimuthRad: number; azimuthSigmaRad: number; elevationRad?: number; elevationSigmaRad?: number }>;

const angles = (
  { azimuthRad, azimuthSigmaRad, elevationRad, elevationSigmaRad = azimuthSigmaRad }: Angles,
  bias: SensorBias,
  residual: SensorBias,
): Angles => ({
  azimuthRad: azimuthRad - bias.azimuthRad,
  azimuthSigmaRad: both(azimuthSigmaRad, residual.azimuthRad),
  ...(elevationRad !== undefined && {
    elevationRad: elevationRad - bias.elevationRad,
    elevationSigmaRad: both(elevationSigmaRad, residual.elevationRad),
  }),
});

type Distance = Readonly<{ rangeM: number; rangeSigmaM: number }>;

const distance = ({ rangeM, rangeSigmaM }: Distance, bias: SensorBias, residual: SensorBias): Distance => ({
  rangeM: Math.max(1, rangeM - bias.rangeM),
  rangeSigmaM: both(rangeSigmaM, residual.rangeM),
});

/** One standard deviation of two errors that have nothing to do with one another. */
const both = (a: number, b: number): number => Math.sqrt(a * a + b * b);
