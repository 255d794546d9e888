import type { Items } from "@picket/asterix";
import type { SensorReport } from "@picket/model";

type Report = Pick<SensorReport, "state"> & Readonly<{ detail?: string }>;

const NORTH_MARKER = 1;
/** Message types that say that the radar is jammed: primary, secondary, Mode S; and by the sun. */
const DISTURBED: ReadonlyMap<number, string> = new Map([
  [4, "The radar reports a jamming strobe"],
  [5, "The radar reports a solar storm"],
  [6, "The radar reports a jamming strobe on its secondary channel"],
  [7, "The radar reports a jamming strobe on Mode S"],
]);

/** What a radar says of itself: in each configuration message and at each north marker, and when it is disturbed. */
export function stationReportOf({ i000, i050, i120 }: Items<34>): Report | undefined {
  const disturbance = DISTURBED.get(i000?.messageType ?? 0);
  if (disturbance) return { state: "degraded", detail: disturbance };
  if (i050?.com?.nogo === 1) return { state: "failed", detail: "The radar says that its data are not for operational use" };
  if (i050?.com?.tsv === 1) return { state: "degraded", detail: "The radar says that its time source is invalid" };
  if (i050?.com?.ovlrdp === 1 || i050?.com?.ovlxmt === 1)
    return { state: "degraded", detail: "The radar says that it is overloaded: plots may be missing" };
  return i050?.com !== undefined || i000?.messageType === NORTH_MARKER || i120 !== undefined ? { state: "working" } : undefined;
}
