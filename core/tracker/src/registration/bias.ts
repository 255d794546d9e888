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
      const { measurement } = detection;
      return measurement.kind === "position" ? detection : { ...detection, measurement: corrected(measurement, bias) };
    }),
  };
}

type Polar = Exclude<TrackerMeasurement, Readonly<{ kind: "position" }>>;

function corrected(measurement: Polar, bias: SensorBias): TrackerMeasurement {
  const azimuthRad = measurement.azimuthRad - bias.azimuthRad;
  const elevation = measurement.elevationRad === undefined ? {} : { elevationRad: measurement.elevationRad - bias.elevationRad };
  if (measurement.kind === "bearing") return { ...measurement, azimuthRad, ...elevation };
  return { ...measurement, azimuthRad, ...elevation, rangeM: Math.max(1, measurement.rangeM - bias.rangeM) };
}
