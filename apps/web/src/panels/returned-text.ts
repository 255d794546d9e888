import type { Alert } from "@picket/model";
import type { TextKey } from "../speech/interface-table.ts";
import type { Speech } from "../speech/speech.ts";

/** How and when an alert that waits came to its end, to the minute. */
export const returnedWords = (alert: Alert, speech: Speech): string =>
  speech.text(returnedText(alert), { clock: speech.clock(alert.changedMs).slice(0, 5) });

/** A sensor does not leave, and of a drone nobody may have seen it leave. */
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
    case "sensorTurned":
      return "overSensorAccepted";
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
    case "recordDamaged":
      return "over";
    default:
      return kind satisfies never;
  }
}
