import {
  createJsonSplitter,
  type DecodeError,
  type JsonItem,
  type JsonSplitter,
  type JsonSplitterState,
  shown,
} from "@picket/bytes";
import type { AircraftReport } from "./aircraft.ts";
import { decodeAircraftReport } from "./decode-report.ts";
import { decodeSbsLine, type SbsMessage } from "./sbs.ts";

/** A record with what of it could not be read, or octets that are none. `at` counts from the stream's beginning. */
export type Decoded<T> =
  | Readonly<{ kind: "record"; value: T; at: number; errors: readonly DecodeError[] }>
  | Readonly<{ kind: "error"; error: DecodeError }>;

/** Decodes a stream in chunks cut anywhere. Its state is a plain JSON value. */
export type StreamDecoder<T> = {
  push(chunk: Uint8Array): Decoded<T>[];
  /** The end of the stream or datagram: what is begun is told as far as it goes. */
  finish(): Decoded<T>[];
  readonly begunOctets: number;
  snapshot(): JsonSplitterState;
};

/** Decodes documents (`aircraft.json`) and JSON lines, in any mixture, one after the other. */
export const createAdsbDecoder = (from?: JsonSplitterState): StreamDecoder<AircraftReport> =>
  createDecoder(createJsonSplitter({}, from), decodeReportItem);

/** Decodes lines of SBS-1. */
export const createSbsDecoder = (from?: JsonSplitterState): StreamDecoder<SbsMessage> =>
  createDecoder(createJsonSplitter({ endsAtNewline: true }, from), decodeSbsItem);

function createDecoder<T>(
  splitter: JsonSplitter,
  decode: (item: Exclude<JsonItem, { kind: "error" }>) => Decoded<T>[],
): StreamDecoder<T> {
  const decodeAll = (items: readonly JsonItem[]): Decoded<T>[] =>
    items.flatMap((item) => (item.kind === "error" ? [item] : decode(item)));
  return {
    push: (chunk) => decodeAll(splitter.push(chunk)),
    finish: () => decodeAll(splitter.finish()),
    get begunOctets() {
      return splitter.begunOctets;
    },
    snapshot: splitter.snapshot,
  };
}

function decodeReportItem(item: Exclude<JsonItem, { kind: "error" }>): Decoded<AircraftReport>[] {
  if (item.kind === "text")
    return [
      { kind: "error", error: { code: "not-json", item: "json", at: item.at, detail: `JSON expected, got ${shown(item.text)}` } },
    ];
  const { report, errors } = decodeAircraftReport(item.value, item.at);
  if (report) return [{ kind: "record", value: report, at: item.at, errors }];
  return errors.map((error) => ({ kind: "error", error }));
}

function decodeSbsItem(item: Exclude<JsonItem, { kind: "error" }>): Decoded<SbsMessage>[] {
  const text = item.kind === "text" ? item.text : JSON.stringify(item.value);
  const { message, errors } = decodeSbsLine(text, item.at);
  if (message) return [{ kind: "record", value: message, at: item.at, errors }];
  return errors.map((error) => ({ kind: "error", error }));
}
