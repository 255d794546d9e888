import type { CapAlert, CapArea, CapInfo, CapResource, CapTime, NamedValue } from "./alert.ts";
import { CAP_NAMESPACE } from "./decode-alert.ts";
import { findBreaches } from "./find-breaches.ts";
import { formatCircle, formatList, formatNumber, formatPolygon, formatReference, parseCircle, parsePolygon } from "./lists.ts";
import { formatTime } from "./time.ts";

/** Characters that XML 1.0 cannot carry, escaped or not; lone halves of surrogate pairs among them. */
const UNWRITABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;" };

/**
 * Encodes an alert as a document in UTF-8 that validates against the standard's schema. Throws RangeError for what the standard forbids
 * (see {@link findBreaches}), for a polygon that is open or off the globe, and for characters that XML cannot carry. No signature is made.
 *
 * @source OASIS CAP 1.2 (2010), section 3.4, XML schema.
 */
export function encodeAlert(alert: CapAlert): string {
  const [breach] = findBreaches(alert);
  if (breach) throw new RangeError(`${breach.item} ${breach.detail}`);
  const fields = [
    element("identifier", alert.identifier),
    element("sender", alert.sender),
    time("sent", alert.sent),
    element("status", alert.status),
    element("msgType", alert.msgType),
    element("source", alert.source),
    element("scope", alert.scope),
    element("restriction", alert.restriction),
    element("addresses", formatList(alert.addresses) || undefined),
    ...alert.codes.map((code) => element("code", code)),
    element("note", alert.note),
    element("references", alert.references.map(formatReference).join(" ") || undefined),
    element("incidents", formatList(alert.incidents) || undefined),
    ...alert.infos.map(encodeInfo),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="${CAP_NAMESPACE}">\n${lines(fields)}</alert>\n`;
}

function encodeInfo(info: CapInfo): string {
  if (info.categories.length === 0) throw new RangeError("alert/info/category must be there at least once");
  return group("info", [
    element("language", info.language),
    ...info.categories.map((category) => element("category", category)),
    element("event", info.event),
    ...info.responseTypes.map((type) => element("responseType", type)),
    element("urgency", info.urgency),
    element("severity", info.severity),
    element("certainty", info.certainty),
    element("audience", info.audience),
    ...info.eventCodes.map((pair) => namedValue("eventCode", pair)),
    time("effective", info.effective),
    time("onset", info.onset),
    time("expires", info.expires),
    element("senderName", info.senderName),
    element("headline", info.headline),
    element("description", info.description),
    element("instruction", info.instruction),
    element("web", info.web),
    element("contact", info.contact),
    ...info.parameters.map((pair) => namedValue("parameter", pair)),
    ...info.resources.map(encodeResource),
    ...info.areas.map(encodeArea),
  ]);
}

const encodeResource = ({ resourceDesc, mimeType, sizeOctets, uri, derefUri, digest }: CapResource): string =>
  group("resource", [
    element("resourceDesc", resourceDesc),
    element("mimeType", mimeType),
    element("size", sizeOctets === undefined ? undefined : whole(sizeOctets)),
    element("uri", uri),
    element("derefUri", derefUri),
    element("digest", digest),
  ]);

const encodeArea = ({ areaDesc, polygons, circles, geocodes, altitudeMslFt, ceilingMslFt }: CapArea): string =>
  group("area", [
    element("areaDesc", areaDesc),
    ...polygons.map((points) =>
      element("polygon", checked(formatPolygon(points), parsePolygon, "four points or more, on the globe and closed")),
    ),
    ...circles.map((circle) =>
      element("circle", checked(formatCircle(circle), parseCircle, "a centre on the globe and a radius")),
    ),
    ...geocodes.map((pair) => namedValue("geocode", pair)),
    element("altitude", altitudeMslFt === undefined ? undefined : finite(altitudeMslFt)),
    element("ceiling", ceilingMslFt === undefined ? undefined : finite(ceilingMslFt)),
  ]);

function checked(written: string, parse: (written: string) => unknown, expected: string): string {
  if (parse(written) === undefined) throw new RangeError(`An area must have ${expected}, got ${written.slice(0, 60)}`);
  return written;
}

function whole(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`A size must be a whole number of octets, got ${value}`);
  return String(value);
}

function finite(valueFt: number): string {
  if (!Number.isFinite(valueFt)) throw new RangeError(`A height must be a number of feet, got ${valueFt}`);
  return formatNumber(valueFt);
}

const namedValue = (name: string, pair: NamedValue): string =>
  group(name, [element("valueName", pair.valueName), element("value", pair.value)]);

const time = (name: string, value: CapTime | undefined): string => element(name, value && formatTime(value));

const group = (name: string, fields: readonly string[]): string => `<${name}>\n${lines(fields)}</${name}>`;

/** One field a line, not indented: white space inside a text is part of it. */
const lines = (fields: readonly string[]): string => fields.map((field) => (field === "" ? "" : `${field}\n`)).join("");

function element(name: string, value: string | undefined): string {
  if (value === undefined) return "";
  const unwritable = UNWRITABLE.exec(value);
  if (unwritable)
    throw new RangeError(`${name} may hold no character U+${unwritable[0].codePointAt(0)?.toString(16).toUpperCase()}`);
  return `<${name}>${value.replace(/[&<>\r]/g, (character) => ESCAPES[character] ?? character)}</${name}>`;
}
