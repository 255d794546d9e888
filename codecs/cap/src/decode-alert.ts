import {
  CATEGORIES,
  type CapAlert,
  type CapArea,
  type CapInfo,
  type CapReference,
  type CapResource,
  CERTAINTIES,
  MESSAGE_TYPES,
  type NamedValue,
  RESPONSE_TYPES,
  SCOPES,
  SEVERITIES,
  STATUSES,
  URGENCIES,
} from "./alert.ts";
import {
  type ElementReader,
  many,
  oneOf,
  optionalNumber,
  optionalText,
  optionalTime,
  readerOf,
  required,
  rest,
  text,
  time,
} from "./element-reader.ts";
import type { CapBreach, CapError } from "./errors.ts";
import { findBreaches } from "./find-breaches.ts";
import { parseCircle, parseList, parsePolygon, parseReference } from "./lists.ts";
import { present } from "./present.ts";
import { type Read, readXml, refuse, type XmlElement } from "./xml.ts";

export const CAP_NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2";
const SIGNATURE_NAMESPACE = "http://www.w3.org/2000/09/xmldsig#";
const DECIMAL = /^[-+]?(\d+(\.\d*)?|\.\d+)$/;
const INTEGER = /^[-+]?\d{1,15}$/;

/** An alert, and the rules in the standard's words that it breaks: `[]` for most. */
export type DecodedAlert = Readonly<{ alert: CapAlert; breaches: readonly CapBreach[] }>;

/**
 * Decodes a CAP 1.2 document in UTF-8. Only the document's own root is read, so that no second alert can hide inside a signature.
 * Refused is what the schema refuses, except that attributes are left alone; the error says how many more there are.
 *
 * @source OASIS CAP 1.2 (2010), section 3.4, XML schema.
 */
export function decodeAlert(octets: Uint8Array): Read<DecodedAlert> {
  const xml = readXml(octets);
  return xml.ok ? decodeAlertElement(xml.value) : xml;
}

/** The same from an element that was read already, such as one inside an envelope. */
export function decodeAlertElement(root: XmlElement): Read<DecodedAlert> {
  if (root.name !== "alert" || root.namespace !== CAP_NAMESPACE)
    return refuse(
      "not-cap",
      root.name,
      root.at,
      `must be an alert of ${CAP_NAMESPACE}, is of ${root.namespace || "no namespace"}`,
    );
  const faults: CapError[] = [];
  const breaches: CapBreach[] = [];
  const alert = readAlert(readerOf(root, "alert", CAP_NAMESPACE, faults), breaches);
  const [first, ...others] = faults;
  if (first)
    return { ok: false, error: others.length === 0 ? first : { ...first, detail: `${first.detail}; and ${others.length} more` } };
  return { ok: true, value: { alert, breaches: [...breaches, ...findBreaches(alert)] } };
}

function readAlert(reader: ElementReader, breaches: CapBreach[]): CapAlert {
  return present<CapAlert>({
    identifier: text(reader, required(reader, "identifier")),
    sender: text(reader, required(reader, "sender")),
    sent: time(reader, required(reader, "sent")),
    status: oneOf(reader, required(reader, "status"), STATUSES),
    msgType: oneOf(reader, required(reader, "msgType"), MESSAGE_TYPES),
    source: optionalText(reader, "source"),
    scope: oneOf(reader, required(reader, "scope"), SCOPES),
    restriction: optionalText(reader, "restriction"),
    addresses: parseList(optionalText(reader, "addresses") ?? ""),
    codes: texts(reader, "code"),
    note: optionalText(reader, "note"),
    references: readReferences(reader, breaches),
    incidents: parseList(optionalText(reader, "incidents") ?? ""),
    infos: each(reader, "info", (info) => readInfo(info, breaches)),
    isSigned: rest(reader, ({ namespace }) => namespace === SIGNATURE_NAMESPACE).length > 0,
  });
}

function readInfo(reader: ElementReader, breaches: CapBreach[]): CapInfo {
  return present<CapInfo>({
    language: optionalText(reader, "language")?.trim() ?? "en-US",
    categories: [required(reader, "category"), ...many(reader, "category")].map((element) => oneOf(reader, element, CATEGORIES)),
    event: text(reader, required(reader, "event")),
    responseTypes: many(reader, "responseType").map((element) => oneOf(reader, element, RESPONSE_TYPES)),
    urgency: oneOf(reader, required(reader, "urgency"), URGENCIES),
    severity: oneOf(reader, required(reader, "severity"), SEVERITIES),
    certainty: oneOf(reader, required(reader, "certainty"), CERTAINTIES),
    audience: optionalText(reader, "audience"),
    eventCodes: readNamedValues(reader, "eventCode"),
    effective: optionalTime(reader, "effective"),
    onset: optionalTime(reader, "onset"),
    expires: optionalTime(reader, "expires"),
    senderName: optionalText(reader, "senderName"),
    headline: optionalText(reader, "headline"),
    description: optionalText(reader, "description"),
    instruction: optionalText(reader, "instruction"),
    web: optionalText(reader, "web"),
    contact: optionalText(reader, "contact"),
    parameters: readNamedValues(reader, "parameter"),
    resources: each(reader, "resource", readResource),
    areas: each(reader, "area", (area) => readArea(area, breaches)),
  });
}

const readResource = (reader: ElementReader): CapResource =>
  present<CapResource>({
    resourceDesc: text(reader, required(reader, "resourceDesc")),
    mimeType: text(reader, required(reader, "mimeType")),
    sizeOctets: optionalNumber(reader, "size", INTEGER, "a whole number"),
    uri: optionalText(reader, "uri"),
    derefUri: optionalText(reader, "derefUri"),
    digest: optionalText(reader, "digest"),
  });

function readArea(reader: ElementReader, breaches: CapBreach[]): CapArea {
  const keep = <T>(name: string, parse: (written: string) => T | undefined, code: CapBreach["code"], expected: string): T[] =>
    many(reader, name).flatMap((element) => {
      const written = text(reader, element);
      const parsed = parse(written);
      if (parsed !== undefined) return [parsed];
      const detail = `must be ${expected}, got ${JSON.stringify(written.slice(0, 60))}`;
      breaches.push({ code, item: `${reader.path}/${name}`, at: element.at, detail });
      return [];
    });
  return present<CapArea>({
    areaDesc: text(reader, required(reader, "areaDesc")),
    polygons: keep("polygon", parsePolygon, "bad-polygon", "at least four points lat,lon of which the last repeats the first"),
    circles: keep("circle", parseCircle, "bad-circle", "lat,lon and a radius in kilometres"),
    geocodes: readNamedValues(reader, "geocode"),
    altitudeMslFt: optionalNumber(reader, "altitude", DECIMAL, "a decimal number of feet"),
    ceilingMslFt: optionalNumber(reader, "ceiling", DECIMAL, "a decimal number of feet"),
  });
}

const readNamedValues = (reader: ElementReader, name: string): NamedValue[] =>
  each(reader, name, (pair) => ({
    valueName: text(pair, required(pair, "valueName")),
    value: text(pair, required(pair, "value")),
  }));

function readReferences(reader: ElementReader, breaches: CapBreach[]): CapReference[] {
  const written = optionalText(reader, "references") ?? "";
  return written.split(/\s+/).flatMap((one) => {
    const reference = one && parseReference(one);
    if (reference) return [reference];
    if (one !== "") {
      const detail = `must be sender,identifier,sent, got ${JSON.stringify(one.slice(0, 60))}`;
      breaches.push({ code: "bad-reference", item: `${reader.path}/references`, at: reader.element.at, detail });
    }
    return [];
  });
}

const texts = (reader: ElementReader, name: string): string[] => many(reader, name).map((element) => text(reader, element));

/** Reads each child of this name as a group of its own, closed at its end. */
function each<T>(reader: ElementReader, name: string, read: (group: ElementReader) => T): T[] {
  return many(reader, name).map((element, index, { length }) => {
    const path = `${reader.path}/${name}${length > 1 ? `[${index + 1}]` : ""}`;
    const group = readerOf(element, path, reader.namespace, reader.faults);
    const value = read(group);
    rest(group);
    return value;
  });
}
