import type { Items } from "@picket/asterix";
import type { Sensor, SensorReport } from "@picket/model";

export type StationReport = Pick<SensorReport, "state"> & Readonly<{ detail?: string; silentAfterMs?: number }>;

const NORTH_MARKER = 1;
/** Message types that say that the radar is jammed: primary, secondary, Mode S; and by the sun. */
const DISTURBED: ReadonlyMap<number, string> = new Map([
  [4, "The radar reports a jamming strobe"],
  [5, "The radar reports a solar storm"],
  [6, "The radar reports a jamming strobe on its secondary channel"],
  [7, "The radar reports a jamming strobe on Mode S"],
]);

/** A radar that says nothing for so many turns is silent, and none sooner than the least nor later than the most that a report carries. */
const SILENT_TURNS = 5;
const SHORTEST_SILENCE_MS = 5000;
const LONGEST_SILENCE_MS = 86_400_000;
/** A turn that is so many times another is another. */
const UNLIKE = 1.5;

const OPERATIONAL: StationReport = { state: "working" };
/** I065/050: what a service report says of the service; others are of its end, or that it works. */
const SERVICE_DEGRADED: ReadonlySet<number> = new Set([1, 11]);
const SERVICE_RUNS: ReadonlySet<number> = new Set([2, 6, 9, 10, 13, 14, 15]);

/** What a tracking system says of one of its sensors. */
export function sensorStatusOf({ i060 }: Items<63>): StationReport | undefined {
  if (!i060) return undefined;
  const { con, ops, psr, odp, oxt, tsv, npw, spoEp, spoVal } = i060;
  if (con === 3) return { state: "failed", detail: "The tracking system says that it is not connected" };
  if (ops === 1) return { state: "failed", detail: "The tracking system says that its operational use is inhibited" };
  const said = [
    con === 1 && "degraded",
    con === 2 && "starting",
    psr === 1 && "its primary channel is out",
    (odp === 1 || oxt === 1) && "overloaded",
    tsv === 1 && "its time source is invalid",
    npw === 1 && "no plots come from it",
    spoEp === 1 && spoVal === 1 && "its transponder data may be spoofed",
  ].filter((words) => words !== false);
  return said.length === 0 ? OPERATIONAL : { state: "degraded", detail: `The tracking system says: ${said.join(", ")}` };
}

/** What a tracking system says of itself. */
export function systemStatusOf({ i040, i050 }: Items<65>): StationReport | undefined {
  if (i040) {
    const said = [
      i040.nogo === 1 && "degraded",
      i040.nogo === 3 && "its state is unknown",
      i040.ovl === 1 && "overloaded",
      i040.tsv === 1 && "its time source is invalid",
    ].filter((words) => words !== false);
    if (i040.nogo === 2) return { state: "failed", detail: "The tracking system says that it is not connected" };
    return said.length === 0 ? OPERATIONAL : { state: "degraded", detail: `The tracking system says: ${said.join(", ")}` };
  }
  if (!i050) return undefined;
  const report = i050.serviceStatusReport;
  if (SERVICE_RUNS.has(report)) return OPERATIONAL;
  const detail = `The tracking system reports on its service: code ${report}`;
  return { state: SERVICE_DEGRADED.has(report) ? "degraded" : "failed", detail };
}

/** What a surface movement sensor says of itself. */
export function surfaceStatusOf({ i550 }: Items<10>): StationReport | undefined {
  if (!i550) return undefined;
  if (i550.nogo === 2) return { state: "failed", detail: "The sensor says that its data are not for operational use" };
  const isDegraded = i550.nogo === 1 || i550.ovl === 1 || i550.tsv === 1 || i550.div === 1;
  return isDegraded ? { state: "degraded", detail: "The sensor says that it is degraded" } : OPERATIONAL;
}

/**
 * What a radar says of itself: in each configuration message and at each north marker, and when it is disturbed. One that tells how long a
 * turn takes promises to speak as often.
 */
export function stationReportOf(items: Items<34>, { revisitMs }: Sensor): StationReport | undefined {
  const turnMs = (items.i041?.antennaRotationPeriodS ?? 0) * 1000;
  const report = ownWordOf(items) ?? (turnMs > 0 ? OPERATIONAL : undefined);
  if (!report || turnMs <= 0) return report;
  const silentAfterMs = Math.min(LONGEST_SILENCE_MS, Math.max(SHORTEST_SILENCE_MS, SILENT_TURNS * turnMs));
  const fault = report.state === "working" ? revisitFault(turnMs, revisitMs) : undefined;
  return fault === undefined
    ? { ...report, silentAfterMs }
    : { state: "degraded", detail: `The radar turns once in ${turnMs / 1000} s, ${fault}`, silentAfterMs };
}

function revisitFault(turnMs: number, revisitMs: number | undefined): string | undefined {
  if (revisitMs === undefined) return "and has no revisitMs: what it does not see counts for nothing";
  const isAlike = turnMs <= UNLIKE * revisitMs && revisitMs <= UNLIKE * turnMs;
  return isAlike ? undefined : `its configured revisitMs is ${revisitMs}: what it does not see is counted wrongly`;
}

function ownWordOf({ i000, i050, i120 }: Items<34>): StationReport | undefined {
  const disturbance = DISTURBED.get(i000?.messageType ?? 0);
  if (disturbance) return { state: "degraded", detail: disturbance };
  if (i050?.com?.nogo === 1) return { state: "failed", detail: "The radar says that its data are not for operational use" };
  if (i050?.com?.tsv === 1) return { state: "degraded", detail: "The radar says that its time source is invalid" };
  if (i050?.com?.ovlrdp === 1 || i050?.com?.ovlxmt === 1)
    return { state: "degraded", detail: "The radar says that it is overloaded: plots may be missing" };
  return i050?.com !== undefined || i000?.messageType === NORTH_MARKER || i120 !== undefined ? OPERATIONAL : undefined;
}
