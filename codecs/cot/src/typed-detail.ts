import { formatDecimal, parseDecimal } from "./decimal.ts";
import type { CotElement } from "./event.ts";
import { sanitise } from "./format-xml.ts";
import type { Shape } from "./tak-schema.ts";

type DetailShape = Shape<"Detail">;
/** The fields of protobuf's Detail that stand for an element, as plain values. */
export type TypedDetail = {
  contact?: { callsign: string; endpoint: string };
  group?: { name: string; role: string };
  precisionLocation?: { geopointsrc: string; altsrc: string };
  status?: { battery: number };
  takv?: { device: string; platform: string; os: string; version: string };
  track?: { speed: number; course: number };
};

const LARGEST_U32 = 0xffff_ffff;

/**
 * Splits children of a detail into those that protobuf has a typed field for and the rest, which goes into xmlDetail. An element is typed
 * only if nothing of it is lost: it is there once, empty, and has all its attributes and no other (contact may lack its endpoint).
 *
 * @source TAK protocol payload version 1, detail: rules for conversion.
 */
export function splitTyped(elements: readonly CotElement[]): Readonly<{ typed: TypedDetail; rest: readonly CotElement[] }> {
  const typed: TypedDetail = {};
  const rest: CotElement[] = [];
  const counts = new Map<string, number>();
  for (const { name } of elements) counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const element of elements) {
    const isOnly = counts.get(element.name) === 1;
    if (!isOnly || element.children.length > 0 || !takeTyped(element, typed)) rest.push(element);
  }
  return { typed, rest };
}

/** The elements that the typed fields stand for. Empty text is the wire's "none" and left out; numbers are always there. */
export function joinTyped(detail: DetailShape): readonly CotElement[] {
  const { contact, group, precisionLocation, status, takv, track } = detail;
  const elements: CotElement[] = [];
  if (contact) elements.push(element("contact", { callsign: contact.callsign, endpoint: contact.endpoint }));
  if (group) elements.push(element("__group", { name: group.name, role: group.role }));
  if (precisionLocation) {
    const { geopointsrc, altsrc } = precisionLocation;
    elements.push(element("precisionlocation", { geopointsrc, altsrc }));
  }
  if (status) elements.push(element("status", { battery: String(status.battery) }));
  if (takv) elements.push(element("takv", { device: takv.device, platform: takv.platform, os: takv.os, version: takv.version }));
  if (track) elements.push(element("track", { course: formatDecimal(track.course), speed: formatDecimal(track.speed) }));
  return elements;
}

const element = (name: string, attributes: Readonly<Record<string, string>>): CotElement => ({
  name,
  attributes: Object.fromEntries(
    Object.entries(attributes).flatMap(([key, value]) => (value === "" ? [] : [[key, sanitise(value)]])),
  ),
  children: [],
});

/** Takes an element into its typed field if it fits; answers whether it did. */
function takeTyped({ name, attributes: raw }: CotElement, typed: TypedDetail): boolean {
  const attributes = Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, sanitise(value)]));
  const { callsign, endpoint, role, geopointsrc, altsrc, battery, device, platform, os, version, speed, course } = attributes;
  const count = Object.keys(attributes).length;
  switch (name) {
    case "contact":
      if (!callsign || !(endpoint ? count === 2 : count === 1)) return false;
      typed.contact = { callsign, endpoint: endpoint ?? "" };
      return true;
    case "__group":
      if (!attributes["name"] || !role || count !== 2) return false;
      typed.group = { name: attributes["name"], role };
      return true;
    case "precisionlocation":
      if (!geopointsrc || !altsrc || count !== 2) return false;
      typed.precisionLocation = { geopointsrc, altsrc };
      return true;
    case "status":
      if (battery === undefined || count !== 1 || !isCanonicalU32(battery)) return false;
      typed.status = { battery: Number(battery) };
      return true;
    case "takv":
      if (!device || !platform || !os || !version || count !== 4) return false;
      typed.takv = { device, platform, os, version };
      return true;
    case "track":
      return speed !== undefined && course !== undefined && count === 2 && takeTrack(speed, course, typed);
    default:
      return false;
  }
}

const isCanonicalU32 = (text: string): boolean => /^(0|[1-9]\d{0,9})$/.test(text) && Number(text) <= LARGEST_U32;

function takeTrack(speedText: string, courseText: string, typed: TypedDetail): boolean {
  const speed = parseDecimal(speedText);
  const course = parseDecimal(courseText);
  if (speed === undefined || course === undefined || !Number.isFinite(speed + course)) return false;
  typed.track = { speed, course };
  return true;
}
