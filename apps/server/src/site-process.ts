import { join } from "node:path";
import {
  type Command,
  type CommandId,
  type FeedHealth,
  type FeedId,
  type Frame,
  mostReal,
  type OutletHealth,
  type RecordHealth,
  type SightingReport,
  type Site,
  type TrackId,
} from "@picket/model";
import type { Clock } from "./clock.ts";
import type { CommandRequest } from "./command-request.ts";
import { fileChanges } from "./config/file-changes.ts";
import type { SiteConfiguration } from "./config/read-configuration.ts";
import { createDecider } from "./decider.ts";
import { createShowDeclared } from "./declarations/show-declared.ts";
import { realityOf } from "./feed-translator.ts";
import { createFeed } from "./feeds/create-feed.ts";
import type { Feed, Peer } from "./feeds/feed.ts";
import { createFeedMonitor, type FeedMonitor } from "./feeds/feed-monitor.ts";
import { answerPeer } from "./feeds/peer.ts";
import { supervise } from "./feeds/supervise.ts";
import { createLiveHub, type LiveHub } from "./live/hub.ts";
import type { Surroundings } from "./live/picture.ts";
import { startOutlets, type WarningFeed } from "./outlets.ts";
import type { TrackPoint } from "./record/derived.ts";
import { type Journal, openJournal } from "./record/journal.ts";
import { openJournalReader } from "./record/journal-reader.ts";
import { createRecorder } from "./recorder.ts";
import { createReplayRanges, type ReplayRange } from "./replay/replay-ranges.ts";
import { restoreEngine } from "./restore.ts";
import { retainPeriodically, retentionPolicy } from "./retain.ts";
import { createSelfWatch } from "./self-watch.ts";
import { createTicker } from "./ticker.ts";

const MOST_HISTORY = 10_000;
const MOST_SIGHTINGS = 500;

/** One site at work: feeds in, journal, decisions, live screens. HTTP stands on top of it. */
export type SiteProcess = {
  readonly hub: LiveHub;
  readonly journal: Journal;
  frame(): Frame | undefined;
  site(): Site;
  feeds(): readonly FeedHealth[];
  /** Every way out of the site. */
  outlets(): readonly OutletHealth[];
  /** A delivery that others fetch from us. */
  warningFeed(id: string): WarningFeed | undefined;
  record(): RecordHealth;
  /** How often the decision engine failed and was brought back since the start. */
  faults(): number;
  surroundings(): Surroundings;
  /** Newest first, those of this boot. */
  sightings(): readonly SightingReport[];
  history(track: TrackId, fromMs: number, toMs: number): readonly TrackPoint[];
  /** What can be played again, oldest first. */
  replayRanges(): readonly ReplayRange[];
  /** Hands bytes to a feed with HTTP transport; false when there is none of that name. */
  post(feed: FeedId, chunk: Uint8Array, from: string): boolean;
  /** Journals a command and lets it count at once. Answers its journal sequence. */
  command(request: CommandRequest, by: string): Readonly<{ sequence: number }>;
  stop(): Promise<void>;
};

export type SiteProcessOptions = Readonly<{
  configuration: SiteConfiguration;
  dataDir: string;
  clock: Clock;
  input: NodeJS.ReadableStream;
  version: string;
  /** Hears of faults of our own, in words. */
  report: (fault: string) => void;
}>;

export async function startSiteProcess({
  configuration,
  dataDir,
  clock,
  input,
  version,
  report,
}: SiteProcessOptions): Promise<SiteProcess> {
  const journalDir = join(dataDir, "journal");
  const journal = await openJournal({ dir: journalDir, nowMs: clock.nowMs, version });
  const placeFeeds = new Set(configuration.feeds.filter(({ cot }) => cot?.persons?.length).map(({ id }) => id));
  const recorder = createRecorder(journal, placeFeeds);
  const reader = openJournalReader(journalDir);
  const replayRanges = createReplayRanges(reader);
  const engineOptions = { site: configuration.site, feeds: configuration.feeds, bootNumber: journal.bootNumber };
  const restored = restoreEngine({ ...engineOptions, isStateLost: journal.setAside !== undefined }, journalDir);
  if (restored.fault) report(`The newest part of the record could not be played again: ${restored.fault}`);
  if (journal.setAside)
    report(`The record could not be carried on (${journal.setAside.why}) and was moved to ${journal.setAside.path}`);
  const { engine } = restored;
  const decider = createDecider({ engine, engineOptions, recorder, nowMs: clock.nowMs(), report });
  const showDeclared = createShowDeclared(dataDir, report);
  let newest: Frame | undefined;
  let damage: string | undefined;
  let sightings: readonly SightingReport[] = [];
  const stopping = new AbortController();
  const outlets = startOutlets({ configuration, dataDir, nowMs: clock.nowMs, report });
  const monitors = new Map<FeedId, FeedMonitor>();
  const feeds = new Map<FeedId, Feed>();
  const reality = mostReal(configuration.feeds.map(realityOf));
  const record = (): RecordHealth => ({ ...recorder.health(), ...(damage !== undefined && { damaged: damage }) });
  const surroundings = (): Surroundings => ({
    site: decider.site(),
    feeds: [...monitors.values()].map((monitor) => monitor.health(clock.nowMs())),
    outlets: outlets.health(),
    record: record(),
    playback: { mode: "live" },
    reality,
  });
  const hub = createLiveHub(surroundings);

  const give = (request: CommandRequest, by: string) => {
    const command = { ...request, by, atMs: clock.nowMs() } as Command;
    return { sequence: decider.command(command) };
  };
  void journal.startCheck.then((check) => {
    if (check.kind !== "damaged") return;
    damage = check.findings.slice(0, 3).join("; ").slice(0, 200);
    report(`The record's file is damaged: ${damage}`);
    give({ kind: "recordDamaged", id: `own-damage-${journal.bootNumber}` as CommandId, finding: damage }, "picket");
  });
  const watchOurselves = createSelfWatch(clock, recorder, journal.bootNumber, (request) => give(request, "picket"));
  if (restored.configured) {
    for (const change of fileChanges(restored.configured, configuration.site, journal.bootNumber))
      give(change, "configuration file");
  }
  const tick = () => {
    watchOurselves();
    const before = decider.site();
    const frame = decider.tick(clock.nowMs());
    if (!frame) return;
    newest = showDeclared(frame);
    if (frame.sightings.length > 0) sightings = [...frame.sightings.toReversed(), ...sightings].slice(0, MOST_SIGHTINGS);
    if (isElsewhere(before, decider.site())) hub.startOver();
    hub.publish(newest);
    recorder.keep(frame);
    outlets.take(frame, decider.site());
  };
  const ticker = createTicker(tick);

  const running = configuration.feeds.map((feedConfig) => {
    const feed = createFeed(feedConfig, input, clock.nowMs);
    const monitor = createFeedMonitor(feedConfig, feed.transport);
    feeds.set(feedConfig.id, feed);
    monitors.set(feedConfig.id, monitor);
    const sink = {
      bytes(chunk: Uint8Array, receivedMs: number, from: string, peer?: Peer) {
        monitor.heard(chunk.length, receivedMs);
        const { records, rejected, ...answer } = decider.bytes(feedConfig.id, chunk, receivedMs, from);
        if (peer) answerPeer(peer, answer);
        monitor.ingested(records, rejected, receivedMs);
        ticker.soon();
      },
      refused: () => monitor.dropped(1),
      lost: (datagrams: number) => monitor.dropped(datagrams),
      state: monitor.state,
    };
    return supervise(feed, sink, stopping.signal);
  });
  ticker.start();
  const stopRetaining = retainPeriodically(
    () => journal.retain(retentionPolicy(configuration, clock.nowMs())),
    (why) => report(`What is over its time could not be erased: ${why}`),
  );

  return {
    hub,
    journal,
    frame: () => newest,
    site: () => decider.site(),
    faults: () => decider.faults(),
    feeds: () => surroundings().feeds,
    outlets: outlets.health,
    warningFeed: outlets.warningFeed,
    record,
    surroundings,
    sightings: () => sightings,
    history: (track, fromMs, toMs) => reader.derived.trackPoints(track, { fromMs, toMs, limit: MOST_HISTORY }),
    replayRanges: () => replayRanges(clock.nowMs()),
    post: (id, chunk, from) => feeds.get(id)?.post?.(chunk, from) ?? false,
    command(request, by) {
      const answer = give(request, by);
      ticker.soon();
      return answer;
    },
    async stop() {
      stopping.abort();
      stopRetaining();
      await Promise.allSettled([...running, outlets.stop()]);
      ticker.stop();
      decider.seal(clock.nowMs());
      reader.close();
      const unwritten = await journal.close();
      if (unwritten > 0) report(`The disk did not take the newest ${unwritten} entries of the record`);
    },
  };
}

/** Did the site itself move, as one without configuration does when it first hears of a place? */
const isElsewhere = (before: Site, now: Site): boolean => before.latDeg !== now.latDeg || before.lonDeg !== now.lonDeg;
