import { radFromDeg } from "@picket/geo";
import type { Detection, Scan, SensorId, SensorState } from "@picket/model";
import type { SensorNow } from "../track/sensor-watch.ts";
import type { ClaimLedger } from "./claim-ledger.ts";
import type { Trails } from "./trails.ts";

type Bias = NonNullable<SensorState["registration"]>["applied"];

/** What each sensor was corrected by in the last tick. Plain data. */
export type Corrected = Map<SensorId, Bias>;

/** By itself a correction moves no faster: what is more at once a person has accepted, or the mount was set up anew. */
const STEP_DEG = 0.6;
const STEP_M = 12;
const NONE: Bias = { rangeM: 0, azimuthDeg: 0, elevationDeg: 0, clockS: 0 };

/** Forgets what a sensor said of broadcasts, and what was seen of objects, where the sensor is corrected otherwise now: it was told of another mount. */
export function forgetSteps(
  { corrected, ledger, trails }: Readonly<{ corrected: Corrected; ledger: ClaimLedger; trails: Trails }>,
  sensors: readonly SensorNow[],
): void {
  const last = new Map(corrected);
  corrected.clear();
  for (const { sensor, state } of sensors) {
    const now = state.registration?.applied ?? NONE;
    const before = last.get(sensor.id) ?? NONE;
    corrected.set(sensor.id, now);
    const isSame = Math.abs(now.azimuthDeg - before.azimuthDeg) <= STEP_DEG && Math.abs(now.rangeM - before.rangeM) <= STEP_M;
    if (isSame) continue;
    trails.clear();
    for (const record of ledger.records.values()) {
      record.sensors.delete(sensor.id);
      record.near.clear();
      record.held.clear();
      record.flown.clear();
    }
  }
}

/** A look as its sensor would have given it without a bias. */
export function withoutBias(scan: Scan, bias: Bias | undefined): Scan {
  if (!bias || Object.values(bias).every((value) => value === 0)) return scan;
  const turnRad = radFromDeg(bias.azimuthDeg);
  return {
    ...scan,
    measuredMs: scan.measuredMs - 1000 * bias.clockS,
    ...(scan.sector && {
      sector: { azimuthFromRad: scan.sector.azimuthFromRad - turnRad, azimuthToRad: scan.sector.azimuthToRad - turnRad },
    }),
    detections: scan.detections.map((detection): Detection => {
      const { measurement } = detection;
      if (measurement.kind !== "polar" && measurement.kind !== "bearing") return detection;
      const { azimuthRad, elevationRad } = measurement;
      const angles = {
        azimuthRad: azimuthRad - turnRad,
        ...(elevationRad !== undefined && { elevationRad: elevationRad - radFromDeg(bias.elevationDeg) }),
      };
      if (measurement.kind === "bearing") return { ...detection, measurement: { ...measurement, ...angles } };
      return { ...detection, measurement: { ...measurement, ...angles, rangeM: Math.max(1, measurement.rangeM - bias.rangeM) } };
    }),
  };
}
