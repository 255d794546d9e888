import { radFromDeg } from "@picket/geo";
import type { Detection, Reality, Scan, SensorState } from "@picket/model";
import type { Picture } from "../track/track.ts";
import type { Tracked } from "../track/tracked.ts";
import type { ClaimLedger } from "./claim-ledger.ts";
import type { Trails } from "./trails.ts";

type Bias = NonNullable<SensorState["registration"]>["applied"];

/** What each sensor was corrected by in the last tick, in each reality. Plain data. */
export type Corrected = Map<Reality, Map<string, Bias>>;

/** By itself a correction moves no faster: what is more at once a person has accepted, or the mount was set up anew. */
const STEP_DEG = 0.6;
const STEP_M = 12;
const NONE: Bias = { rangeM: 0, azimuthDeg: 0, elevationDeg: 0, clockS: 0 };

type Known = Readonly<{ corrected: Corrected; ledger: ClaimLedger; trails: Trails }>;

/** Forgets what a sensor said of broadcasts, and what was seen of objects, where the sensor is corrected otherwise now: it was told of another mount. */
export function forgetSteps(known: Known, { registrations, tracks }: Pick<Picture, "registrations" | "tracks">): void {
  const { corrected } = known;
  for (const reality of new Set([...corrected.keys(), ...registrations.keys()])) {
    const last = corrected.get(reality) ?? new Map<string, Bias>();
    const now = new Map([...(registrations.get(reality) ?? [])].map(([sensor, { applied }]) => [sensor, applied]));
    corrected.set(reality, now);
    for (const sensor of new Set([...last.keys(), ...now.keys()]))
      if (isStep(last.get(sensor) ?? NONE, now.get(sensor) ?? NONE)) forget(known, { reality, sensor }, tracks);
  }
}

const isStep = (before: Bias, now: Bias): boolean =>
  Math.abs(now.azimuthDeg - before.azimuthDeg) > STEP_DEG || Math.abs(now.rangeM - before.rangeM) > STEP_M;

function forget(
  { ledger, trails }: Known,
  { reality, sensor }: Readonly<{ reality: Reality; sensor: string }>,
  tracks: readonly Tracked[],
): void {
  for (const track of tracks) if (track.reality === reality) trails.delete(track.id);
  for (const record of ledger.records.values()) {
    if (record.reality !== reality) continue;
    record.sensors.delete(sensor);
    delete record.seenLlr;
    record.near.clear();
    record.held.clear();
    record.flown.clear();
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
