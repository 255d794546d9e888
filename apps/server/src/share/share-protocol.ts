import type { ShareConfig } from "../config/share.ts";
import type { OutletMonitor } from "../outlet-monitor.ts";
import type { OpenLine } from "./line.ts";
import type { ReleasedPicture } from "./release.ts";

/**
 * What a partner's protocol makes of a line. It is called and answers at once: it never waits, and what comes in never makes it throw.
 * A line that broke and is open again is a new conversation.
 */
export type ShareProtocol = {
  opened(line: OpenLine, nowMs: number): void;
  closed(): void;
  heard(chunk: Uint8Array, nowMs: number): void;
  /** Every picture, also while the line is closed: what is worth keeping until it opens is the protocol's to know, within bounds. */
  take(picture: ReleasedPicture): void;
  /** The site is about to stop: the last that can be sent. */
  leaving?(nowMs: number): void;
};

/** What a protocol may use. */
export type ShareContext = Readonly<{ config: ShareConfig; monitor: OutletMonitor }>;
