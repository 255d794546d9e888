import {
  type CotEvent,
  type CotPoint,
  cancelEmergencyEvent,
  detailElements,
  type EmergencyKind,
  emergencyEvent,
} from "@picket/cot";
import { type Alert, LEVELS, type Level } from "@picket/model";
import { howFused, OPEX } from "./cot-mark.ts";
import { cotPlace } from "./cot-place.ts";
import { cotUid } from "./cot-track.ts";
import { heardWithinM, type ReleasedPicture } from "./release.ts";
import type { ShareWords } from "./share-words.ts";

const MOST_REASONS = 4;
const MOST_TRACKS_NAMED = 10;
const LONGEST_REMARKS = 1000;

/** What TAK clients sound for an alert. One of a drill, or below this level, sounds nowhere: it is a point with a name. */
const SOUNDED_FROM: Level = "warning";
const EMERGENCY: Readonly<Partial<Record<Alert["kind"], EmergencyKind>>> = {
  zoneEntry: "Geo-fence Breached",
  personNeedsHelp: "911 Alert",
};
/** A point on the map that no client sounds. */
const SPOT = "b-m-p-s-m";

/** True while an alert stands: shelved, returned and closed ones do not. */
export const isStanding = ({ state }: Alert): boolean => state === "activeUnacknowledged" || state === "activeAcknowledged";

const isSounded = ({ reality, level }: Alert): boolean =>
  reality === "live" && LEVELS.indexOf(level) >= LEVELS.indexOf(SOUNDED_FROM);

/** An alert as TAK has it: live ones that are grave as an emergency that clients sound, the others as a named point. */
export function cotAlert(alert: Alert, picture: ReleasedPicture, words: ShareWords, staleMs: number): CotEvent {
  const { reality } = alert;
  const nowMs = Math.round(picture.nowMs);
  const { point, isPlaced } = placeOf(alert, picture);
  const callsign = words.name(reality, words.phrase(alert.title));
  const text = words.text(reality, sentences(alert, picture, isPlaced, words), LONGEST_REMARKS);
  const uid = cotUid(picture.site, alert.id);
  const how = howFused(reality);
  if (!isSounded(alert)) {
    const detail = detailElements({ contact: { callsign }, remarks: { text, timeMs: nowMs } });
    return { uid, type: SPOT, how, opex: OPEX[reality], timeMs: nowMs, startMs: nowMs, staleMs: nowMs + staleMs, point, detail };
  }
  const kind = EMERGENCY[alert.kind] ?? "Custom";
  const draft = { who: { uid, type: "a-u-A", callsign }, kind, point, how, nowMs, staleMs: nowMs + staleMs, text };
  return { ...emergencyEvent(draft), opex: OPEX[reality] };
}

/** Takes off the map what {@link cotAlert} put there. That an alert is over is no all-clear, and the text says so. */
export function cotAlertEnd(
  alert: Alert,
  shown: CotEvent,
  words: ShareWords,
  nowMs: number,
  staleMs: number,
): CotEvent | undefined {
  if (!isSounded(alert)) return undefined;
  const callsign = words.phrase(alert.title);
  const who = { uid: shown.uid.replace(/-9-1-1$/, ""), type: "a-u-A", callsign };
  const draft = {
    who,
    kind: EMERGENCY[alert.kind] ?? ("Custom" as const),
    point: shown.point,
    how: howFused(alert.reality),
    nowMs: Math.round(nowMs),
    staleMs: Math.round(nowMs) + staleMs,
    text: words.say("alertOver"),
  };
  return { ...cancelEmergencyEvent(draft), opex: OPEX[alert.reality] };
}

/** The alert's own place, a ring around the sensor where nobody knows better; else that of one of its tracks; else it stands at the site, with no word on how far off that is. */
function placeOf(alert: Alert, picture: ReleasedPicture): Readonly<{ point: CotPoint; isPlaced: boolean }> {
  const { place, tracks } = alert;
  const own = new Set<string>(tracks);
  const circularErrorM = heardWithinM(alert, picture.site);
  const track = picture.tracks.find(({ id }) => own.has(id));
  const at = place ?? track;
  const point = { ...cotPlace(at ?? picture.site), ...(circularErrorM !== undefined && { circularErrorM }) };
  return { point, isPlaced: at !== undefined };
}

function sentences(alert: Alert, { site }: ReleasedPicture, isPlaced: boolean, words: ShareWords): readonly string[] {
  const { id, level, tracks, reasons, refutedBy } = alert;
  const named = tracks.slice(0, MOST_TRACKS_NAMED).join(", ") + (tracks.length > MOST_TRACKS_NAMED ? ", …" : "");
  return [
    `${words.phrase(alert.title)}.`,
    words.say("alertOf", { site: site.name, alert: id, level }),
    ...(isPlaced ? [] : [words.say("alertPlaceUnknown")]),
    ...(tracks.length > 0 ? [words.say("alertTracks", { tracks: named })] : []),
    words.say("notForEngagement"),
    ...reasons.slice(0, MOST_REASONS).map(words.phrase),
    ...refutedBy.slice(0, 1).map((refuter) => words.say("refuted", { reason: words.phrase(refuter) })),
  ];
}
