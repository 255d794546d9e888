import { radFromDeg, wrapTurnRad } from "@picket/geo";
import type { Ellipse, LineDetection, Measurement, Sensor } from "@picket/model";
import { errorsOf, type HorizontalErrors } from "./horizontal-errors.ts";
import { present } from "./present.ts";
import type { Refuse } from "./refuse.ts";
import type { TrueNorth } from "./true-north.ts";

type Line<Kind extends LineDetection["kind"]> = Extract<LineDetection, { kind: Kind }>;

/**
 * What a line's detection measured, in radians from true north. A standard deviation that is not stated is the sensor's configured one.
 * What has none, or 0, is refused: the measurement itself, or only its elevation, range rate or velocity.
 */
export function measurementOf(line: LineDetection, sensor: Sensor, north: TrueNorth, refuse: Refuse): Measurement | undefined {
  switch (line.kind) {
    case "position":
      return positionOf(line, sensor, refuse);
    case "polar":
      return polarOf(line, sensor, north, refuse);
    case "bearing": {
      const azimuth = azimuthOf(line, sensor, north, refuse);
      return azimuth && { kind: "bearing", ...azimuth, ...elevationOf(line, sensor, refuse) };
    }
    case "range": {
      const rangeSigmaM = sigma("rangeSigmaM", line.rangeSigmaM ?? sensor.rangeSigmaM, refuse);
      return rangeSigmaM === undefined ? undefined : { kind: "range", rangeM: line.rangeM, rangeSigmaM };
    }
    case "rangeDifference": {
      const { kind, otherSensor, differenceM } = line;
      const sigmaM = sigma("sigmaM", line.sigmaM ?? sensor.rangeSigmaM, refuse);
      return sigmaM === undefined ? undefined : { kind, otherSensor, differenceM, sigmaM };
    }
    case "sector":
      return sectorOf(line, north);
    case "presence":
      return { kind: "presence", ...present({ radiusM: line.radiusM }) };
    default:
      throw new TypeError(`No such kind of detection: ${line satisfies never}`);
  }
}

function positionOf(line: Line<"position">, sensor: Sensor, refuse: Refuse): Measurement | undefined {
  const errors = line.ellipse ? ellipseOf(line.ellipse, refuse) : sigmaOf(line, sensor, refuse);
  if (errors === undefined) return undefined;
  const { latDeg, lonDeg, height } = line;
  return { kind: "position", latDeg, lonDeg, ...errors, ...present({ height }), ...velocityOf(line, refuse) };
}

function sigmaOf(line: Line<"position">, sensor: Sensor, refuse: Refuse): HorizontalErrors | undefined {
  const horizontalSigmaM = sigma("horizontalSigmaM", line.horizontalSigmaM ?? sensor.rangeSigmaM, refuse);
  return horizontalSigmaM === undefined ? undefined : { horizontalSigmaM };
}

/** Where it is wrong, nothing else that is said of the place is believed either. */
function ellipseOf(ellipse: Ellipse, refuse: Refuse): HorizontalErrors | undefined {
  const { semiMajorM, semiMinorM } = ellipse;
  const minorM = sigma("ellipse/semiMinorM", semiMinorM, refuse);
  if (minorM === undefined) return undefined;
  if (minorM <= semiMajorM) return errorsOf(ellipse);
  refuse("no-ellipse", "ellipse/semiMinorM", `must be at most semiMajorM, ${semiMajorM}, got ${semiMinorM}`);
  return undefined;
}

function velocityOf(line: Line<"position">, refuse: Refuse): Pick<Extract<Measurement, { kind: "position" }>, "velocity"> {
  const { eastMps, northMps, upMps } = line;
  if (eastMps === undefined && northMps === undefined && upMps === undefined) return {};
  if (eastMps === undefined || northMps === undefined) {
    refuse("velocity-incomplete", eastMps === undefined ? "eastMps" : "northMps", "a velocity needs east and north");
    return {};
  }
  const sigmaMps = sigma("velocitySigmaMps", line.velocitySigmaMps, refuse);
  return sigmaMps === undefined ? {} : { velocity: { eastMps, northMps, ...present({ upMps }), sigmaMps } };
}

function polarOf(line: Line<"polar">, sensor: Sensor, north: TrueNorth, refuse: Refuse): Measurement | undefined {
  const rangeSigmaM = sigma("rangeSigmaM", line.rangeSigmaM ?? sensor.rangeSigmaM, refuse);
  const azimuth = azimuthOf(line, sensor, north, refuse);
  if (rangeSigmaM === undefined || azimuth === undefined) return undefined;
  const { rangeM } = line;
  return {
    kind: "polar",
    rangeM,
    rangeSigmaM,
    ...azimuth,
    ...elevationOf(line, sensor, refuse),
    ...rangeRateOf(line, sensor, refuse),
  };
}

function rangeRateOf({ rangeRateMps, rangeRateSigmaMps }: Line<"polar">, sensor: Sensor, refuse: Refuse) {
  if (rangeRateMps === undefined) return {};
  const sigmaMps = sigma("rangeRateSigmaMps", rangeRateSigmaMps ?? sensor.rangeRateSigmaMps, refuse);
  return sigmaMps === undefined ? {} : { rangeRateMps, rangeRateSigmaMps: sigmaMps };
}

function azimuthOf(line: Line<"polar" | "bearing">, sensor: Sensor, north: TrueNorth, refuse: Refuse) {
  const ownSigmaDeg = sigma("azimuthSigmaDeg", line.azimuthSigmaDeg ?? sensor.azimuthSigmaDeg, refuse);
  if (ownSigmaDeg === undefined || !north.ok) return undefined;
  const ownSigmaRad = radFromDeg(ownSigmaDeg);
  return {
    azimuthRad: wrapTurnRad(radFromDeg(line.azimuthDeg) + north.offsetRad),
    azimuthSigmaRad: Math.sqrt(ownSigmaRad * ownSigmaRad + north.sigmaRad * north.sigmaRad),
  };
}

function elevationOf({ elevationDeg, elevationSigmaDeg }: Line<"polar" | "bearing">, sensor: Sensor, refuse: Refuse) {
  if (elevationDeg === undefined) return {};
  const sigmaDeg = sigma("elevationSigmaDeg", elevationSigmaDeg ?? sensor.elevationSigmaDeg, refuse);
  return sigmaDeg === undefined ? {} : { elevationRad: radFromDeg(elevationDeg), elevationSigmaRad: radFromDeg(sigmaDeg) };
}

/** A full circle is from 0 to 2π, so that it cannot be taken for an empty sector. */
function sectorOf({ azimuthFromDeg, azimuthToDeg, rangeMaxM }: Line<"sector">, north: TrueNorth): Measurement | undefined {
  if (!north.ok) return undefined;
  const isFull = Math.abs(azimuthToDeg - azimuthFromDeg) >= 360;
  const azimuthFromRad = isFull ? 0 : wrapTurnRad(radFromDeg(azimuthFromDeg) + north.offsetRad);
  const azimuthToRad = isFull ? 2 * Math.PI : wrapTurnRad(radFromDeg(azimuthToDeg) + north.offsetRad);
  return { kind: "sector", azimuthFromRad, azimuthToRad, ...present({ rangeMaxM }) };
}

function sigma(item: string, value: number | undefined, refuse: Refuse): number | undefined {
  if (value !== undefined && value > 0) return value;
  const detail = value === undefined ? "neither stated nor configured for the sensor" : `must be above 0, got ${value}`;
  refuse("no-sigma", item, detail);
  return undefined;
}
