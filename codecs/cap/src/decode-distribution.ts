import type { CapTime, STATUSES } from "./alert.ts";
import { CAP_NAMESPACE, type DecodedAlert, decodeAlertElement } from "./decode-alert.ts";
import { many, oneOf, optional, optionalText, readerOf, required, rest, text, time } from "./element-reader.ts";
import type { CapError } from "./errors.ts";
import { type Read, readXml, refuse, type XmlElement } from "./xml.ts";

const EDXL_NAMESPACE = "urn:oasis:names:tc:emergency:EDXL:DE:1.0";
const DISTRIBUTION_TYPES = [
  "Report",
  "Update",
  "Cancel",
  "Request",
  "Response",
  "Dispatch",
  "Ack",
  "Error",
  "SensorConfiguration",
  "SensorControl",
  "SensorStatus",
  "SensorDetection",
] as const;
/** Between `combinedConfidentiality` and the contents: to whom, about what and where it was sent. Read over. */
const ROUTING = [
  "language",
  "senderRole",
  "recipientRole",
  "keyword",
  "distributionReference",
  "explicitAddress",
  "targetArea",
] as const;
const CONTENT_HEAD = [
  "contentDescription",
  "contentKeyword",
  "incidentID",
  "incidentDescription",
  "originatorRole",
  "consumerRole",
] as const;

/** An envelope and the CAP alerts in it, each sound or refused on its own. Other contents are counted. */
export type Distribution = Readonly<{
  distributionId: string;
  senderId: string;
  sent: CapTime;
  status: Exclude<(typeof STATUSES)[number], "Draft">;
  type: (typeof DISTRIBUTION_TYPES)[number];
  confidentiality: string;
  alerts: readonly Read<DecodedAlert>[];
  otherContents: number;
}>;

/**
 * Decodes an EDXL-DE 1.0 envelope in UTF-8. Alerts are taken from `embeddedXMLContent` only.
 *
 * @source OASIS EDXL Distribution Element 1.0 (2006), section 3.2.
 */
export function decodeDistribution(octets: Uint8Array): Read<Distribution> {
  const xml = readXml(octets);
  if (!xml.ok) return xml;
  const root = xml.value;
  if (root.name !== "EDXLDistribution" || root.namespace !== EDXL_NAMESPACE)
    return refuse("not-cap", root.name, root.at, `must be an EDXLDistribution of ${EDXL_NAMESPACE}`);
  const faults: CapError[] = [];
  const reader = readerOf(root, "EDXLDistribution", EDXL_NAMESPACE, faults);
  const head = {
    distributionId: text(reader, required(reader, "distributionID")),
    senderId: text(reader, required(reader, "senderID")),
    sent: time(reader, required(reader, "dateTimeSent")),
    status: oneOf(reader, required(reader, "distributionStatus"), ["Actual", "Exercise", "System", "Test"]),
    type: oneOf(reader, required(reader, "distributionType"), DISTRIBUTION_TYPES),
    confidentiality: text(reader, required(reader, "combinedConfidentiality")),
  };
  for (const name of ROUTING) many(reader, name);
  const contents = many(reader, "contentObject").map((content) => embedded(content, faults));
  rest(reader);
  const [first] = faults;
  if (first) return { ok: false, error: first };
  const alerts = contents.flat().filter(({ namespace }) => namespace === CAP_NAMESPACE);
  const otherContents = contents.filter((elements) => !elements.some(({ namespace }) => namespace === CAP_NAMESPACE)).length;
  return { ok: true, value: { ...head, alerts: alerts.map(decodeAlertElement), otherContents } };
}

/** The documents embedded in one content object. */
function embedded(content: XmlElement, faults: CapError[]): readonly XmlElement[] {
  const reader = readerOf(content, "contentObject", EDXL_NAMESPACE, faults);
  for (const name of CONTENT_HEAD) many(reader, name);
  optionalText(reader, "confidentiality");
  const held = optional(reader, "nonXMLContent") ?? required(reader, "xmlContent");
  rest(reader, ({ namespace }) => namespace !== EDXL_NAMESPACE);
  return held.children
    .filter(({ name, namespace }) => name === "embeddedXMLContent" && namespace === EDXL_NAMESPACE)
    .flatMap(({ children }) => children);
}
