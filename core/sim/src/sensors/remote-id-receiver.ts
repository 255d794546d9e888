import { encodePcap } from "@picket/capture";
import type { DetectionLine, FeedId, SimulatedSensor } from "@picket/model";
import type { Transmission } from "./broadcaster.ts";
import { createKitVoice } from "./kit-voice.ts";

/** What a receiver sends on, to which feed, and as whom: its own name, or the topic it publishes at. */
export type Sent = Readonly<{ feed: FeedId; from: string; bytes: Uint8Array }>;

/** How a Remote ID receiver tells what it heard, and that it works. */
export type ReceiverVoice = {
  heard(transmission: Transmission, rssiDbm: number, atMs: number): Sent[];
  works(): Sent[];
};

const TEXT = new TextEncoder();
const WEAKEST_DBM = -127;

/** The voice of a simulated receiver: a kit publishes JSON at a broker, any other sends each packet as it was captured. */
export function createReceiverVoice(simulated: SimulatedSensor): ReceiverVoice {
  if (simulated.speaks === "dragonsync") return createKitVoice(simulated);
  const { sensor, feed, statusFeed } = simulated;
  const line: DetectionLine = { sensor: sensor.id, state: "working" };
  return {
    heard({ linkType, packet }, rssiDbm, capturedMs) {
      const bytes = encodePcap(linkType, [{ packet: packet(Math.max(WEAKEST_DBM, rssiDbm)), capturedMs }]);
      return [{ feed, from: sensor.id, bytes }];
    },
    works: () => (statusFeed ? [{ feed: statusFeed, from: sensor.id, bytes: TEXT.encode(`${JSON.stringify(line)}\n`) }] : []),
  };
}
