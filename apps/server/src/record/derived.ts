/**
 * What the server derives from the journal and keeps for its screens and reports. All of it can be computed again from the entries;
 * none of it is evidence.
 */

/** One sample of a track's history. The caller thins: once a second a track is plenty. `detail` is JSON, shown but never searched. */
export type TrackPoint = Readonly<{
  trackId: string;
  nowMs: number;
  latDeg: number;
  lonDeg: number;
  /** Absent when no sensor measured the height. */
  altHaeM?: number;
  detail?: unknown;
}>;

/** The newest form of an alert; a later one with the same id takes its place. `alert` is JSON. */
export type AlertRecord = Readonly<{ alertId: string; openedMs: number; updatedMs: number; alert: unknown }>;

/** The hash of the frame that the mark at `sequence` made: a replay must make the same. */
export type FrameHash = Readonly<{ sequence: number; nowMs: number; hash: Uint8Array }>;

/** What waits for the next commit. */
export type DerivedBatch = Readonly<{
  trackPoints: readonly TrackPoint[];
  alerts: readonly AlertRecord[];
  frames: readonly FrameHash[];
}>;
