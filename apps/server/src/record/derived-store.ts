import type { DatabaseSync } from "node:sqlite";
import type { AlertRecord, DerivedBatch, FrameHash, TrackPoint } from "./derived.ts";

/** Writes derived rows inside the caller's transaction. */
export type DerivedWriter = (batch: DerivedBatch) => void;

export function createDerivedWriter(database: DatabaseSync): DerivedWriter {
  const putPoint = database.prepare("INSERT OR REPLACE INTO track_points VALUES (?, ?, ?, ?, ?, ?)");
  const putAlert = database.prepare("INSERT OR REPLACE INTO alerts VALUES (?, ?, ?, ?)");
  const putFrame = database.prepare("INSERT OR REPLACE INTO frames VALUES (?, ?, ?)");
  return ({ trackPoints, alerts, frames }) => {
    for (const { trackId, nowMs, latDeg, lonDeg, altHaeM, detail } of trackPoints)
      putPoint.run(trackId, nowMs, latDeg, lonDeg, altHaeM ?? null, detail === undefined ? null : JSON.stringify(detail));
    for (const { alertId, openedMs, updatedMs, alert } of alerts)
      putAlert.run(alertId, openedMs, updatedMs, JSON.stringify(alert));
    for (const { sequence, nowMs, hash } of frames) putFrame.run(sequence, nowMs, hash);
  };
}

/** A stretch of time, both ends included, and how many rows at most. */
export type TimeWindow = Readonly<{ fromMs: number; toMs: number; limit: number }>;

/** What the API reads. Every answer is a bounded list; the next page starts where the last row ended. */
export type DerivedReader = Readonly<{
  /** One track's history, oldest first. */
  trackPoints(trackId: string, window: TimeWindow): TrackPoint[];
  /** Every track's points of a time, oldest first. */
  allTrackPoints(window: TimeWindow): TrackPoint[];
  /** Alerts opened within the window, newest first. */
  alerts(window: TimeWindow): AlertRecord[];
  alert(alertId: string): AlertRecord | undefined;
  frameHash(sequence: number): FrameHash | undefined;
}>;

type PointRow = Readonly<{
  track_id: string;
  now_ms: number;
  lat_deg: number;
  lon_deg: number;
  alt_hae_m: number | null;
  detail: string | null;
}>;
type AlertRow = Readonly<{ alert_id: string; opened_ms: number; updated_ms: number; body: string }>;
type FrameRow = Readonly<{ sequence: number; now_ms: number; hash: Uint8Array }>;

export function createDerivedReader(database: DatabaseSync): DerivedReader {
  const ofTrack = database.prepare(
    "SELECT * FROM track_points WHERE track_id = ? AND now_ms BETWEEN ? AND ? ORDER BY now_ms LIMIT ?",
  );
  const ofTime = database.prepare("SELECT * FROM track_points WHERE now_ms BETWEEN ? AND ? ORDER BY now_ms, track_id LIMIT ?");
  const alerts = database.prepare(
    "SELECT * FROM alerts WHERE opened_ms BETWEEN ? AND ? ORDER BY opened_ms DESC, alert_id LIMIT ?",
  );
  const alert = database.prepare("SELECT * FROM alerts WHERE alert_id = ?");
  const frame = database.prepare("SELECT * FROM frames WHERE sequence = ?");
  return {
    trackPoints: (trackId, { fromMs, toMs, limit }) =>
      (ofTrack.all(trackId, fromMs, toMs, limit) as unknown as PointRow[]).map(toTrackPoint),
    allTrackPoints: ({ fromMs, toMs, limit }) => (ofTime.all(fromMs, toMs, limit) as unknown as PointRow[]).map(toTrackPoint),
    alerts: ({ fromMs, toMs, limit }) => (alerts.all(fromMs, toMs, limit) as unknown as AlertRow[]).map(toAlert),
    alert: (alertId) => {
      const row = alert.get(alertId) as unknown as AlertRow | undefined;
      return row && toAlert(row);
    },
    frameHash: (sequence) => {
      const row = frame.get(sequence) as unknown as FrameRow | undefined;
      return row && { sequence: row.sequence, nowMs: row.now_ms, hash: row.hash };
    },
  };
}

const toTrackPoint = (row: PointRow): TrackPoint => ({
  trackId: row.track_id,
  nowMs: row.now_ms,
  latDeg: row.lat_deg,
  lonDeg: row.lon_deg,
  ...(row.alt_hae_m === null ? {} : { altHaeM: row.alt_hae_m }),
  ...(row.detail === null ? {} : { detail: JSON.parse(row.detail) }),
});

const toAlert = (row: AlertRow): AlertRecord => ({
  alertId: row.alert_id,
  openedMs: row.opened_ms,
  updatedMs: row.updated_ms,
  alert: JSON.parse(row.body),
});
