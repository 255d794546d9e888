import { bearingRad, distanceM, radFromDeg, wrapTurnRad } from "@picket/geo";
import type { Detection, Measurement, Scan, Sensor } from "@picket/model";

/** Where a radar's antenna was last heard to be. A plain JSON value. */
export type Sweep = Readonly<{
  /** Azimuths of the newest two sector messages, and the time of the newest. */
  crossings?: readonly Readonly<{ azimuthRad: number; atMs: number }>[];
  /** Time of one turn, as the radar says. */
  turnMs?: number;
  /** When the looks that are made up for a radar without sector messages began, and the newest plot since. */
  frameMs?: number;
  plotMs?: number;
  /** When the sensor last sent a plot of its own, where it may send tracks too. */
  plottedMs?: number;
  /** The radar has marked a plot as of a bird. */
  marksBirds?: boolean;
}>;

type Sector = NonNullable<Scan["sector"]>;

/** Sector messages farther apart than this share of a turn leave a gap that nobody knows was looked at. */
const LONGEST_SECTOR_TURN = 0.3;
const UNSAID_TURN_MS = 15_000;
/** A radar that sent a sector message within so many turns sends them. */
const SECTORS_FRESH_TURNS = 2;
/** Plots this far apart all around are of no beam but of a field that is looked at whole. */
const WIDEST_BEAM_RAD = Math.PI / 2;
/** Half a beam of a small radar, beside three standard deviations. */
const HALF_BEAM_RAD = radFromDeg(1);

/** What is later than three seconds can no longer be used beside others in time. */
const LATEST_MS = 2500;

/**
 * A sector message: the antenna has reached `azimuthRad`. Answers the sector before the one that ends here, whose last plots have come by
 * now, and when the antenna left it: it was looked at, whether anything was seen in it or not.
 */
export function crossSector(
  sweep: Sweep,
  azimuthRad: number,
  atMs: number,
): Readonly<{ sweep: Sweep; looked?: Readonly<{ sector: Sector; measuredMs: number }> }> {
  const [before, last] = sweep.crossings ?? [];
  const next = { ...sweep, crossings: [...(sweep.crossings ?? []), { azimuthRad, atMs }].slice(-2) };
  const turnMs = sweep.turnMs ?? UNSAID_TURN_MS;
  if (!before || !last || atMs - before.atMs > 2 * LONGEST_SECTOR_TURN * turnMs || atMs < last.atMs) return { sweep: next };
  const widthRad = wrapTurnRad(last.azimuthRad - before.azimuthRad);
  if (widthRad === 0 || widthRad > LONGEST_SECTOR_TURN * 2 * Math.PI) return { sweep: next };
  const sector = { azimuthFromRad: before.azimuthRad, azimuthToRad: last.azimuthRad };
  return { sweep: next, looked: { sector, measuredMs: Math.max(last.atMs, atMs - LATEST_MS) } };
}

/** A north message says how long a turn takes. */
export const passNorth = (sweep: Sweep, turnS: number | undefined): Sweep =>
  turnS === undefined || turnS <= 0 ? sweep : { ...sweep, turnMs: turnS * 1000 };

/**
 * Plots of a radar. For one that sends no sector messages a look at everything is made up once each revisit, at the newest plot of the
 * revisit that is over: what was seen in it is not missed again, and what was not is missed once.
 */
export function plotsAt(
  sweep: Sweep,
  atMs: number,
  revisitMs: number | undefined,
): Readonly<{ sweep: Sweep; lookedMs?: number }> {
  const last = sweep.crossings?.at(-1);
  const sendsSectors = last !== undefined && atMs - last.atMs < SECTORS_FRESH_TURNS * (sweep.turnMs ?? UNSAID_TURN_MS);
  if (revisitMs === undefined || sendsSectors) return { sweep };
  const { frameMs, plotMs } = sweep;
  if (frameMs === undefined || plotMs === undefined) return { sweep: { ...sweep, frameMs: atMs, plotMs: atMs } };
  if (atMs - frameMs < revisitMs) return { sweep: { ...sweep, plotMs: Math.max(plotMs, atMs) } };
  return { sweep: { ...sweep, frameMs: atMs, plotMs: atMs }, lookedMs: plotMs };
}

/** The part that a sensor must have looked at to see these. */
export function beamOfDetections(detections: readonly Detection[], sensor: Sensor): Sector | undefined {
  const directions = detections.flatMap(({ measurement }) => directionOf(measurement, sensor) ?? []);
  return beamOf(
    directions.map(({ azimuthRad }) => azimuthRad),
    HALF_BEAM_RAD + 3 * Math.max(...directions.map(({ azimuthSigmaRad }) => azimuthSigmaRad)),
  );
}

/** Where a sensor looked to see something. */
function directionOf(
  measurement: Measurement,
  sensor: Sensor,
): Readonly<{ azimuthRad: number; azimuthSigmaRad: number }> | undefined {
  if (measurement.kind === "polar" || measurement.kind === "bearing") return measurement;
  if (measurement.kind !== "position") return undefined;
  const azimuthRad = bearingRad(sensor, measurement);
  const azimuthSigmaRad = Math.min(Math.PI, acrossM(measurement, azimuthRad) / Math.max(1, distanceM(sensor, measurement)));
  return { azimuthRad, azimuthSigmaRad };
}

/** Standard deviation of a position across a line of sight: that of its ellipse is √(a²·sin² + b²·cos²) of the angle from the longer axis. */
function acrossM({ ellipse, horizontalSigmaM }: Extract<Measurement, { kind: "position" }>, azimuthRad: number): number {
  if (!ellipse) return horizontalSigmaM;
  const turnRad = azimuthRad - radFromDeg(ellipse.orientationDeg);
  const [alongM, crossM] = [ellipse.semiMajorM * Math.sin(turnRad), ellipse.semiMinorM * Math.cos(turnRad)];
  return Math.sqrt(alongM * alongM + crossM * crossM);
}

/**
 * The part that plots tell of: the arc that holds their azimuths and `marginRad` to each side, and `undefined` for all around. What lies
 * beside it was not looked at by them, so that a plot sent alone says nothing against another object.
 */
function beamOf(azimuthsRad: readonly number[], marginRad: number): Sector | undefined {
  const sorted = azimuthsRad.map(wrapTurnRad).sort((a, b) => a - b);
  const first = sorted[0];
  if (first === undefined) return undefined;
  let widestGap = 0;
  let azimuthFromRad = first;
  for (const [i, azimuthRad] of sorted.entries()) {
    const next = sorted[i + 1] ?? first + 2 * Math.PI;
    if (next - azimuthRad <= widestGap) continue;
    widestGap = next - azimuthRad;
    azimuthFromRad = next;
  }
  const widthRad = 2 * Math.PI - widestGap;
  if (widthRad > WIDEST_BEAM_RAD) return undefined;
  const fromRad = wrapTurnRad(azimuthFromRad - marginRad);
  return { azimuthFromRad: fromRad, azimuthToRad: wrapTurnRad(fromRad + widthRad + 2 * marginRad) };
}
