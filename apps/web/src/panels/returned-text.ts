import type { Alert } from "@picket/model";
import type { TextKey } from "../speech/interface-table.ts";

/** How an alert that waits although it no longer holds came to its end: a sensor does not leave, and nobody may have seen a drone leave. */
export function returnedText({ kind, sensor, reasons }: Alert): TextKey {
  switch (reasons.find(({ code }) => code.startsWith("closed."))?.code) {
    case "closed.volumeWatched":
      return "overWatched";
    case "closed.lostContactExpired":
      return "overUnseen";
    default:
  }
  switch (kind) {
    case "sensorSilent":
      return "overHeardAgain";
    case "clockBad":
      return "overClockRight";
    case "recordingStopped":
      return "overRecording";
    case "personNeedsHelp":
      return "overSafe";
    case "possibleDrone":
      return sensor === undefined ? "over" : "overHeardNoMore";
    case "zoneEntry":
    case "zoneApproach":
    case "personThreatened":
    case "sighting":
    case "remoteIdContradicted":
    case "stateLost":
      return "over";
    default:
      return kind satisfies never;
  }
}
