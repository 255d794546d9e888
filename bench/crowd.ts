import { destination } from "@picket/geo";
import type { Alert, AssessedTrack, Level, LiveMessage } from "@picket/model";
import { alertOf, SITE, snapshotOf, trackOf } from "../apps/web/src/picture/picture.fixture.ts";

const RINGS = 25;
const LEVELS: readonly (Level | undefined)[] = [undefined, undefined, undefined, "watch", "caution", "warning", "critical"];
const ALERTS = 60;

/**
 * A picture of `count` tracks circling the site within ten kilometres, and sixty alerts on the first of them so that there is always
 * one to acknowledge: the whole of it, or as a delta in which every track moved.
 */
export function crowdAt(
  count: number,
  startMs: number,
  nowMs: number,
  acknowledged: ReadonlySet<string>,
  whole: boolean,
): LiveMessage {
  const tracks = Array.from({ length: count }, (_, serial) => circling(serial, count, startMs, nowMs));
  const alerts = Array.from({ length: ALERTS }, (_, serial): Alert => {
    const alert = alertOf(serial, tracks[serial] ? [tracks[serial].id] : [], { raisedMs: startMs, changedMs: startMs });
    return acknowledged.has(alert.id)
      ? { ...alert, state: "activeAcknowledged", revision: 2, acknowledgement: { by: "bench", atMs: nowMs, revision: 1 } }
      : alert;
  });
  const serial = nowMs - startMs;
  if (whole) return snapshotOf({ serial, nowMs, tracks, alerts });
  return {
    type: "delta",
    serial,
    nowMs,
    tracks,
    ended: [],
    alerts: alerts.filter(isNew(acknowledged)),
    alertsGone: [],
    warnings: [],
  };
}

const isNew = (acknowledged: ReadonlySet<string>) => (alert: Alert) => acknowledged.has(alert.id);

function circling(serial: number, count: number, startMs: number, nowMs: number): AssessedTrack {
  const radiusM = 400 + (9600 * (serial % RINGS)) / RINGS;
  const speedMps = 8 + (serial % 17);
  const turnRad = (2 * Math.PI * serial) / count + ((nowMs - startMs) / 1000) * (speedMps / radiusM);
  const at = (afterS: number) => destination(SITE, turnRad + (afterS * speedMps) / radiusM, radiusM);
  const level = LEVELS[serial % LEVELS.length];
  const track = trackOf(serial, {
    ...at(0),
    nowMs,
    firstMs: startMs,
    measuredMs: nowMs,
    confirmed: serial % 5 > 0,
    eastMps: speedMps * Math.cos(turnRad),
    northMps: -speedMps * Math.sin(turnRad),
  });
  return {
    ...track,
    predictions: track.predictions.map((prediction, index) => ({ ...prediction, ...at(10 * (index + 1)) })),
    assessment: { ...track.assessment, ...(level && { level }) },
  };
}
