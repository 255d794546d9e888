import { type DecodeError, fieldsOf, isJsonObject, type JsonValue, noteError, shown } from "@picket/bytes";
import type { Aircraft, AircraftReport } from "./aircraft.ts";
import { decodeAircraft } from "./decode-aircraft.ts";

/** Aircraft read of one document. The busiest receivers hear a tenth of it. */
export const MAX_AIRCRAFT = 10_000;

/** A report as far as it could be read; without one nothing could. */
export type DecodedReport = Readonly<{ report: AircraftReport | undefined; errors: readonly DecodeError[] }>;

/** Later than this in seconds is a clock in milliseconds, as some aggregators have it. */
const LATEST_S = 1e11;

/**
 * Decodes a parsed `aircraft.json` (its list under `aircraft` or `ac`), or one aircraft of a JSON-lines port. An aircraft that cannot be
 * read is left out and noted. `at` is the offset of the JSON in its stream.
 */
export function decodeAircraftReport(value: JsonValue, at = 0): DecodedReport {
  const errors: DecodeError[] = [];
  if (!isJsonObject(value)) return refused("", `an object expected, got ${shown(value)}`, at);
  const fields = fieldsOf(value, "", at, errors);
  const name = Array.isArray(value["aircraft"]) ? "aircraft" : "ac";
  const isComplete = Object.hasOwn(value, name) && Array.isArray(value[name]);
  if (!isComplete && !fields.has("hex")) return refused("/aircraft", "a list of aircraft or an aircraft expected", at);
  const messages = isComplete ? fields.number("messages", { min: 0 }) : undefined;
  const now = fields.number("now", { min: 0, max: 8.64e15 });
  const aircraft: Aircraft[] = [];
  if (isComplete) {
    const list = fields.list(name);
    for (const [i, entry] of list.slice(0, MAX_AIRCRAFT).entries()) {
      const path = `/${name}/${i}`;
      const one = isJsonObject(entry) ? decodeAircraft(fieldsOf(entry, path, at, errors)) : undefined;
      if (one) aircraft.push(one);
      else if (!isJsonObject(entry))
        noteError(errors, { code: "wrong-type", item: path, at, detail: `an object expected, got ${shown(entry)}` });
    }
    if (list.length > MAX_AIRCRAFT)
      fields.refuse("too-many-aircraft", name, `at most ${MAX_AIRCRAFT} expected, got ${list.length}`);
  } else {
    const one = decodeAircraft(fields);
    if (!one) return { report: undefined, errors };
    aircraft.push(one);
  }
  const nowMs = now === undefined ? undefined : Math.round(now > LATEST_S ? now : now * 1000);
  return { report: { kind: "aircraft-report", nowMs, isComplete, messages, aircraft }, errors };
}

const refused = (item: string, detail: string, at: number): DecodedReport => ({
  report: undefined,
  errors: [{ code: "unknown-shape", item: item || "/", at, detail }],
});
