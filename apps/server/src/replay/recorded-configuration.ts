import type { Site } from "@picket/model";
import type { FeedConfig } from "../config/schema.ts";
import type { EngineOptions } from "../engine.ts";
import type { JournalEntry } from "../record/journal-entry.ts";

/** What a segment's first entry holds, so that it can be played without the configuration file of its day. */
export const configurationEntry = ({ site, feeds, bootNumber }: EngineOptions, receivedMs: number): JournalEntry => ({
  kind: "configuration",
  receivedMs,
  configuration: { site, feeds: feeds.map(withoutSecrets), bootNumber },
});

/** Reads {@link configurationEntry} back. The journal is our own and its chain is checked apart, so the shape is trusted. */
export function recordedConfiguration(entry: JournalEntry): EngineOptions | undefined {
  if (entry.kind !== "configuration") return undefined;
  const { site, feeds, bootNumber } = entry.configuration as { site: Site; feeds: FeedConfig[]; bootNumber: number };
  return { site, feeds, bootNumber };
}

/**
 * Of a transport its kind and framing decide what bytes mean; where it leads to and what opens it have no place in a record that is
 * handed out.
 */
const withoutSecrets = ({ transport, ...feed }: FeedConfig): FeedConfig => ({
  ...feed,
  transport: { kind: transport.kind, ...("framing" in transport && { framing: transport.framing }) } as FeedConfig["transport"],
});
