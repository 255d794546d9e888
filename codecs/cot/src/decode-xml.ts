import { ok, type Result } from "@picket/bytes";
import { parseDecimal } from "./decimal.ts";
import { refuse } from "./errors.ts";
import { type CotElement, type CotEvent, type CotPoint, MAX_MESSAGE_OCTETS } from "./event.ts";
import { parseXml } from "./parse-xml.ts";
import { makePoint } from "./point.ts";
import { parseTimeMs } from "./time.ts";

const VERSION_2 = /^2(\.\d+)?$/;

/**
 * Decodes one event: UTF-8, with an XML declaration or without. Refuses what cannot be acted on: no uid, type, time or position. Fields
 * that only add to it are `undefined` where they cannot be read: how, the height and both errors (NaN, and 999999 or more, are the
 * wire's "unknown"), everything in the detail.
 *
 * Departs: an event may lack how, version and detail, as some in the field do.
 *
 * @source CoT event schema, version 2.0.
 */
export function decodeXml(bytes: Uint8Array): Result<CotEvent> {
  if (bytes.length > MAX_MESSAGE_OCTETS)
    return refuse("too-long", "event", MAX_MESSAGE_OCTETS, `at most ${MAX_MESSAGE_OCTETS} octets, got ${bytes.length}`);
  const text = decodeUtf8(bytes);
  if (text === undefined) return refuse("not-utf-8", "event", 0, "needs UTF-8");
  const root = parseXml(text, "event");
  return root.ok ? readEvent(root.value) : root;
}

const UTF_8 = new TextDecoder("utf-8", { fatal: true });

/** Text of UTF-8 octets, a byte order mark taken off; `undefined` when they are not UTF-8. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return UTF_8.decode(bytes);
  } catch {
    return undefined;
  }
}

function readEvent(root: CotElement): Result<CotEvent> {
  if (root.name !== "event") return refuse("not-an-event", "event", 0, `root element event expected`);
  const { version, uid, type, time, start, stale, how, access, qos, opex, caveat, releasableTo, ...others } = root.attributes;
  if (version !== undefined && !VERSION_2.test(version))
    return refuse("unsupported-version", "version", 0, `2.0 expected, got ${JSON.stringify(version.slice(0, 20))}`);
  if (!uid) return missing("uid");
  if (!type) return missing("type");
  const timeMs = readTime(time, "time");
  if (!timeMs.ok) return timeMs;
  const startMs = readTime(start, "start");
  if (!startMs.ok) return startMs;
  const staleMs = readTime(stale, "stale");
  if (!staleMs.ok) return staleMs;
  const elements = root.children.filter((child) => typeof child !== "string");
  const points = elements.filter(({ name }) => name === "point");
  const details = elements.filter(({ name }) => name === "detail");
  if (points.length > 1) return refuse("repeated", "point", 0, `one point, got ${points.length}`);
  if (details.length > 1) return refuse("repeated", "detail", 0, `one detail, got ${details.length}`);
  const point = readPoint(points[0]);
  if (!point.ok) return point;
  const known = { how, access, qos, opex, caveat, releasableTo };
  const present = Object.fromEntries(Object.entries(known).filter(([, value]) => value));
  const otherAttributes = Object.keys(others).length > 0 ? { otherAttributes: others } : {};
  const detail = details[0]?.children.filter((child) => typeof child !== "string") ?? [];
  return ok({
    uid,
    type,
    timeMs: timeMs.value,
    startMs: startMs.value,
    staleMs: staleMs.value,
    ...present,
    ...otherAttributes,
    point: point.value,
    detail,
  });
}

const missing = (item: string): Result<never> => refuse("missing", item, 0, `${item} is missing or empty`);

function readTime(text: string | undefined, item: string): Result<number> {
  if (!text) return missing(item);
  const timeMs = parseTimeMs(text);
  if (timeMs === undefined)
    return refuse("bad-time", item, 0, `a date and time with zone after 1970 expected, got ${JSON.stringify(text.slice(0, 40))}`);
  return ok(timeMs);
}

function readPoint(element: CotElement | undefined): Result<CotPoint> {
  if (!element) return missing("point");
  const { lat, lon, hae, ce, le } = element.attributes;
  if (!lat) return missing("lat");
  if (!lon) return missing("lon");
  return makePoint(parseDecimal(lat), parseDecimal(lon), readNumber(hae), readNumber(ce), readNumber(le));
}

const readNumber = (text: string | undefined): number | undefined => (text === undefined ? undefined : parseDecimal(text));
