import { join } from "node:path";
import {
  type AssessedTrack,
  type Command,
  type FeedHealth,
  type FeedId,
  type Frame,
  leastReal,
  type RecordHealth,
  type Sighting,
  type Site,
  type TrackId,
} from "@picket/model";
import { CLOCK_BAD_MS, type Clock } from "./clock.ts";
import type { SiteConfiguration } from "./config/read-configuration.ts";
import { createFeed } from "./feeds/create-feed.ts";
import type { Feed } from "./feeds/feed.ts";
import { createFeedMonitor, type FeedMonitor } from "./feeds/feed-monitor.ts";
import { supervise } from "./feeds/supervise.ts";
import { createLiveHub, type LiveHub } from "./live/hub.ts";
import type { Surroundings } from "./live/picture.ts";
import type { TrackPoint } from "./record/derived.ts";
import { type Journal, openJournal } from "./record/journal.ts";
import type { JournalEntry } from "./record/journal-entry.ts";
import { openJournalReader } from "./record/journal-reader.ts";
import { configurationEntry } from "./replay/recorded-configuration.ts";
import { restoreEngine } from "./restore.ts";

/** A batch waits at most this long for its tick, so that one radar look is one tick. */
const BATCH_MS = 25;
/** With no batch a tick comes this often: predictions, silences and all-clears do not wait for bytes. */
const IDLE_MS = 250;
/** A new journal segment, opened by a snapshot, so that a restart or a replay has at most this much to go through. */
const SEGMENT_MS = 10_000;
/** Track history is sampled this often for the API; the journal has everything. */
const HISTORY_MS = 1000;
const MOST_HISTORY = 10_000;
const MOST_SIGHTINGS = 500;

/** A command before the server has put its own name and time to it. */
export type CommandRequest = Command extends infer C ? (C extends Command ? Omit<C, "by" | "atMs"> : never) : never;

/** One site at work: feeds in, journal, decisions, live screens. HTTP stands on top of it. */
export type SiteProcess = {
  readonly hub: LiveHub;
  readonly journal: Journal;
  frame(): Frame | undefined;
  site(): Site;
  feeds(): readonly FeedHealth[];
  record(): RecordHealth;
  surroundings(): Surroundings;
  /** Newest first, those of this boot. */
  sightings(): readonly Sighting[];
  history(track: TrackId, fromMs: number, toMs: number): readonly TrackPoint[];
  /** Hands bytes to a feed with HTTP transport; false when there is none of that name. */
  post(feed: FeedId, chunk: Uint8Array, from: string): boolean;
  /** Journals a command and lets it count at once. Answers its journal sequence. */
  command(request: CommandRequest, by: string): Readonly<{ sequence: number }>;
  onFrame(listener: (frame: Frame) => void): void;
  stop(): Promise<void>;
};

export type SiteProcessOptions = Readonly<{
  configuration: SiteConfiguration;
  dataDir: string;
  clock: Clock;
  input: NodeJS.ReadableStream;
  version: string;
}>;

export async function startSiteProcess({
  configuration,
  dataDir,
  clock,
  input,
  version,
}: SiteProcessOptions): Promise<SiteProcess> {
  const journalDir = join(dataDir, "journal");
  const journal = await openJournal({ dir: journalDir, nowMs: clock.nowMs, version });
  const engineOptions = { site: configuration.site, feeds: configuration.feeds, bootNumber: journal.bootNumber };
  const engine = restoreEngine(engineOptions, journalDir);
  const reader = openJournalReader(journalDir);
  const stopping = new AbortController();
  const monitors = new Map<FeedId, FeedMonitor>();
  const feeds = new Map<FeedId, Feed>();
  const listeners: ((frame: Frame) => void)[] = [];
  const reality = configuration.feeds.reduce<Surroundings["reality"]>(
    (worst, feed) => leastReal(worst, feed.reality ?? (feed.transport.kind === "capture" ? "replay" : "live")),
    "live",
  );
  let newest: Frame | undefined;
  let sightings: readonly Sighting[] = [];
  let historyMs = 0;
  const keptAlerts = new Map<string, number>();
  let tickTimer: NodeJS.Timeout | undefined;
  let segmentMs = clock.nowMs();
  let wasRecording = true;
  let wasClockBad = false;

  let appended = journal.committed;
  const append = (entry: JournalEntry): number => {
    appended = journal.append(entry) ?? appended;
    return appended;
  };
  const openSegment = (nowMs: number) => {
    segmentMs = nowMs;
    journal.beginSegment(engine.snapshot());
    append(configurationEntry({ ...engineOptions, site: engine.site() }, nowMs));
  };
  const record = (): RecordHealth => {
    const { state, counters, committed } = journal;
    const dropped = Object.values(counters.refused).reduce((sum, count) => sum + count, 0);
    const detail = state.kind === "stopped" ? state.detail : undefined;
    return { state: state.kind, ...(detail && { detail }), sequence: appended, committed, dropped };
  };
  const surroundings = (): Surroundings => ({
    site: engine.site(),
    feeds: [...monitors.values()].map((monitor) => monitor.health(clock.nowMs())),
    record: record(),
    playback: { mode: "live" },
    reality,
  });
  const hub = createLiveHub(surroundings);

  const give = (request: CommandRequest, by: string) => {
    const command = { ...request, by, atMs: clock.nowMs() } as Command;
    const sequence = append({ kind: "command", receivedMs: command.atMs, command });
    if (command.kind === "sighting") sightings = [command.sighting, ...sightings].slice(0, MOST_SIGHTINGS);
    engine.command(command);
    return { sequence };
  };

  const sayWhatChangedHere = () => {
    const isRecording = record().state === "recording";
    if (isRecording !== wasRecording) {
      wasRecording = isRecording;
      give({ kind: "recordingState", id: ownId("recording"), state: isRecording ? "recording" : "stopped" }, "picket");
    }
    const aheadMs = Math.round(clock.wallAheadMs());
    const isClockBad = Math.abs(aheadMs) > CLOCK_BAD_MS;
    if (isClockBad !== wasClockBad) {
      wasClockBad = isClockBad;
      give({ kind: "clockState", id: ownId("clock"), state: isClockBad ? "bad" : "good", aheadMs }, "picket");
    }
  };
  let ownIds = 0;
  const ownId = (what: string) => `own-${what}-${journal.bootNumber}-${++ownIds}` as Command["id"];

  const keepDerived = ({ nowMs, tracks, alerts }: Frame) => {
    if (nowMs - historyMs >= HISTORY_MS) {
      historyMs = nowMs;
      journal.addTrackPoints(tracks.filter((track) => track.confirmed).map((track) => historyPoint(track)));
    }
    for (const alert of alerts) {
      if (keptAlerts.get(alert.id) === alert.changedMs) continue;
      keptAlerts.set(alert.id, alert.changedMs);
      journal.putAlert({ alertId: alert.id, openedMs: alert.raisedMs, updatedMs: alert.changedMs, alert });
      if (alert.state === "cleared") keptAlerts.delete(alert.id);
    }
  };

  const tick = () => {
    clearTimeout(tickTimer);
    tickTimer = setTimeout(tick, IDLE_MS);
    isTickDue = false;
    sayWhatChangedHere();
    const nowMs = clock.nowMs();
    append({ kind: "mark", nowMs });
    newest = engine.tick(nowMs);
    hub.publish(newest);
    for (const listener of listeners) listener(newest);
    keepDerived(newest);
    if (nowMs - segmentMs >= SEGMENT_MS) openSegment(nowMs);
  };
  let isTickDue = false;
  const tickSoon = () => {
    if (isTickDue) return;
    isTickDue = true;
    clearTimeout(tickTimer);
    tickTimer = setTimeout(tick, BATCH_MS);
  };

  const running = configuration.feeds.map((feedConfig) => {
    const feed = createFeed(feedConfig, input, clock.nowMs);
    const monitor = createFeedMonitor(feedConfig, feed.transport);
    feeds.set(feedConfig.id, feed);
    monitors.set(feedConfig.id, monitor);
    const sink = {
      bytes(chunk: Uint8Array, receivedMs: number, from: string) {
        monitor.heard(chunk.length, receivedMs);
        const sequence = append({ kind: "bytes", feed: feedConfig.id, from, receivedMs, bytes: chunk });
        const { records, rejected } = engine.bytes(feedConfig.id, chunk, receivedMs, from, sequence);
        monitor.ingested(records, rejected, receivedMs);
        tickSoon();
      },
      refused: () => monitor.dropped(),
      state: monitor.state,
    };
    return supervise(feed, sink, stopping.signal);
  });
  openSegment(clock.nowMs());
  tick();

  return {
    hub,
    journal,
    frame: () => newest,
    site: engine.site,
    feeds: () => surroundings().feeds,
    record,
    surroundings,
    sightings: () => sightings,
    history: (track, fromMs, toMs) => reader.derived.trackPoints(track, { fromMs, toMs, limit: MOST_HISTORY }),
    post(id, chunk, from) {
      const feed = feeds.get(id);
      return (
        feed !== undefined &&
        "post" in feed &&
        (feed as Feed & { post(chunk: Uint8Array, from: string): boolean }).post(chunk, from)
      );
    },
    command(request, by) {
      const answer = give(request, by);
      tickSoon();
      return answer;
    },
    onFrame: (listener) => void listeners.push(listener),
    async stop() {
      stopping.abort();
      await Promise.allSettled(running);
      clearTimeout(tickTimer);
      reader.close();
      await journal.close();
    },
  };
}

/** A track as its history keeps it. The height is the one reported, where that is above the ellipsoid. */
const historyPoint = ({ id, nowMs, latDeg, lonDeg, height }: AssessedTrack): TrackPoint => ({
  trackId: id,
  nowMs,
  latDeg,
  lonDeg,
  ...(height?.reference === "hae" && { altHaeM: height.valueM }),
});
