import { degFromRad, wrapTurnRad } from "@picket/geo";
import type { Detection, Scan, Trace } from "@picket/model";
import { dropOldest } from "../bounded.ts";

/** Traces by key; newest detection wins. */
export type Traces = Map<string, Trace>;

/** A detection without a place is shown this long. */
const FRESH_MS = 5000;
/** Beyond this many the oldest go: a wedge that cannot be told from its neighbours helps nobody. */
const TRACE_LIMIT = 500;
/** Nameless bearings of one sensor that fall into one such slice are the same trace. */
const SLICE_DEG = 5;
const SECTOR_SIGMA_SHARE = 1 / Math.sqrt(12);

/** Keeps what has a direction or only a presence, so that it is shown and never becomes a place. */
export function leaveTraces(traces: Traces, scan: Scan): void {
  for (const detection of scan.detections) {
    const trace = toTrace(scan, detection);
    if (!trace || (traces.get(trace.key)?.measuredMs ?? 0) > trace.measuredMs) continue;
    traces.delete(trace.key);
    traces.set(trace.key, trace);
  }
  dropOldest(traces, TRACE_LIMIT);
}

/** What is still fresh. */
export function freshTraces(traces: Traces, nowMs: number): Trace[] {
  for (const [key, { measuredMs }] of traces) if (nowMs - measuredMs > FRESH_MS) traces.delete(key);
  return [...traces.values()];
}

function toTrace(scan: Scan, { measurement, emitter, claims }: Detection): Trace | undefined {
  const label = claims?.[0]?.value;
  const trace = (
    kind: Trace["kind"],
    azimuthRad: number | undefined,
    sigmaRad: number | undefined,
    rangeMaxM?: number,
  ): Trace => {
    const azimuthDeg = azimuthRad === undefined ? undefined : degFromRad(wrapTurnRad(azimuthRad));
    const source = label ?? (azimuthDeg === undefined ? "any" : String(Math.floor(azimuthDeg / SLICE_DEG)));
    return {
      key: `${scan.sensor}:${kind}:${scan.reality}:${source}`.slice(0, 128),
      sensor: scan.sensor,
      reality: scan.reality,
      measuredMs: scan.measuredMs,
      kind,
      ...(azimuthDeg !== undefined && { azimuthDeg }),
      ...(sigmaRad !== undefined && { azimuthSigmaDeg: Math.min(180, degFromRad(sigmaRad)) }),
      ...(rangeMaxM !== undefined && { rangeMaxM }),
      ...(emitter && { emitter }),
      ...(label !== undefined && { label }),
    };
  };
  switch (measurement.kind) {
    case "bearing":
      return trace("bearing", measurement.azimuthRad, measurement.azimuthSigmaRad);
    case "sector": {
      const widthRad = wrapTurnRad(measurement.azimuthToRad - measurement.azimuthFromRad);
      const middleRad = measurement.azimuthFromRad + widthRad / 2;
      return trace("sector", middleRad, widthRad * SECTOR_SIGMA_SHARE, measurement.rangeMaxM);
    }
    case "presence":
      return trace("presence", undefined, undefined, measurement.radiusM);
    case "range":
      return trace("presence", undefined, undefined, measurement.rangeM);
    case "polar":
    case "position":
    case "rangeDifference":
      return undefined;
    default:
      return measurement satisfies never;
  }
}
