import { formatDecimal } from "./decimal.ts";
import type { CotDetail, CotLink, CotSensor } from "./detail.ts";
import type { CotDrawing, CotEllipse } from "./drawing.ts";
import type { CotElement } from "./event.ts";
import { formatTimeMs } from "./time.ts";

/** What goes into a detail: as {@link CotDetail}, anything left out. */
export type CotDetailDraft = Partial<Omit<CotDetail, "unreadable">>;

type Value = string | number | boolean | undefined;

/**
 * The children of a detail that say what `draft` says, in one order, as TAK clients read them. Add further elements of your own behind.
 * Throws RangeError for a number that is not finite or outside its field.
 */
export function detailElements(draft: CotDetailDraft): readonly CotElement[] {
  const { contact, droid, group, takv, status, precisionLocation, track, sensor, emergency, remarks } = draft;
  if (status?.batteryPercent !== undefined && !(status.batteryPercent >= 0 && status.batteryPercent <= 100))
    throw new RangeError(`batteryPercent must be from 0 to 100, got ${status.batteryPercent}`);
  if (track?.speedMps !== undefined && !(track.speedMps >= 0))
    throw new RangeError(`speedMps must be at least 0, got ${track.speedMps}`);
  const elements: (CotElement | undefined)[] = [
    contact && element("contact", { ...contact }),
    droid === undefined ? undefined : element("uid", { Droid: droid }),
    group && element("__group", { ...group }),
    takv && element("takv", { ...takv }),
    status && element("status", { battery: status.batteryPercent, readiness: status.readiness }),
    precisionLocation && element("precisionlocation", { ...precisionLocation }),
    track && element("track", { course: track.courseDeg, speed: track.speedMps, slope: track.slopeDeg }),
    draft.heightM === undefined ? undefined : element("height", { value: draft.heightM }),
    sensor && sensorElement(sensor),
    emergency && element("emergency", { type: emergency.kind, cancel: emergency.isCancel || undefined }, emergency.text),
    draft.colorArgb === undefined ? undefined : element("color", { argb: draft.colorArgb }),
    draft.iconsetPath === undefined ? undefined : element("usericon", { iconsetpath: draft.iconsetPath }),
    draft.isArchived ? element("archive", {}) : undefined,
    ...(draft.links ?? []).map(linkElement),
    ...(draft.drawing ? drawingElements(draft.drawing) : []),
    draft.isForcedDelete ? element("__forcedelete", {}) : undefined,
    remarks &&
      element("remarks", { source: remarks.source, to: remarks.to, time: formatOptionalTime(remarks.timeMs) }, remarks.text),
  ];
  return elements.filter((child) => child !== undefined);
}

function element(name: string, attributes: Readonly<Record<string, Value>>, text = ""): CotElement {
  const formatted = Object.entries(attributes).flatMap(([attribute, value]) =>
    value === undefined
      ? []
      : [[attribute, typeof value === "number" ? formatFinite(value, `${name}@${attribute}`) : String(value)]],
  );
  return { name, attributes: Object.fromEntries(formatted) as Record<string, string>, children: text === "" ? [] : [text] };
}

function formatFinite(value: number, field: string): string {
  if (!Number.isFinite(value)) throw new RangeError(`${field} must be a finite number, got ${value}`);
  return formatDecimal(value);
}

const formatOptionalTime = (timeMs: number | undefined): string | undefined =>
  timeMs === undefined ? undefined : formatTimeMs(timeMs);

const sensorElement = (sensor: CotSensor): CotElement =>
  element("sensor", {
    azimuth: sensor.azimuthDeg,
    elevation: sensor.elevationDeg,
    roll: sensor.rollDeg,
    fov: sensor.fieldOfViewDeg,
    vfov: sensor.verticalFieldOfViewDeg,
    north: sensor.northDeg,
    range: sensor.rangeM,
    type: sensor.type,
    model: sensor.model,
    fovRed: sensor.fill?.red,
    fovGreen: sensor.fill?.green,
    fovBlue: sensor.fill?.blue,
    fovAlpha: sensor.fill?.alpha,
  });

function drawingElements(drawing: CotDrawing): readonly CotElement[] {
  const { outline = [], ellipse, strokeArgb, strokeWidth, strokeStyle, fillArgb, isLabelled, isEditable } = drawing;
  const value = (name: string, told: Value) => (told === undefined ? [] : [element(name, { value: told })]);
  return [
    ...outline.map(({ latDeg, lonDeg }) =>
      element("link", { point: `${formatFinite(latDeg, "link@point")},${formatFinite(lonDeg, "link@point")}` }),
    ),
    ...(ellipse ? [shapeElement(ellipse)] : []),
    ...(isEditable === undefined ? [] : [element("__shapeExtras", { cpvis: true, editable: isEditable })]),
    ...value("strokeColor", strokeArgb),
    ...value("strokeWeight", strokeWidth),
    ...value("strokeStyle", strokeStyle),
    ...value("fillColor", fillArgb),
    ...value("labels_on", isLabelled),
  ];
}

const shapeElement = ({ majorM, minorM, angleDeg }: CotEllipse): CotElement => ({
  name: "shape",
  attributes: {},
  children: [element("ellipse", { major: majorM, minor: minorM, angle: angleDeg })],
});

const linkElement = (link: CotLink): CotElement =>
  element("link", {
    uid: link.uid,
    type: link.type,
    relation: link.relation,
    parent_callsign: link.parentCallsign,
    callsign: link.callsign,
    production_time: formatOptionalTime(link.productionTimeMs),
  });
