import type { Input, Scan, Sensor } from "@picket/model";

/** Plots measured within this time are one look: at 50 m/s an object moves half a metre in it. */
const JOIN_MS = 10;
/** Nothing is seen twice in one look: a sensor that comes back sooner than this is left alone. */
const SHORTEST_REVISIT_MS = 5 * JOIN_MS;

/**
 * Joins the plots that a radar sends one by one into looks of ten milliseconds. A tracker moves everything it knows to the time of each
 * look, so a thousand looks a second of one plot each cost ten times as much as a hundred of ten, and say the same.
 */
export function joinPlots(inputs: readonly Input[], sensors: readonly Sensor[]): readonly Input[] {
  const radars = new Set<string>(
    sensors
      .filter(({ kind, revisitMs = Number.POSITIVE_INFINITY }) => kind === "radar" && revisitMs >= SHORTEST_REVISIT_MS)
      .map(({ id }) => id),
  );
  const joined: Input[] = [];
  let open: Scan[] = [];
  const close = () => {
    const [first] = open;
    if (first) joined.push(open.length === 1 ? first : join(first, open));
    open = [];
  };
  for (const input of inputs) {
    const isPlot = input.kind === "scan" && radars.has(input.sensor) && input.detections.length === 1;
    if (!isPlot || !fits(open, input)) close();
    if (isPlot) open.push(input);
    else joined.push(input);
  }
  close();
  return joined;
}

function fits([first]: readonly Scan[], scan: Scan): boolean {
  if (!first) return true;
  return (
    scan.sensor === first.sensor &&
    scan.reality === first.reality &&
    !scan.sector &&
    !first.sector &&
    Math.abs(scan.measuredMs - first.measuredMs) <= JOIN_MS
  );
}

/** One look at the mean time of its plots, and as uncertain in time as the worst of them. */
function join(first: Scan, scans: readonly Scan[]): Scan {
  return {
    ...first,
    measuredMs: scans.reduce((sum, { measuredMs }) => sum + measuredMs, 0) / scans.length,
    measuredSigmaMs: Math.max(...scans.map(({ measuredSigmaMs }) => measuredSigmaMs)),
    receivedMs: Math.max(...scans.map(({ receivedMs }) => receivedMs)),
    detections: scans.flatMap(({ detections }) => detections),
  };
}
