import type { FeedId } from "@picket/model";
import type { Transmission } from "./broadcaster.ts";

/** What a receiver sends on, to which feed, and as whom: its own name, or the topic it publishes at. */
export type Sent = Readonly<{ feed: FeedId; from: string; bytes: Uint8Array }>;

/** How a Remote ID receiver tells what it heard, and that it works. */
export type ReceiverVoice = {
  heard(transmission: Transmission, rssiDbm: number, atMs: number): Sent[];
  works(): Sent[];
};
