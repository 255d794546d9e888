import type { DecodeError } from "@picket/bytes";
import type { Decoding } from "./decode-raw.ts";
import { formatFailure } from "./decode-remote-id.ts";

type Decoded =
  | Readonly<{ kind: "record"; value: object; errors: readonly DecodeError[] }>
  | Readonly<{ kind: "error"; error: DecodeError }>;
type StreamDecoder = { push(chunk: Uint8Array): readonly Decoded[]; finish(): readonly Decoded[] };

/** A line for every record of a receiver, with what of it could not be read, and one for all that is none. */
export function decodeReceiver(decoder: StreamDecoder): Decoding {
  return {
    push: (chunk) => decoder.push(chunk).map(format).join(""),
    finish: () => decoder.finish().map(format).join(""),
  };
}

const format = (item: Decoded): string =>
  item.kind === "error"
    ? formatFailure(item.error)
    : `${JSON.stringify({ ok: true, record: { ...item.value, errors: item.errors } })}\n`;
