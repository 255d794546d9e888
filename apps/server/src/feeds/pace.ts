import { setTimeout as sleep } from "node:timers/promises";
import { createCaptureDecoder } from "@picket/capture";
import type { FeedSink } from "./feed.ts";

/** A gap between two packets longer than this is not waited out: a capture's clock that leaps must not stop a feed. */
const LONGEST_GAP_MS = 60_000;
/** A packet that is this much older than the one before tells of a clock set back, not of disorder. */
const SET_BACK_MS = 1000;
/** A packet of a stream stamped this near to now is being captured now. */
const LIVE_WITHIN_MS = 60_000;

/** `mayBeLive`: what is stamped now is passed on at once, so that a live capture waits for nothing, not even for its own jitter. */
export type PaceOptions = Readonly<{ from: string; speed: number; nowMs: () => number; mayBeLive: boolean }>;

/**
 * Passes a capture stream on, each packet when it is due by its own time stamp: a file plays at the speed it was made, or faster. The
 * octets go out unchanged, cut after each packet; the decoder here only tells when each is due.
 */
export async function pace(
  octetStream: AsyncIterable<Uint8Array>,
  { from, speed, nowMs, mayBeLive }: PaceOptions,
  sink: FeedSink,
  signal: AbortSignal,
): Promise<void> {
  const decoder = createCaptureDecoder();
  const waitMs = createWait(speed);
  let chunkStart = 0;
  for await (const octets of octetStream) {
    let sent = 0;
    for (const item of decoder.push(octets)) {
      if (item.kind !== "packet" || item.value.capturedMs === undefined) continue;
      const { capturedMs, fileOffset, fileLength } = item.value;
      const isLive = mayBeLive && Math.abs(nowMs() - capturedMs) < LIVE_WITHIN_MS;
      if (!isLive) await pause(waitMs(capturedMs, performance.now()), signal);
      if (signal.aborted) return;
      const end = Math.min(octets.length, fileOffset + fileLength - chunkStart);
      if (end > sent) sink.bytes(octets.slice(sent, end), nowMs(), from);
      sent = Math.max(sent, end);
    }
    if (sent < octets.length) sink.bytes(octets.slice(sent), nowMs(), from);
    chunkStart += octets.length;
  }
}

/**
 * Answers how long to wait for a packet. Time is counted from the first packet, and anew from any packet whose stamp leaps by more than
 * a minute or goes back: on a receiver without a clock of its own the first network time does both.
 */
export function createWait(speed: number): (capturedMs: number, steadyMs: number) => number {
  let anchor: Readonly<{ capturedMs: number; steadyMs: number }> | undefined;
  let lastMs = 0;
  return (capturedMs, steadyMs) => {
    const gapMs = capturedMs - lastMs;
    lastMs = capturedMs;
    if (!anchor || gapMs > LONGEST_GAP_MS || gapMs < -SET_BACK_MS) anchor = { capturedMs, steadyMs };
    return Math.max(0, (capturedMs - anchor.capturedMs) / speed - (steadyMs - anchor.steadyMs));
  };
}

/** Waits, unless `signal` aborts first. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return;
  await sleep(ms, undefined, { signal }).catch((reason) => {
    if (!signal.aborted) throw reason;
  });
}
