export { formatHex, parseHex, parseHexInto } from "./hex.ts";
export { type ByteOrder, Reader } from "./reader.ts";
export { type DecodeError, describe, fail, ok, type Result, type Step } from "./result.ts";
export { Writer } from "./writer.ts";
