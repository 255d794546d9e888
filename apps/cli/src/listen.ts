import { answerPeer, ConfigurationError, createFeedTranslator, type FeedSink, runFeed } from "@picket/server";
import { configuredFeed } from "./configured-feed.ts";
import { EXIT } from "./exit-codes.ts";
import { printFindings } from "./finding.ts";
import { listenReport } from "./listen-report.ts";
import { createTally, tallyChunk, tallyMeaning, tallyRefused, tallyState } from "./listen-tally.ts";

export type ListenOptions = Readonly<{ config?: string; feed: string; seconds?: string }>;

const USUAL_SECONDS = 20;

/**
 * Listens to one feed for a while, decodes it as the site would, and says in words what was heard and how to mend what is amiss. Nothing
 * is recorded or decided. Answers 1 when there is a fault.
 */
export async function listenCommand({ config, feed: name, seconds = String(USUAL_SECONDS) }: ListenOptions): Promise<number> {
  const listenS = Number(seconds);
  if (!(listenS > 0)) {
    console.error(`--seconds must be a number above 0, got ${JSON.stringify(seconds)}`);
    return EXIT.usage;
  }
  try {
    const { feed, configuration } = configuredFeed(config, name);
    const translator = createFeedTranslator(feed, configuration.site);
    const tally = createTally();
    const sink: FeedSink = {
      bytes(chunk, receivedMs, from, peer) {
        tallyChunk(tally, chunk, receivedMs, from);
        const translated = translator.bytes(chunk, receivedMs, from, tally.chunks);
        if (peer) answerPeer(peer, translated);
        tallyMeaning(tally, translated);
      },
      refused: (from) => tallyRefused(tally, from),
      lost: (chunks) => {
        tally.lost += chunks;
      },
      state: (state) => tallyState(tally, state),
    };
    console.error(`Listening to ${name} for ${listenS} s`);
    const beganMs = performance.now();
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), listenS * 1000);
    await runFeed(feed, sink, stop.signal, Date.now);
    clearTimeout(timer);
    const findings = listenReport(feed, configuration.site, tally, Math.max(0.001, (performance.now() - beganMs) / 1000));
    printFindings(findings);
    return findings.some(({ level }) => level === "fault") ? EXIT.no : EXIT.done;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    for (const line of error.faults) console.error(line);
    return EXIT.configuration;
  }
}
