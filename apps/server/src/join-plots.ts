import type { Input, Scan, Sensor } from "@picket/model";

/** Plots measured within this time are one look: at 50 m/s an object moves half a metre in it. */
const PLOTS_MS = 10;
/** What is broadcast is known in time to half a second at best: this adds nothing to it. */
const BROADCASTS_MS = 200;
/** Nothing is seen twice in one look: a sensor that comes back sooner than this is left alone. */
const SHORTEST_REVISIT_MS = 5 * PLOTS_MS;

/**
 * Joins the plots that a radar sends one by one, and the places that a receiver hears one by one, into looks. A tracker moves everything
 * it knows to the time of each look, so a thousand looks a second of one plot each cost ten times as much as a hundred of ten, and say the
 * same. The claim that comes with each place overtakes the look that is being joined.
 */
export function joinPlots(inputs: readonly Input[], sensors: readonly Sensor[]): readonly Input[] {
  const withinMs = new Map<string, number>();
  for (const { id, kind, revisitMs = Number.POSITIVE_INFINITY } of sensors) {
    if (kind === "radar" && revisitMs >= SHORTEST_REVISIT_MS) withinMs.set(id, PLOTS_MS);
    if (kind === "remoteId" || kind === "adsb") withinMs.set(id, BROADCASTS_MS);
  }
  const joined: Input[] = [];
  let open: Scan[] = [];
  const close = () => {
    const [first] = open;
    if (first) joined.push(open.length === 1 ? first : join(first, open));
    open = [];
  };
  for (const input of inputs) {
    const mostMs = input.kind === "scan" && input.detections.length === 1 ? withinMs.get(input.sensor) : undefined;
    const joins = input.kind === "claim" || (input.kind === "scan" && mostMs !== undefined && fits(open, input, mostMs));
    if (!joins) close();
    if (input.kind === "scan" && mostMs !== undefined) open.push(input);
    else joined.push(input);
  }
  close();
  return joined;
}

function fits(open: readonly Scan[], scan: Scan, mostMs: number): boolean {
  const [first] = open;
  if (!first) return true;
  return (
    scan.sensor === first.sensor &&
    scan.reality === first.reality &&
    !scan.sector &&
    !first.sector &&
    Math.abs(scan.measuredMs - first.measuredMs) <= mostMs &&
    !open.some((other) => isOfSame(other, scan))
  );
}

/** Do both tell of one sender? A look sees nothing twice. */
function isOfSame({ detections: [a] }: Scan, { detections: [b] }: Scan): boolean {
  return a?.claims?.some(({ kind, value }) => b?.claims?.some((other) => other.kind === kind && other.value === value)) ?? false;
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
