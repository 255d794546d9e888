import { formatDecimal } from "./decimal.ts";
import type { CotEvent } from "./event.ts";
import { formatAttributes, formatElements } from "./format-xml.ts";
import { requireEvent } from "./require-event.ts";
import { formatTimeMs } from "./time.ts";

/** What is written for a height or an error that is not known. */
const UNKNOWN = "9999999.0";

/**
 * An event as XML on one line, without an XML declaration, in one order of attributes: the same event gives the same octets.
 * Throws for what {@link requireEvent} refuses.
 */
export function formatXmlEvent(event: CotEvent): string {
  requireEvent(event);
  const { uid, type, how, timeMs, startMs, staleMs, access, qos, opex, caveat, releasableTo, otherAttributes, point } = event;
  const attributes = formatAttributes({
    version: "2.0",
    uid,
    type,
    how,
    time: formatTimeMs(timeMs),
    start: formatTimeMs(startMs),
    stale: formatTimeMs(staleMs),
    access,
    qos,
    opex,
    caveat,
    releasableTo,
    ...otherAttributes,
  });
  const position = formatAttributes({
    lat: formatDecimal(point.latDeg),
    lon: formatDecimal(point.lonDeg),
    hae: formatMeasurement(point.altHaeM),
    ce: formatMeasurement(point.circularErrorM),
    le: formatMeasurement(point.linearErrorM),
  });
  const detail = event.detail.length === 0 ? "<detail/>" : `<detail>${formatElements(event.detail)}</detail>`;
  return `<event${attributes}><point${position}/>${detail}</event>`;
}

/** As {@link formatXmlEvent}, in UTF-8. */
export const encodeXml = (event: CotEvent): Uint8Array<ArrayBuffer> => new TextEncoder().encode(formatXmlEvent(event));

const formatMeasurement = (metres: number | undefined): string => (metres === undefined ? UNKNOWN : formatDecimal(metres));
