export { type DecodeError, describe, fail, ok, type Result, type Step } from "./result.ts";
