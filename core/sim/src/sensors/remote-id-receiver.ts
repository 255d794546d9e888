import { encodePcap } from "@picket/capture";
import type { DetectionLine, SimulatedSensor } from "@picket/model";
import { createKitVoice } from "./kit-voice.ts";
import type { ReceiverVoice } from "./receiver-voice.ts";

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
