import type { TrackerDetection, TrackerLook, TrackerMeasurement } from "../types.ts";

/**
 * What a sensor's report has in it that is not so: what it says less what is, in range, azimuth and elevation, and how far its clock is
 * ahead of ours.
 */
export type SensorBias = Readonly<{ rangeM: number; azimuthRad: number; elevationRad: number; clockS: number }>;

export const NO_BIAS: SensorBias = { rangeM: 0, azimuthRad: 0, elevationRad: 0, clockS: 0 };

/** The look as a sensor without the bias would have given it. Positions that somebody broadcasts have none of the sensor's. */
export function withoutBias(look: TrackerLook, bias: SensorBias): TrackerLook {
  if (bias === NO_BIAS) return look;
  return {
    ...look,
    measuredMs: look.measuredMs - 1000 * bias.clockS,
    ...(look.sector && {
      sector: {
        azimuthFromRad: look.sector.azimuthFromRad - bias.azimuthRad,
        azimuthToRad: look.sector.azimuthToRad - bias.azimuthRad,
      },
    }),
    detections: look.detections.map((detection): TrackerDetection => {
      const measurement = corrected(detection.measurement, bias);
      return measurement === detection.measurement ? detection : { ...detection, measurement };
    }),
  };
}

function corrected(m: TrackerMeasurement, bias: SensorBias): TrackerMeasurement {
  switch (m.kind) {
    case "polar":
      return { ...m, ...angles(m, bias), ...distance(m, bias) };
    case "bearing":
      return { ...m, ...angles(m, bias) };
    case "range":
      return { ...m, ...distance(m, bias) };
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

type Angles = Readonly<{ azimuthRad: number; elevationRad?: number }>;

const angles = ({ azimuthRad, elevationRad }: Angles, bias: SensorBias): Angles => ({
  azimuthRad: azimuthRad - bias.azimuthRad,
  ...(elevationRad !== undefined && { elevationRad: elevationRad - bias.elevationRad }),
});

const distance = ({ rangeM }: Readonly<{ rangeM: number }>, bias: SensorBias): { rangeM: number } => ({
  rangeM: Math.max(1, rangeM - bias.rangeM),
});
