export { type CalendarDate, dateOfDay, daysSince1970 } from "./calendar.ts";
export { formatHex, parseHex, parseHexInto } from "./hex.ts";
export { isJsonObject, type JsonObject, type JsonValue, MAX_JSON_DEPTH, parseJson, shown } from "./json.ts";
export { type Fields, fieldsOf, MAX_RECORD_ERRORS, noteError, printable, type Range } from "./json-fields.ts";
export {
  createJsonSplitter,
  type JsonItem,
  type JsonSplitter,
  type JsonSplitterState,
  MAX_JSON_OCTETS,
} from "./json-splitter.ts";
export { type ByteOrder, Reader } from "./reader.ts";
export { type DecodeError, describe, fail, ok, type Result, type Step } from "./result.ts";
export { Writer } from "./writer.ts";
