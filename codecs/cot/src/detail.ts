import { type CotDrawing, isVertex, readDrawing } from "./drawing.ts";
import { type ElementReader, readerOf } from "./element-reader.ts";
import type { CotElement } from "./event.ts";

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
  /** What its field of view is filled with, each from 0 to 1. */
  fill?: Readonly<{ red: number; green: number; blue: number; alpha: number }> | undefined;
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
  drawing?: CotDrawing | undefined;
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
    drawing: readDrawing(elements, unreadable),
    emergency: emergency && {
      kind: emergency.text("type"),
      isCancel: emergency.boolean("cancel") ?? false,
      text: emergency.content(),
    },
    colorArgb: of("color")?.number("argb"),
    iconsetPath: of("usericon")?.text("iconsetpath"),
    isArchived: elements.some(({ name }) => name === "archive"),
    isForcedDelete: elements.some(({ name }) => name === "__forcedelete"),
    links: elements
      .filter((one) => one.name === "link" && !isVertex(one))
      .map((element) => readLink(readerOf(element, unreadable))),
    remarks: remarks && {
      text: remarks.content(),
      source: remarks.text("source"),
      to: remarks.text("to"),
      timeMs: remarks.time("time"),
    },
    unreadable,
  };
}

const atLeastZero = (value: number | undefined): number | undefined => (value !== undefined && value >= 0 ? value : undefined);

/** An angle as 0 up to 360 degrees: some clients write courses to the west below 0. */
function turn(deg: number | undefined): number | undefined {
  if (deg === undefined) return undefined;
  const rest = deg % 360;
  return rest < 0 ? (rest + 360) % 360 : rest;
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
    fill: readFill(sensor),
  };

function readFill(sensor: ElementReader): CotSensor["fill"] {
  const [red, green, blue, alpha] = ["fovRed", "fovGreen", "fovBlue", "fovAlpha"].map((name) => sensor.within(name, 0, 1));
  if (red === undefined || green === undefined || blue === undefined || alpha === undefined) return undefined;
  return { red, green, blue, alpha };
}

const readLink = (link: ElementReader): CotLink => ({
  uid: link.text("uid"),
  type: link.text("type"),
  relation: link.text("relation"),
  parentCallsign: link.text("parent_callsign"),
  callsign: link.text("callsign"),
  productionTimeMs: link.time("production_time"),
});
