import { parseDecimal } from "./decimal.ts";
import { type ElementReader, readerOf } from "./element-reader.ts";
import type { CotElement } from "./event.ts";

/** A corner of a drawing, WGS-84 degrees. */
export type CotVertex = Readonly<{ latDeg: number; lonDeg: number }>;
/** Half axes in metres around the event's point; the major one lies `angleDeg` clockwise from true north. */
export type CotEllipse = Readonly<{
  majorM?: number | undefined;
  minorM?: number | undefined;
  angleDeg?: number | undefined;
}>;

/**
 * A shape that TAK clients draw: `outline` of a free form (`u-d-f`), an area where its last corner is its first, else a line; or the
 * `ellipse` of a circle (`u-d-c-c`). Colours are alpha, red, green and blue in one signed number of 32 bits. One that is not editable
 * cannot be moved by hand. Its name always stands in its middle; labels are the lengths along its edges.
 */
export type CotDrawing = Readonly<{
  outline?: readonly CotVertex[] | undefined;
  ellipse?: CotEllipse | undefined;
  strokeArgb?: number | undefined;
  strokeWidth?: number | undefined;
  strokeStyle?: string | undefined;
  fillArgb?: number | undefined;
  isLabelled?: boolean | undefined;
  isEditable?: boolean | undefined;
}>;

/** A link that is nothing but a corner. Those of a route are waypoints, with a uid of their own. */
export const isVertex = ({ attributes }: CotElement): boolean =>
  attributes["point"] !== undefined && attributes["uid"] === undefined;

/** The shape in a detail; `undefined` where there is neither outline nor ellipse. */
export function readDrawing(elements: readonly CotElement[], unreadable: string[]): CotDrawing | undefined {
  const vertices = elements.filter((element) => element.name === "link" && isVertex(element));
  const outline = vertices.map((element) => readVertex(readerOf(element, unreadable)));
  const ellipse = ellipseOf(elements.find(({ name }) => name === "shape"));
  if (vertices.length === 0 && !ellipse) return undefined;
  const of = (name: string): ElementReader | undefined => {
    const element = elements.find((child) => child.name === name);
    return element && readerOf(element, unreadable);
  };
  return {
    outline: outline.length > 0 ? outline.filter((vertex) => vertex !== undefined) : undefined,
    ellipse: ellipse && readEllipse(readerOf(ellipse, unreadable)),
    strokeArgb: of("strokeColor")?.number("value"),
    strokeWidth: of("strokeWeight")?.number("value"),
    strokeStyle: of("strokeStyle")?.text("value"),
    fillArgb: of("fillColor")?.number("value"),
    isLabelled: of("labels_on")?.boolean("value"),
    isEditable: of("__shapeExtras")?.boolean("editable"),
  };
}

const ellipseOf = (shape: CotElement | undefined): CotElement | undefined =>
  shape?.children.find((child): child is CotElement => typeof child !== "string" && child.name === "ellipse");

const readEllipse = (ellipse: ElementReader): CotEllipse => ({
  majorM: ellipse.measurement("major"),
  minorM: ellipse.measurement("minor"),
  angleDeg: ellipse.number("angle"),
});

/** Latitude, longitude and whatever comes behind them. */
const readVertex = (link: ElementReader): CotVertex | undefined =>
  link.parsed("point", (text) => {
    const [latDeg = Number.NaN, lonDeg = Number.NaN] = text.split(",").map(parseDecimal);
    return Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 180 ? { latDeg, lonDeg } : undefined;
  });
