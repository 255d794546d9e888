import type { CapCircle, CapPoint, CapReference } from "./alert.ts";
import { formatTime, parseTime } from "./time.ts";

const NUMBER = /^[-+]?(\d+(\.\d*)?|\.\d+)$/;

/**
 * Words parted by white space, of which those with a space inside stand in double quotes.
 *
 * @source CAP 1.2, section 3.2.1, addresses and incidents.
 */
export const parseList = (written: string): string[] =>
  [...written.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "").filter((word) => word !== "");

export const formatList = (words: readonly string[]): string =>
  words.map((word) => (/\s/.test(word) ? `"${word}"` : word)).join(" ");

export function parseReference(written: string): CapReference | undefined {
  const [sender, identifier, sentText, more] = written.split(",");
  const sent = sentText === undefined ? undefined : parseTime(sentText);
  return sender && identifier && sent && more === undefined ? { sender, identifier, sent } : undefined;
}

export const formatReference = ({ sender, identifier, sent }: CapReference): string =>
  `${sender},${identifier},${formatTime(sent)}`;

/** Undefined unless there are four points or more, all on the globe, and the last repeats the first. */
export function parsePolygon(written: string): readonly CapPoint[] | undefined {
  const points = written.trim().split(/\s+/).map(parsePoint);
  const [first] = points;
  const last = points.at(-1);
  if (points.length < 4 || !points.every((point) => point !== undefined) || !first || !last) return undefined;
  return first.latDeg === last.latDeg && first.lonDeg === last.lonDeg ? points : undefined;
}

export function parseCircle(written: string): CapCircle | undefined {
  const [place = "", radius = "", more] = written.trim().split(/\s+/);
  const centre = parsePoint(place);
  const radiusKm = NUMBER.test(radius) ? Number(radius) : -1;
  return centre && radiusKm >= 0 && more === undefined ? { centre, radiusKm } : undefined;
}

export const formatPolygon = (points: readonly CapPoint[]): string => points.map(formatPoint).join(" ");

export const formatCircle = ({ centre, radiusKm }: CapCircle): string => `${formatPoint(centre)} ${formatNumber(radiusKm)}`;

function parsePoint(written: string): CapPoint | undefined {
  const [lat = "", lon = "", more] = written.split(",");
  if (!NUMBER.test(lat) || !NUMBER.test(lon) || more !== undefined) return undefined;
  const [latDeg, lonDeg] = [Number(lat), Number(lon)];
  return Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 180 ? { latDeg, lonDeg } : undefined;
}

const formatPoint = ({ latDeg, lonDeg }: CapPoint): string => `${formatNumber(latDeg)},${formatNumber(lonDeg)}`;

/** A decimal number without an exponent, to a tenth of a metre in degrees. */
export const formatNumber = (value: number): string =>
  (Math.round(value * 1_000_000) / 1_000_000)
    .toFixed(6)
    .replace(/\.?0+$/, "")
    .replace(/^-0$/, "0");
