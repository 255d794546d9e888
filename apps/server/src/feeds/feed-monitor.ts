import type { DecodeError } from "@picket/bytes";
import { describe } from "@picket/bytes";
import type { FeedHealth, FeedId } from "@picket/model";
import type { FeedConfig } from "../config/schema.ts";
import type { FeedState } from "./feed.ts";

const RATE_WINDOW_S = 10;
/**
 * A feed that has been heard and then is not for this long is said to be silent, also when it is connected; one of which nothing is
 * understood for this long has failed. Whoever looks once a second sees it within ten.
 */
const SILENT_AFTER_S = 9;
const DETAIL_LENGTH = 256;
const TRANSPORT_LENGTH = 128;
const MAY_BE_SILENT: ReadonlySet<FeedHealth["state"]> = new Set(["listening", "receiving"]);

/** Counts what a feed does. Every refusal is counted by its stable code, with the newest example in words. */
export type FeedMonitor = {
  readonly id: FeedId;
  state(state: FeedState): void;
  heard(octets: number, receivedMs: number): void;
  ingested(records: number, rejected: readonly DecodeError[], receivedMs: number): void;
  dropped(chunks: number): void;
  health(nowMs: number): FeedHealth;
};

export function createFeedMonitor(config: FeedConfig, transport: string): FeedMonitor {
  const { id, protocol, owner, legalBasis } = config;
  const silentAfterMs = (config.silentAfterS ?? usualSilenceS(config)) * 1000;
  const rejected: Record<string, number> = {};
  const perSecond = new Map<number, number>();
  let state: FeedHealth["state"] = "starting";
  let detail: string | undefined;
  let lastHeardMs: number | undefined;
  /** The first refusal after the newest record. */
  let refusedSinceMs: number | undefined;
  let bytes = 0;
  let chunks = 0;
  let records = 0;
  let dropped = 0;

  return {
    id,
    state(next) {
      if (next.kind === "listening") {
        state = "listening";
        detail = next.where;
      } else if (next.kind === "reconnecting") {
        state = "reconnecting";
        detail = `tries again in ${Math.ceil(next.inMs / 1000)} s: ${next.why}`.slice(0, DETAIL_LENGTH);
      } else {
        state = next.kind;
      }
    },
    heard(octets, receivedMs) {
      bytes += octets;
      chunks++;
      lastHeardMs = receivedMs;
      state = "receiving";
    },
    ingested(count, errors, receivedMs) {
      records += count;
      if (count > 0) refusedSinceMs = undefined;
      else if (errors.length > 0) refusedSinceMs ??= receivedMs;
      const second = Math.floor(receivedMs / 1000);
      perSecond.set(second, (perSecond.get(second) ?? 0) + count);
      for (const old of perSecond.keys()) if (old <= second - RATE_WINDOW_S) perSecond.delete(old);
      for (const error of errors) {
        rejected[error.code] = (rejected[error.code] ?? 0) + 1;
        detail = `newest refusal: ${describe(error)}`.slice(0, DETAIL_LENGTH);
      }
    },
    dropped(chunks) {
      dropped += chunks;
    },
    health(nowMs) {
      const isSilent = MAY_BE_SILENT.has(state) && lastHeardMs !== undefined && nowMs - lastHeardMs > silentAfterMs;
      const isNotUnderstood = state === "receiving" && refusedSinceMs !== undefined && nowMs - refusedSinceMs > silentAfterMs;
      const from = Math.floor(nowMs / 1000) - RATE_WINDOW_S;
      let recent = 0;
      for (const [second, count] of perSecond) if (second > from) recent += count;
      return {
        id,
        protocol,
        transport: transport.slice(0, TRANSPORT_LENGTH),
        ...(owner !== undefined && { owner }),
        ...(legalBasis !== undefined && { legalBasis }),
        state: isSilent ? "silent" : isNotUnderstood ? "failed" : state,
        ...(detail !== undefined && {
          detail: isNotUnderstood ? `nothing is understood; ${detail}`.slice(0, DETAIL_LENGTH) : detail,
        }),
        ...(lastHeardMs !== undefined && { lastHeardMs }),
        bytes,
        chunks,
        records,
        dropped,
        rejected: { ...rejected },
        recordsPerS: recent / RATE_WINDOW_S,
      };
    },
  };
}

/** Whoever is asked seldom is heard seldom: two questions may go by. */
const usualSilenceS = ({ transport }: FeedConfig): number =>
  transport.kind === "httpPoll" ? Math.max(SILENT_AFTER_S, 2 * (transport.intervalS ?? 1) + SILENT_AFTER_S - 2) : SILENT_AFTER_S;
