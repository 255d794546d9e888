import type { CapAlert, CapArea, CapInfo, CapReference, CapTime } from "@picket/cap";
import { type Alert, fill, formatPhrase, type Language, type Level, type Phrase, type Reality, type Zone } from "@picket/model";
import type { DeliverConfig } from "../config/deliver.ts";
import { heardWithinM, type ReleasedPicture } from "../share/release.ts";
import { NAME_MARKS, TEXT_MARKS } from "../share/words-table.ts";
import { placeArea, zoneArea } from "./cap-area.ts";
import { DELIVER_WORDS } from "./deliver-words-table.ts";

const DEFAULT_EXPIRES_S = 600;
/** An arrival within this is told as one of now. */
const IMMEDIATE_MS = 60_000;
const MOST_REASONS = 6;
/** A place is told with so many standard deviations around it. */
const PLACE_SIGMAS = 3;
const LANGUAGES: readonly Language[] = ["en", "es"];

/** Nothing but live is ever Actual. An exercise is one; what else is not live is a test of the way. */
const STATUS: Readonly<Record<Reality, CapAlert["status"]>> = {
  live: "Actual",
  exercise: "Exercise",
  simulated: "Test",
  replay: "Test",
  test: "Test",
};
const SEVERITY: Readonly<Record<Level, CapInfo["severity"]>> = {
  critical: "Extreme",
  warning: "Severe",
  caution: "Moderate",
  watch: "Minor",
};
const ADVICE: Readonly<Record<Level, Phrase["code"]>> = {
  critical: "advice.takeCoverNow",
  warning: "advice.takeCover",
  caution: "advice.beReady",
  watch: "advice.possible",
};
/** What an alert's kind says of how sure it is that something is, or will be, there. */
const CERTAINTY: Readonly<Partial<Record<Alert["kind"], CapInfo["certainty"]>>> = {
  zoneEntry: "Observed",
  zoneApproach: "Likely",
  personThreatened: "Likely",
  possibleDrone: "Possible",
  personNeedsHelp: "Observed",
  sighting: "Possible",
};

type Say = (word: keyof typeof DELIVER_WORDS, params?: Phrase["params"]) => string;

/** What a message is about, beside the alert: which it is in the row of those about it, and what they were. */
export type CapDraft = Readonly<{
  alert: Alert;
  msgType: "Alert" | "Update" | "Cancel";
  identifier: string;
  references: readonly CapReference[];
}>;

export type CapContext = Readonly<{ config: DeliverConfig; picture: ReleasedPicture; zones: readonly Zone[] }>;

/** An alert as a CAP message in English and Spanish. That it is cancelled is no all-clear, and its text says so. */
export function capMessage({ alert, msgType, identifier, references }: CapDraft, context: CapContext): CapAlert {
  const { config, picture } = context;
  const { sender, scope = "Restricted", restriction = `for ${config.partner}`, addresses = [] } = config.cap;
  return {
    identifier,
    sender,
    sent: capTime(picture.nowMs),
    status: STATUS[alert.reality],
    msgType,
    source: `Picket, ${picture.site.name}`,
    scope,
    ...(scope === "Restricted" && { restriction }),
    addresses: scope === "Private" ? addresses : [],
    codes: [],
    ...(alert.reality !== "live" && { note: TEXT_MARKS[alert.reality].en }),
    references,
    incidents: [alert.incident],
    infos: LANGUAGES.map((language) => infoOf(alert, msgType, language, context)),
    isSigned: false,
  };
}

/** To the second, in UTC: what the standard can carry. */
export const capTime = (nowMs: number): CapTime => ({ unixMs: Math.floor(nowMs / 1000) * 1000, offsetMin: 0 });

function infoOf(alert: Alert, msgType: CapDraft["msgType"], language: Language, context: CapContext): CapInfo {
  const { config, picture } = context;
  const { reality, level, kind, title, reasons, count, arrivalMs } = alert;
  const { expiresS = DEFAULT_EXPIRES_S, contact, web } = config.cap;
  const say: Say = (word, params = {}) => fill(DELIVER_WORDS[word][language], params, language, "metric");
  const phrase = (one: Phrase) => formatPhrase(one, language, "metric");
  const name = (text: string) => (reality === "live" ? text : `${NAME_MARKS[reality][language]}: ${text}`);
  const marked = (texts: readonly string[]) => (reality === "live" ? texts : [TEXT_MARKS[reality][language], ...texts]).join(" ");
  const isOver = msgType === "Cancel";
  const isNow = kind === "zoneEntry" || kind === "personNeedsHelp" || (arrivalMs ?? Infinity) - picture.nowMs <= IMMEDIATE_MS;
  const isGrave = level === "critical" || level === "warning";
  return {
    language,
    categories: ["Security", "Safety"],
    event: name(say("event")),
    responseTypes: [isOver || !isGrave ? "Monitor" : "Shelter"],
    // Past would say that nobody need do anything any more, and nobody knows that.
    urgency: isOver ? "Unknown" : isNow ? "Immediate" : "Expected",
    severity: SEVERITY[level],
    certainty: CERTAINTY[kind] ?? "Unknown",
    eventCodes: [],
    expires: capTime(picture.nowMs + expiresS * 1000),
    senderName: picture.site.name,
    headline: name(say("headline", { title: phrase(title), site: picture.site.name })),
    description: marked([
      ...(isOver ? [say("over")] : []),
      ...reasons.slice(0, MOST_REASONS).map(phrase),
      ...(count && count.about > 1 ? [say("tracks", { count: count.about })] : []),
      say("source", { site: picture.site.name }),
    ]),
    instruction: marked([...(isOver ? [] : [phrase({ code: ADVICE[level], params: {} })]), say("downed")]),
    ...(web !== undefined && { web }),
    ...(contact !== undefined && { contact }),
    parameters: [
      { valueName: "picket-alert", value: alert.id },
      { valueName: "picket-level", value: level },
      { valueName: "picket-reality", value: reality },
    ],
    resources: [],
    areas: areasOf(alert, say, context),
  };
}

/** The zone that is alerted, and where the object was; at least the site itself, for an area must be there. */
function areasOf(alert: Alert, say: Say, { picture, zones }: CapContext): readonly CapArea[] {
  const { zone, place, tracks } = alert;
  const heardM = heardWithinM(alert, picture.site);
  if (place && heardM !== undefined) return [placeArea(say("heard"), place, heardM)];
  const own = new Set<string>(tracks);
  const track = picture.tracks.find(({ id }) => own.has(id));
  const at = place ?? track ?? picture.site;
  const areas: CapArea[] = [];
  const alerted = zones.find(({ id }) => id === zone);
  if (alerted) areas.push(zoneArea(alerted, at, say));
  if (place || track || !alerted) areas.push(placeArea(say("place"), at, PLACE_SIGMAS * (track?.ellipse.semiMajorM ?? 0)));
  return areas;
}
