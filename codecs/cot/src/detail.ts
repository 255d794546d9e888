import { parseDecimal, UNKNOWN_M } from "./decimal.ts";
import type { CotElement } from "./event.ts";
import { parseTimeMs } from "./time.ts";

export type CotContact = Readonly<{ callsign?: string | undefined; endpoint?: string | undefined; phone?: string | undefined }>;
export type CotGroup = Readonly<{ name?: string | undefined; role?: string | undefined }>;
/** What runs at the sender: `platform` is the program, such as ATAK-CIV. */
export type CotTakv = Readonly<{
  device?: string | undefined;
  platform?: string | undefined;
  os?: string | undefined;
  version?: string | undefined;
}>;
export type CotStatus = Readonly<{ batteryPercent?: number | undefined; readiness?: boolean | undefined }>;
export type CotPrecisionLocation = Readonly<{ geopointsrc?: string | undefined; altsrc?: string | undefined }>;
/** `courseDeg` clockwise from true north, 0 up to 360. */
export type CotTrack = Readonly<{ courseDeg?: number | undefined; speedMps?: number | undefined; slopeDeg?: number | undefined }>;
export type CotRemarks = Readonly<{
  text: string;
  source?: string | undefined;
  to?: string | undefined;
  timeMs?: number | undefined;
}>;
/** Another event this one has to do with: `relation` is p-p for who made it, p-s, p-c and so on. */
export type CotLink = Readonly<{
  uid?: string | undefined;
  type?: string | undefined;
  relation?: string | undefined;
  parentCallsign?: string | undefined;
  callsign?: string | undefined;
  productionTimeMs?: number | undefined;
}>;
/** An alert or its end. `kind` is the word on the wire, such as `911 Alert`; `text` is whose it is. */
export type CotEmergency = Readonly<{ kind?: string | undefined; isCancel: boolean; text: string }>;
/** Where a sensor looks, and how far: azimuth from true north, angles of view across and up. */
export type CotSensor = Readonly<{
  azimuthDeg?: number | undefined;
  elevationDeg?: number | undefined;
  rollDeg?: number | undefined;
  fieldOfViewDeg?: number | undefined;
  verticalFieldOfViewDeg?: number | undefined;
  northDeg?: number | undefined;
  rangeM?: number | undefined;
  type?: string | undefined;
  model?: string | undefined;
}>;

/**
 * What a detail says in the words this package knows. What is not said or cannot be read is `undefined`; what is said but cannot be read
 * is named in `unreadable`, such as `track@speed`. Numbers that the wire has for "unknown" (NaN, a speed below 0) are not: they are read.
 */
export type CotDetail = Readonly<{
  contact?: CotContact | undefined;
  droid?: string | undefined;
  group?: CotGroup | undefined;
  takv?: CotTakv | undefined;
  status?: CotStatus | undefined;
  precisionLocation?: CotPrecisionLocation | undefined;
  track?: CotTrack | undefined;
  heightM?: number | undefined;
  sensor?: CotSensor | undefined;
  emergency?: CotEmergency | undefined;
  colorArgb?: number | undefined;
  iconsetPath?: string | undefined;
  isArchived: boolean;
  isForcedDelete: boolean;
  links: readonly CotLink[];
  remarks?: CotRemarks | undefined;
  unreadable: readonly string[];
}>;

/**
 * Reads the children of a detail that are known; of those that stand once by their meaning, the first counts.
 *
 * @source CoT sub-schemas and the elements TAK clients write.
 */
export function readDetail(elements: readonly CotElement[]): CotDetail {
  const unreadable: string[] = [];
  const of = (name: string): ElementReader | undefined => {
    const element = elements.find((child) => child.name === name);
    return element && readerOf(element, unreadable);
  };
  const track = of("track");
  const status = of("status");
  const remarks = of("remarks");
  const emergency = of("emergency");
  return {
    contact: of("contact")?.texts("callsign", "endpoint", "phone"),
    droid: of("uid")?.text("Droid"),
    group: of("__group")?.texts("name", "role"),
    takv: of("takv")?.texts("device", "platform", "os", "version"),
    status: status && { batteryPercent: status.within("battery", 0, 100), readiness: status.boolean("readiness") },
    precisionLocation: of("precisionlocation")?.texts("geopointsrc", "altsrc"),
    track: track && {
      courseDeg: turn(track.number("course")),
      speedMps: atLeastZero(track.number("speed")),
      slopeDeg: track.number("slope"),
    },
    heightM: of("height")?.measurement("value"),
    sensor: readSensor(of("sensor")),
    emergency: emergency && {
      kind: emergency.text("type"),
      isCancel: emergency.boolean("cancel") ?? false,
      text: emergency.content(),
    },
    colorArgb: of("color")?.number("argb"),
    iconsetPath: of("usericon")?.text("iconsetpath"),
    isArchived: elements.some(({ name }) => name === "archive"),
    isForcedDelete: elements.some(({ name }) => name === "__forcedelete"),
    links: elements.filter(({ name }) => name === "link").map((element) => readLink(readerOf(element, unreadable))),
    remarks: remarks && {
      text: remarks.content(),
      source: remarks.text("source"),
      to: remarks.text("to"),
      timeMs: remarks.time("time"),
    },
    unreadable,
  };
}

/** Reads attributes of one element; what cannot be read goes by name into the list it was made with. An empty attribute says nothing. */
type ElementReader = {
  text(attribute: string): string | undefined;
  texts<Name extends string>(...attributes: readonly Name[]): Partial<Record<Name, string>>;
  number(attribute: string): number | undefined;
  within(attribute: string, from: number, to: number): number | undefined;
  measurement(attribute: string): number | undefined;
  time(attribute: string): number | undefined;
  boolean(attribute: string): boolean | undefined;
  content(): string;
};

function readerOf({ name, attributes, children }: CotElement, unreadable: string[]): ElementReader {
  const text = (attribute: string): string | undefined => attributes[attribute] || undefined;
  const read = <T>(attribute: string, parse: (raw: string) => T | undefined): T | undefined => {
    const raw = text(attribute);
    const value = raw === undefined ? undefined : parse(raw);
    if (raw !== undefined && value === undefined) unreadable.push(`${name}@${attribute}`);
    return value;
  };
  const number = (attribute: string): number | undefined => known(read(attribute, parseDecimal));
  return {
    text,
    texts: <Name extends string>(...names: readonly Name[]) =>
      Object.fromEntries(
        names.flatMap((attribute) => (text(attribute) === undefined ? [] : [[attribute, text(attribute)]])),
      ) as Partial<Record<Name, string>>,
    number,
    within: (attribute, from, to) =>
      known(
        read(attribute, (raw) => {
          const value = parseDecimal(raw);
          return value === undefined || value < from || value > to ? undefined : value;
        }),
      ),
    measurement: (attribute) => {
      const value = number(attribute);
      return value !== undefined && Math.abs(value) < UNKNOWN_M ? value : undefined;
    },
    time: (attribute) => read(attribute, parseTimeMs),
    boolean: (attribute) => read(attribute, parseBoolean),
    content: () => children.filter((child) => typeof child === "string").join(""),
  };
}

const known = (value: number | undefined): number | undefined => (Number.isNaN(value) ? undefined : value);
const atLeastZero = (value: number | undefined): number | undefined => (value !== undefined && value >= 0 ? value : undefined);

/** An angle as 0 up to 360 degrees: some clients write courses to the west below 0. */
function turn(deg: number | undefined): number | undefined {
  if (deg === undefined) return undefined;
  const rest = deg % 360;
  return rest < 0 ? (rest + 360) % 360 : rest;
}

function parseBoolean(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (word === "true" || word === "1") return true;
  return word === "false" || word === "0" ? false : undefined;
}

const readSensor = (sensor: ElementReader | undefined): CotSensor | undefined =>
  sensor && {
    azimuthDeg: turn(sensor.number("azimuth")),
    elevationDeg: sensor.number("elevation"),
    rollDeg: sensor.number("roll"),
    fieldOfViewDeg: sensor.number("fov"),
    verticalFieldOfViewDeg: sensor.number("vfov"),
    northDeg: turn(sensor.number("north")),
    rangeM: sensor.measurement("range"),
    type: sensor.text("type"),
    model: sensor.text("model"),
  };

const readLink = (link: ElementReader): CotLink => ({
  uid: link.text("uid"),
  type: link.text("type"),
  relation: link.text("relation"),
  parentCallsign: link.text("parent_callsign"),
  callsign: link.text("callsign"),
  productionTimeMs: link.time("production_time"),
});
