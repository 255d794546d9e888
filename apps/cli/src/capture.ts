import { closeSync, openSync, writeSync } from "node:fs";
import { resolve } from "node:path";
import {
  answerPeer,
  ConfigurationError,
  createFeedTranslator,
  type FeedConfig,
  type FeedSink,
  type FeedState,
  formatCapturedChunk,
  formatCaptureHeader,
  framingOf,
  runFeed,
} from "@picket/server";
import { configuredFeed } from "./configured-feed.ts";
import { EXIT } from "./exit-codes.ts";
import { untilAskedToStop } from "./until-asked-to-stop.ts";

export type CaptureOptions = Readonly<{ config?: string; feed: string; out: string; seconds?: string; maxMb: string }>;

/** Only who runs Picket may read a capture: broadcasts hold where operators stand. */
const OWNER_ONLY = 0o600;
const STANDARD_OUTPUT = 1;

/**
 * Writes what a feed hears to a new file, as it comes and when, for a bug report or to be played again. Ends when it is asked to, after
 * `--seconds`, or when the file has `--max-mb`. Answers 1 when nothing was heard.
 */
export async function captureCommand({ config, feed: name, out, seconds, maxMb }: CaptureOptions): Promise<number> {
  let configured: ReturnType<typeof configuredFeed>;
  try {
    configured = configuredFeed(config, name);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    for (const fault of error.faults) console.error(fault);
    return EXIT.configuration;
  }
  const limits = { seconds: seconds === undefined ? undefined : Number(seconds), octets: Number(maxMb) * 1_000_000 };
  if (!(limits.octets > 0) || (limits.seconds !== undefined && !(limits.seconds > 0))) {
    console.error("--seconds and --max-mb must be numbers above 0");
    return EXIT.usage;
  }
  let file: number;
  try {
    file = out === "-" ? STANDARD_OUTPUT : openSync(out, "wx", OWNER_ONLY);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === "EEXIST" ? "is there already, and is not written over" : String(error);
    console.error(`${out} ${why}`);
    return EXIT.unavailable;
  }
  const { feed, configuration } = configured;
  const written = await capture(feed, createFeedTranslator(feed, configuration.site), file, limits);
  if (file !== STANDARD_OUTPUT) closeSync(file);
  console.error(`${written.chunks} chunks, ${written.octets} octets of ${name} in ${out}`);
  if (written.chunks === 0) {
    console.error(`Nothing was heard: picket doctor --config ${config} --feed ${name} says why`);
    return EXIT.no;
  }
  console.error(`Play it again with the feed's transport as
    transport: { kind: capture, path: ${resolve(out)}, framing: ${written.framing} }
It may hold where people and drones were: hand it on with care.`);
  return EXIT.done;
}

type Limits = Readonly<{ seconds: number | undefined; octets: number }>;

/** Writes as chunks come, so that what was heard is there whatever happens next. Who must be answered to go on is answered, as the site would. */
async function capture(feed: FeedConfig, translator: ReturnType<typeof createFeedTranslator>, file: number, limits: Limits) {
  const stop = new AbortController();
  const write = (line: string) => writeSync(file, line);
  let room = limits.octets - write(formatCaptureHeader(feed, Date.now()));
  let chunks = 0;
  let octets = 0;
  const sink: FeedSink = {
    bytes(chunk, receivedMs, from, peer) {
      if (room <= 0) return;
      if (peer) answerPeer(peer, translator.bytes(chunk, receivedMs, from, chunks));
      room -= write(formatCapturedChunk({ receivedMs, from, bytes: chunk }));
      chunks++;
      octets += chunk.length;
      if (room <= 0) stop.abort();
    },
    refused: (from) => console.error(`Kept out: ${from}`),
    state: (state) => console.error(stateInWords(state)),
  };
  const timer = limits.seconds === undefined ? undefined : setTimeout(() => stop.abort(), limits.seconds * 1000);
  void untilAskedToStop().then(() => stop.abort());
  await runFeed(feed, sink, stop.signal, Date.now);
  clearTimeout(timer);
  return { chunks, octets, framing: framingOf(feed.transport) };
}

export function stateInWords(state: FeedState): string {
  switch (state.kind) {
    case "starting":
      return "Starting";
    case "listening":
      return `Listening: ${state.where}`;
    case "reconnecting":
      return `Not heard: ${state.why}; tries again in ${(state.inMs / 1000).toFixed(1)} s`;
    case "ended":
      return "At its end";
    default:
      return state satisfies never;
  }
}
