import { once } from "node:events";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { type CategoryNumber, encodeBlock, type ItemsDraft } from "@picket/asterix";
import { type CapAlert, encodeAlert } from "@picket/cap";
import { type CotEvent, encodeStreamFrame, encodeXml, type TakDraft } from "@picket/cot";
import { encodeFrame, encodeMessage, type SapientMessage } from "@picket/sapient";
import { fileError } from "./command-error.ts";
import { EXIT } from "./exit-codes.ts";

export type EncodeOptions = Readonly<{ format?: string }>;

/** What a protocol makes of one record, as `picket decode` shows it. Throws RangeError or TypeError for what it cannot carry. */
const ENCODERS: ReadonlyMap<string, (record: Readonly<Record<string, unknown>>) => Uint8Array> = new Map([
  ["asterix", encodeAsterix],
  ["sapient", encodeSapient],
  ["cot", encodeCot],
  ["cap", encodeCap],
]);
const FORMATS: readonly string[] = ["raw", "hex"];

/** `picket encode <protocol> [file]`: as {@link encodeCommand}, from a file, or standard input for `-`, to standard output. */
export async function encodeFile(protocol: string, file: string, options: EncodeOptions): Promise<number> {
  const input = file === "-" ? process.stdin : createReadStream(file);
  try {
    return await encodeCommand(protocol, options, input, process.stdout, (line) => console.error(line));
  } catch (error) {
    throw fileError("read", file, error);
  }
}

/**
 * Encodes JSON Lines, records as `picket decode` shows them, and writes them one after the other, or with format `hex` a line each. A line
 * that cannot be encoded is said, the others are written, and the answer is 65; 64 for a protocol or format that there is not.
 */
export async function encodeCommand(
  protocol: string,
  { format = "raw" }: EncodeOptions,
  input: Readable,
  output: Writable,
  say: (line: string) => void,
): Promise<number> {
  const encode = ENCODERS.get(protocol);
  if (!encode || !FORMATS.includes(format)) {
    if (encode) say(`The format must be one of ${FORMATS.join(", ")}, got ${format}`);
    else say(`The protocol must be one of ${[...ENCODERS.keys()].join(", ")}, got ${protocol}`);
    return EXIT.usage;
  }
  let code: number = EXIT.done;
  let number = 0;
  let unread: unknown;
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  input.once("error", (error) => {
    unread = error;
    lines.close();
  });
  for await (const line of lines) {
    number++;
    if (line.trim() === "") continue;
    try {
      const octets = encode(recordOf(JSON.parse(line)));
      if (!output.write(format === "hex" ? `${Buffer.from(octets).toString("hex")}\n` : octets)) await once(output, "drain");
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof TypeError || error instanceof SyntaxError)) throw error;
      say(`line ${number}: ${error.message}`);
      code = EXIT.badData;
    }
  }
  if (unread) throw unread;
  return code;
}

/** The record of a line, with or without what `picket decode` puts around it. */
function recordOf(line: unknown): Readonly<Record<string, unknown>> {
  const value = isObject(line) && isObject(line["record"]) ? line["record"] : line;
  if (!isObject(value)) throw new TypeError(`A record must be an object, got ${JSON.stringify(value)}`);
  if (value["ok"] === false) throw new TypeError("What was refused cannot be encoded");
  return value;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A block of one record. */
function encodeAsterix({ category, edition, items }: Readonly<Record<string, unknown>>): Uint8Array {
  if (!isObject(items)) throw new TypeError("An ASTERIX record must have category and items");
  const drafts = [items] as unknown as readonly ItemsDraft<CategoryNumber>[];
  return encodeBlock(category as CategoryNumber, drafts, ...(typeof edition === "string" ? [edition] : []));
}

/** A frame of one message. The packet that an error is about is given as hex. */
function encodeSapient(record: Readonly<Record<string, unknown>>): Uint8Array {
  const { error } = record;
  if (!isObject(error)) return encodeFrame(encodeMessage(record as unknown as SapientMessage));
  const packet = Uint8Array.from(Buffer.from(String(error["packet"]), "hex"));
  return encodeFrame(encodeMessage({ ...record, error: { ...error, packet } } as unknown as SapientMessage));
}

/** An event as XML, or, where the record says so or has a control, a frame of protobuf for a connection. */
function encodeCot(record: Readonly<Record<string, unknown>>): Uint8Array {
  const { encoding, event = encoding === undefined ? record : undefined, control } = record;
  if (event !== undefined && !(isObject(event) && isObject(event["point"]) && Array.isArray(event["detail"])))
    throw new TypeError("An event must have a point and a detail");
  if (encoding === "protobuf") return encodeStreamFrame({ event, control } as TakDraft);
  if (event === undefined) throw new TypeError("A control goes only with encoding protobuf");
  return Buffer.concat([encodeXml(event as unknown as CotEvent), Buffer.from("\n")]);
}

/** A whole document. */
function encodeCap({ alert, ...record }: Readonly<Record<string, unknown>>): Uint8Array {
  const given = isObject(alert) ? alert : record;
  for (const list of ["addresses", "codes", "references", "incidents", "infos"])
    if (!Array.isArray(given[list])) throw new TypeError(`An alert must have ${list}, a list`);
  return new TextEncoder().encode(encodeAlert(given as unknown as CapAlert));
}
