import {
  createJsonSplitter,
  type DecodeError,
  type JsonItem,
  type JsonSplitterState,
  type JsonValue,
  shown,
} from "@picket/bytes";
import { decodeDragonSync } from "./dragonsync.ts";
import { decodeDroneScout } from "./dronescout.ts";
import { decodeMeshMapper, decodeMeshText } from "./mesh-mapper.ts";
import type { DecodedRecords, ReceiverRecord } from "./record.ts";

/** The boxes whose messages are read. */
export type ReceiverKind = "dronescout" | "dragonsync" | "mesh-mapper";

/** A record with what of its message could not be read, or octets that are none. `at` counts from the stream's beginning. */
export type Decoded =
  | Readonly<{ kind: "record"; value: ReceiverRecord; at: number; errors: readonly DecodeError[] }>
  | Readonly<{ kind: "error"; error: DecodeError }>;

/** Decodes a stream in chunks cut anywhere. Its state is a plain JSON value. */
export type ReceiverDecoder = {
  push(chunk: Uint8Array): Decoded[];
  /** The end of the stream or datagram: what is begun is told as far as it goes. */
  finish(): Decoded[];
  readonly begunOctets: number;
  snapshot(): JsonSplitterState;
};

type Shape = Readonly<{
  value: (value: JsonValue, at: number) => DecodedRecords;
  text: (text: string, at: number) => DecodedRecords;
  endsAtNewline: boolean;
}>;

const noText = (text: string, at: number): DecodedRecords => ({
  records: [],
  errors: [{ code: "text-line", item: "line", at, detail: `JSON expected, got ${shown(text)}` }],
});
const SHAPES: Readonly<Record<ReceiverKind, Shape>> = {
  dronescout: { value: decodeDroneScout, text: noText, endsAtNewline: false },
  dragonsync: { value: decodeDragonSync, text: noText, endsAtNewline: false },
  // Serial lines lose octets: each stands for itself.
  "mesh-mapper": { value: decodeMeshMapper, text: decodeMeshText, endsAtNewline: true },
};

/** Decodes what a box sends: JSON objects one after the other, with or without anything between them. */
export function createReceiverDecoder(kind: ReceiverKind, from?: JsonSplitterState): ReceiverDecoder {
  const { value, text, endsAtNewline } = SHAPES[kind];
  const splitter = createJsonSplitter({ endsAtNewline }, from);
  const decode = (item: JsonItem): Decoded[] => {
    if (item.kind === "error") return [item];
    const { records, errors } = item.kind === "json" ? value(item.value, item.at) : text(item.text, item.at);
    if (records.length === 0) return errors.map((error) => ({ kind: "error", error }));
    // Errors belong to the message: its first record carries them.
    return records.map((record, i) => ({ kind: "record", value: record, at: item.at, errors: i === 0 ? errors : [] }));
  };
  return {
    push: (chunk) => splitter.push(chunk).flatMap(decode),
    finish: () => splitter.finish().flatMap(decode),
    get begunOctets() {
      return splitter.begunOctets;
    },
    snapshot: splitter.snapshot,
  };
}
