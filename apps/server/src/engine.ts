import type { DecodeError } from "@picket/bytes";
import type { Command, FeedId, Frame, Input, Site } from "@picket/model";
import { createPipeline, isOwnSnapshot } from "@picket/pipeline";
import type { Translated, Translator } from "@picket/translate";
import { bestCopiesFirst } from "./best-copies.ts";
import { placeSite } from "./config/place-site.ts";
import type { FeedConfig } from "./config/schema.ts";
import { createFeedTranslator } from "./feed-translator.ts";
import { joinPlots } from "./join-plots.ts";

/** What one chunk of bytes came to, and what its sender is to be answered: live only, a replay answers nobody. */
export type Ingested = Omit<Translated, "inputs">;

/**
 * From journal entries to frames: the codecs and translators of every feed, then the pipeline. Live and replay drive the same
 * engine with the same entries in the same order and get the same frames.
 */
export type Engine = {
  bytes(feed: FeedId, chunk: Uint8Array, receivedMs: number, from: string, sequence: number): Ingested;
  command(command: Command): void;
  tick(nowMs: number): Frame;
  /** Decides on what waits, at the time of the last tick or else when it was heard: what came after the last clock mark before a crash is not lost. */
  settle(): void;
  /** State between two ticks. Throws when inputs wait for a tick: a snapshot then would lose them. */
  snapshot(): Uint8Array;
  site(): Site;
};

export type EngineOptions = Readonly<{
  site: Site;
  feeds: readonly FeedConfig[];
  bootNumber: number;
  /** What the boot before left could not all be restored: an alarm. */
  isStateLost?: boolean;
  /** Plays what another version recorded too, though other frames come of it than did then. */
  isAnew?: boolean;
}>;

const NOTHING: Ingested = { records: 0, rejected: [] };

export function createEngine(options: EngineOptions, from?: Uint8Array): Engine {
  const { site, feeds, bootNumber } = options;
  const saved = from && parseSnapshot(from);
  const isOwn = saved?.translators.bootNumber === bootNumber && isOwnSnapshot(saved.pipeline);
  const states = isOwn ? saved.translators.states : {};
  const pipeline = createPipeline(site, options, saved?.pipeline);
  const translators = new Map<FeedId, Translator>();
  for (const feed of feeds) {
    translators.set(feed.id, createFeedTranslator(feed, site, states[feed.id]));
  }
  let waiting: Input[] = [];
  let lastMs: number | undefined;
  /** When the newest of what waits was heard: stands for a mark where none has come yet. */
  let heardMs = 0;
  let isPlacing = false;

  return {
    bytes(feed, chunk, receivedMs, peer, sequence) {
      const translator = translators.get(feed);
      if (!translator) return NOTHING;
      heardMs = receivedMs;
      const { inputs, ...ingested } = translate(translator, chunk, receivedMs, peer, sequence);
      const placed = placeSite(pipeline.site(), inputs);
      if (placed && !isPlacing) waiting.push({ kind: "configuration", site: placed });
      isPlacing ||= placed !== undefined;
      for (const input of inputs) waiting.push(input);
      return ingested;
    },
    command(command) {
      heardMs = command.atMs;
      waiting.push({ kind: "command", command });
    },
    tick(nowMs) {
      const inputs = waiting;
      waiting = [];
      isPlacing = false;
      lastMs = nowMs;
      return pipeline.tick(joinPlots(bestCopiesFirst(inputs), pipeline.site().sensors), nowMs);
    },
    settle() {
      if (waiting.length > 0) this.tick(lastMs ?? heardMs);
    },
    snapshot() {
      if (waiting.length > 0) throw new RangeError(`A snapshot must be taken between ticks, ${waiting.length} inputs wait`);
      const states = Object.fromEntries([...translators].map(([id, translator]) => [id, translator.snapshot()]));
      return formatSnapshot({ bootNumber, states }, pipeline.snapshot());
    },
    site: () => pipeline.site(),
  };
}

/** A fault of our own in a translator costs the chunk, which is journalled, and is counted like any refusal. */
function translate(translator: Translator, chunk: Uint8Array, receivedMs: number, from: string, sequence: number): Translated {
  try {
    return translator.bytes(chunk, receivedMs, from, sequence);
  } catch (error) {
    return { inputs: [], records: 0, rejected: [internalFault(error)] };
  }
}

/** A fault of our own, counted with what senders got wrong. */
export const internalFault = (error: unknown): DecodeError => ({
  code: "internal-fault",
  item: "chunk",
  at: 0,
  detail: error instanceof Error ? error.message : String(error),
});

/** What the feeds' half-read messages were at a snapshot, and whose: another boot has other streams, and begins them anew. */
type Translators = Readonly<{ bootNumber: number; states: Readonly<Record<string, unknown>> }>;

/** Layout: u32 little-endian length of the translators' JSON, the JSON, the pipeline's bytes. */
function formatSnapshot(translators: Translators, pipeline: Uint8Array): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(translators));
  const bytes = new Uint8Array(4 + json.length + pipeline.length);
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 4);
  bytes.set(pipeline, 4 + json.length);
  return bytes;
}

function parseSnapshot(bytes: Uint8Array): Readonly<{ translators: Translators; pipeline: Uint8Array }> {
  const end = translatorsEnd(bytes);
  return { translators: JSON.parse(new TextDecoder().decode(bytes.subarray(4, end))), pipeline: bytes.subarray(end) };
}

const translatorsEnd = (bytes: Uint8Array): number => 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);

/** Was this snapshot of an engine written by the version that runs? Bytes that are no snapshot were not. */
export const isOwnState = (snapshot: Uint8Array): boolean =>
  snapshot.length >= 4 && isOwnSnapshot(snapshot.subarray(translatorsEnd(snapshot)));
