import type { Sensor, Trace } from "@picket/model";
import { type Emphasis, ellipse, type Instances, SIGMAS_OF_95, segment } from "./instances.ts";
import { eastOf, southOf, stretch } from "./mercator.ts";
import type { Color } from "./palette.ts";

const ARC_STEP_DEG = 3;
const OLD_AFTER_MS = 15_000;

/**
 * Writes what was heard without a place: a bearing as a wedge of ±2 standard deviations that fades outwards, a sector as one, a
 * presence ("heard, no position") as a dashed ring, a broadcast whose place is denied as a small one there. A trace of a controller on
 * the ground is dashed.
 */
export function writeTraces(out: Instances, traces: readonly Trace[], sensors: readonly Sensor[], emphasis: Emphasis): void {
  const byId = new Map(sensors.map((sensor) => [sensor.id, sensor]));
  for (const trace of traces) {
    const sensor = byId.get(trace.sensor);
    if (!sensor) continue;
    const strength = 1 - 0.7 * Math.min(1, Math.max(0, emphasis.nowMs - trace.measuredMs) / OLD_AFTER_MS);
    const rangeM = trace.rangeMaxM ?? sensor.rangeMaxM;
    if (trace.place) writeClaimedPlace(out, trace.place, emphasis);
    else if (trace.azimuthDeg === undefined) writePresence(out, sensor, rangeM, emphasis, strength);
    else writeWedge(out, trace, sensor, rangeM, emphasis, strength);
  }
}

const CLAIMED_RING_M = 25;

/** Where a broadcast says it is and sensors see nothing: a dashed ring of its own, never the shape of a track. */
function writeClaimedPlace(out: Instances, { latDeg, lonDeg }: NonNullable<Trace["place"]>, { anchor, palette }: Emphasis): void {
  const circle = { semiMajorM: CLAIMED_RING_M, semiMinorM: CLAIMED_RING_M, orientationDeg: 0 };
  ellipse(out, latDeg, eastOf(anchor, lonDeg), southOf(anchor, latDeg), circle, palette.caution, 0.9, 1);
}

function writePresence(out: Instances, sensor: Sensor, rangeM: number, { anchor, palette }: Emphasis, strength: number): void {
  const sigmaM = rangeM / SIGMAS_OF_95;
  const circle = { semiMajorM: sigmaM, semiMinorM: sigmaM, orientationDeg: 0 };
  const x = eastOf(anchor, sensor.lonDeg);
  ellipse(out, sensor.latDeg, x, southOf(anchor, sensor.latDeg), circle, palette.sensor, 0.8 * strength, 1);
}

function writeWedge(out: Instances, trace: Trace, sensor: Sensor, rangeM: number, look: Emphasis, strength: number): void {
  const x = eastOf(look.anchor, sensor.lonDeg);
  const y = southOf(look.anchor, sensor.latDeg);
  const reach = rangeM * stretch(sensor.latDeg);
  const halfDeg = Math.max(1, 2 * (trace.azimuthSigmaDeg ?? 2));
  const middleDeg = trace.azimuthDeg ?? 0;
  const steps = Math.max(2, Math.ceil((2 * halfDeg) / ARC_STEP_DEG));
  const rim = (step: number): readonly [number, number] => {
    const turn = ((middleDeg - halfDeg + (2 * halfDeg * step) / steps) * Math.PI) / 180;
    return [x + reach * Math.sin(turn), y - reach * Math.cos(turn)];
  };
  for (let step = 0; step < steps; step++) {
    corner(out, x, y, look.palette.sensor, 0.17 * strength);
    corner(out, ...rim(step), look.palette.sensor, 0.02 * strength);
    corner(out, ...rim(step + 1), look.palette.sensor, 0.02 * strength);
  }
  const [midX, midY] = rim(steps / 2);
  const dashPx = trace.emitter === "controller" ? 6 : 0;
  segment(out, x, y, midX, midY, 1.2, dashPx, look.palette.sensor, 0.9 * strength, 0.15 * strength);
}

/** x, y, rgba: a corner of a triangle. */
function corner(out: Instances, x: number, y: number, color: Color, alpha: number): void {
  const at = out.triangles.next();
  const data = out.triangles.data;
  data[at] = x;
  data[at + 1] = y;
  data[at + 2] = color[0];
  data[at + 3] = color[1];
  data[at + 4] = color[2];
  data[at + 5] = alpha;
}
