import type { Trace } from "@picket/model";
import { placeOut, type SiteFrame } from "../track/site-frame.ts";
import type { ClaimRecord } from "./claim-record.ts";

/** A broadcast is shown this long after it was heard. */
const HEARD_MS = 10_000;
const MOST = 100;

/**
 * Broadcasts that are heard now and that no track bears, because sensors look where they say they are and see nothing. They count for
 * nothing and alarm nobody; but they stay on the map, for a sensor may be wrong.
 */
export function unborne(
  records: Iterable<ClaimRecord>,
  borne: ReadonlySet<ClaimRecord>,
  site: SiteFrame,
  nowMs: number,
): Trace[] {
  const traces: Trace[] = [];
  for (const record of records) {
    const [place] = record.places;
    if (!place || borne.has(record) || nowMs - place.receivedMs > HEARD_MS || place.hits < 2 || traces.length >= MOST) continue;
    const label = record.claims[0]?.value.slice(0, 64) ?? "";
    const { latDeg, lonDeg } = placeOut(site, [place.eastM, place.northM, place.upM]);
    traces.push({
      key: `broadcast:${record.reality}:${label}`,
      sensor: place.sensor,
      reality: record.reality,
      measuredMs: place.measuredMs,
      kind: "broadcast",
      place: { latDeg, lonDeg },
      label,
    });
  }
  return traces;
}
