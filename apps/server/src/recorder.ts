import type { AssessedTrack, Command, Frame, RecordHealth } from "@picket/model";
import type { EngineOptions } from "./engine.ts";
import type { TrackPoint } from "./record/derived.ts";
import type { Journal } from "./record/journal.ts";
import type { JournalEntry } from "./record/journal-entry.ts";
import { configurationEntry } from "./replay/recorded-configuration.ts";
import { PERSON_POSITION } from "./retain.ts";

/** Track history is sampled this often for the API; the journal has everything. */
const HISTORY_MS = 1000;

/** What the running site writes down: inputs in their order, segments with their opening state, and what screens look up later. */
export type Recorder = {
  /** Answers the entry's sequence; the newest one's when the disk is so far behind that the entry was refused and counted. */
  append(entry: JournalEntry): number;
  /**
   * Opens a segment with `snapshot`. Not while the disk takes nothing: snapshots would fill the memory. What then comes belongs to the
   * segment that was open.
   */
  beginSegment(snapshot: Uint8Array, options: EngineOptions, nowMs: number): void;
  keep(frame: Frame): void;
  health(): RecordHealth;
};

/** `placeFeeds` are those whose bytes hold places of people: they are kept no longer than what phones report. */
export function createRecorder(journal: Journal, placeFeeds: ReadonlySet<string> = new Set()): Recorder {
  let newest = journal.committed;
  let historyMs = 0;
  const keptAlerts = new Map<string, number>();

  const append = (entry: JournalEntry): number => {
    newest =
      journal.append(entry, isOwnPosition(entry) || isOfPlaces(entry, placeFeeds) ? { retention: PERSON_POSITION } : undefined) ??
      newest;
    return newest;
  };
  return {
    append,
    beginSegment(snapshot, options, nowMs) {
      if (journal.state.kind === "stopped") return;
      journal.beginSegment(snapshot);
      append(configurationEntry(options, nowMs));
    },
    keep({ nowMs, tracks, alerts }) {
      if (nowMs - historyMs >= HISTORY_MS) {
        historyMs = nowMs;
        journal.addTrackPoints(tracks.filter(isKept).map(historyPoint));
      }
      for (const alert of alerts) {
        if (keptAlerts.get(alert.id) === alert.changedMs) continue;
        keptAlerts.set(alert.id, alert.changedMs);
        journal.putAlert({ alertId: alert.id, openedMs: alert.raisedMs, updatedMs: alert.changedMs, alert });
        if (alert.state === "cleared") keptAlerts.delete(alert.id);
      }
    },
    health() {
      const { state, counters, committed } = journal;
      const dropped = Object.values(counters.refused).reduce((sum, count) => sum + count, 0);
      const detail = state.kind === "stopped" ? state.detail : undefined;
      return { state: state.kind, ...(detail && { detail }), sequence: newest, committed, dropped };
    },
  };
}

/** A person's own place is kept for a shorter time than what people decide. */
const isOwnPosition = (entry: JournalEntry): boolean =>
  entry.kind === "command" && (entry.command as Command).kind === "personPosition";

/** What a sensor proved, and what says itself who it is: the rest is mostly clutter. */
const isKept = ({ confirmed, identities }: AssessedTrack): boolean => confirmed || identities.length > 0;

const isOfPlaces = (entry: JournalEntry, placeFeeds: ReadonlySet<string>): boolean =>
  entry.kind === "bytes" && placeFeeds.has(entry.feed);

/** A track as its history keeps it. The height is the one reported, where that is above the ellipsoid. */
const historyPoint = ({ id, nowMs, latDeg, lonDeg, height }: AssessedTrack): TrackPoint => ({
  trackId: id,
  nowMs,
  latDeg,
  lonDeg,
  ...(height?.reference === "hae" && { altHaeM: height.valueM }),
});
