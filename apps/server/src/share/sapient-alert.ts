import type { Alert as SiteAlert } from "@picket/model";
import type { Alert } from "@picket/sapient";
import type { ReleasedPicture } from "./release.ts";
import { thingId } from "./sapient-ids.ts";
import { trackObjectId } from "./sapient-track.ts";
import type { ShareWords } from "./share-words.ts";

const MOST_REASONS = 4;
const MOST_TRACKS = 16;
const LONGEST_DESCRIPTION = 1000;
const TYPES: Readonly<Record<SiteAlert["level"], NonNullable<Alert["alertType"]>>> = {
  watch: "INFORMATION",
  caution: "WARNING",
  warning: "WARNING",
  critical: "CRITICAL",
};
const PRIORITIES: Readonly<Record<SiteAlert["level"], NonNullable<Alert["priority"]>>> = {
  watch: "LOW",
  caution: "MEDIUM",
  warning: "HIGH",
  critical: "HIGH",
};

/** An alert with its title and reasons, its place, and the objects it is about. What is not live begins with what it is. */
export function sapientAlert(alert: SiteAlert, picture: ReleasedPicture, words: ShareWords, nodeId: string): Alert {
  const { id, raisedMs, level, reality, title, reasons, tracks, place } = alert;
  const own = new Set<string>(tracks);
  const about = picture.tracks.filter((track) => own.has(track.id)).slice(0, MOST_TRACKS);
  const sentences = [title, ...reasons.slice(0, MOST_REASONS)].map(words.phrase);
  return {
    alertId: thingId(picture.site.id, id, raisedMs),
    alertType: TYPES[level],
    status: "ACTIVE",
    description: words.text(reality, [...sentences, words.say("notForEngagement")], LONGEST_DESCRIPTION),
    priority: PRIORITIES[level],
    ...(place && { location: { x: place.lonDeg, y: place.latDeg, coordinateSystem: "LAT_LNG_DEG_M", datum: "WGS84_E" } }),
    ...(about.length > 0 && {
      associatedDetection: about.map((track) => ({ nodeId, objectId: trackObjectId(picture, track), timestamp: picture.nowMs })),
    }),
  };
}

/** The end of an alert. That it is over is no all-clear, and the text says so. */
export const alertEnd = (shown: Alert, words: ShareWords): Alert => ({
  ...shown,
  status: "CLEAR",
  description: `${shown.description} ${words.say("alertOver")}`,
});
