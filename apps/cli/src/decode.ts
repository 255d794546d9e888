import { once } from "node:events";
import { createReadStream } from "node:fs";
import type { Writable } from "node:stream";
import { createAdsbDecoder, createSbsDecoder } from "@picket/adsb";
import { type CapturedPacket, createCaptureDecoder } from "@picket/capture";
import { createReceiverDecoder } from "@picket/receivers";
import { captureChunks } from "./capture-chunks.ts";
import { fileError } from "./command-error.ts";
import { decodeAsterixOctets, decodeAsterixPacket, decodeAsterixRaw } from "./decode-asterix.ts";
import { decodeCap } from "./decode-cap.ts";
import { decodeCotOctets, decodeCotPacket, decodeCotRaw } from "./decode-cot.ts";
import { createHexLines } from "./decode-lines.ts";
import { type Decoding, decodeRaw } from "./decode-raw.ts";
import { decodeReceiver } from "./decode-receivers.ts";
import { decodeOctets, decodePacket, formatFailure } from "./decode-remote-id.ts";
import { decodeSapientOctets, decodeSapientPacket, decodeSapientRaw } from "./decode-sapient.ts";
import { EXIT } from "./exit-codes.ts";

export type DecodeFormat = "auto" | "hex" | "raw" | "pcap" | "pcapng";
export type DecodeOptions = Readonly<{ format?: string }>;

/** What a protocol makes of octets, of captured packets and of bare streams: lines of JSON. */
type BinaryProtocol = Readonly<{ octets(bytes: Uint8Array): string; packet(packet: CapturedPacket): string; raw(): Decoding }>;
/** One that speaks text has one format, its own. */
type TextProtocol = Readonly<{ text(): Decoding }>;
type Protocol = BinaryProtocol | TextProtocol;

const PROTOCOLS: ReadonlyMap<string, Protocol> = new Map<string, Protocol>([
  ["remote-id", { octets: decodeOctets, packet: decodePacket, raw: decodeRaw }],
  ["asterix", { octets: decodeAsterixOctets, packet: decodeAsterixPacket, raw: decodeAsterixRaw }],
  ["cot", { octets: decodeCotOctets, packet: decodeCotPacket, raw: decodeCotRaw }],
  ["sapient", { octets: decodeSapientOctets, packet: decodeSapientPacket, raw: decodeSapientRaw }],
  ["cap", { text: decodeCap }],
  ["adsb", { text: () => decodeReceiver(createAdsbDecoder()) }],
  ["sbs", { text: () => decodeReceiver(createSbsDecoder()) }],
  ["dronescout", { text: () => decodeReceiver(createReceiverDecoder("dronescout")) }],
  ["dragonsync", { text: () => decodeReceiver(createReceiverDecoder("dragonsync")) }],
  ["mesh-mapper", { text: () => decodeReceiver(createReceiverDecoder("mesh-mapper")) }],
]);

const FORMATS: readonly string[] = ["auto", "hex", "raw", "pcap", "pcapng"] satisfies DecodeFormat[];
const TEXT_FORMATS: readonly string[] = ["auto", "raw"] satisfies DecodeFormat[];
const READ_OCTETS = 1 << 16;
const CAPTURE_MAGICS: ReadonlySet<string> = new Set([
  "0a0d0d0a",
  "a1b2c3d4",
  "d4c3b2a1",
  "a1b23c4d",
  "4d3cb2a1",
  "a1b2cd34",
  "34cdb2a1",
]);
const MAGIC_OCTETS = 4;
const LOOKED_AT_OCTETS = 512;
const XML_START = /^\ufeff?\s*</;
/** Tab, line feed and carriage return, the control characters of text. */
const LINE_CONTROLS: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0d]);

/**
 * `picket decode <protocol> [file]`: as {@link decodeCommand}, from a file, or standard input for `-`, to standard output. What `picket
 * capture` wrote is decoded as its feed heard it.
 * Throws {@link CommandError} for a file that cannot be read.
 */
export async function decodeFile(protocol: string, file: string, options: DecodeOptions): Promise<number> {
  const input = file === "-" ? process.stdin : createReadStream(file, { highWaterMark: READ_OCTETS });
  // Whoever reads our output may close it early, as `head` does: then there is nothing left to do.
  let isClosed = false;
  process.stdout.once("error", () => {
    isClosed = true;
    input.destroy();
  });
  try {
    const refuse = (why: string) => process.stderr.write(`${file}: ${why}\n`);
    return await decodeCommand(protocol, options, captureChunks(input, refuse), process.stdout);
  } catch (error) {
    if (isClosed) return EXIT.done;
    throw fileError("read", file, error);
  }
}

/**
 * Decodes all of `input` and writes one line of JSON for each item: `{"ok":true,"record":{…}}`, or `{"ok":false,"error":{…}}` and goes on.
 * Items are hex lines, packets of a capture, or, raw, what the protocol sends one after the other. Answers the exit code: 0 when the input was read
 * to its end, whatever was in it; 64 for a protocol or format that there is not.
 */
export async function decodeCommand(
  protocol: string,
  options: DecodeOptions,
  input: AsyncIterable<Uint8Array>,
  output: Writable,
): Promise<number> {
  const format = options.format ?? "auto";
  const decoder = PROTOCOLS.get(protocol);
  if (!decoder)
    return refuseUsage(
      output,
      "unknown-protocol",
      "protocol",
      `one of ${[...PROTOCOLS.keys()].join(", ")} expected, got ${protocol}`,
    );
  const formats = "text" in decoder ? TEXT_FORMATS : FORMATS;
  if (!formats.includes(format))
    return refuseUsage(output, "unknown-format", "format", `one of ${formats.join(", ")} expected, got ${format}`);
  const decoding = "text" in decoder ? decoder.text() : start(format, decoder);
  for await (const chunk of input) {
    const lines = decoding.push(chunk);
    if (lines !== "" && !output.write(lines)) await once(output, "drain");
  }
  const rest = decoding.finish();
  if (rest !== "" && !output.write(rest)) await once(output, "drain");
  return EXIT.done;
}

function refuseUsage(output: Writable, code: string, item: string, detail: string): number {
  output.write(formatFailure({ code, item, at: 0, detail }));
  return EXIT.usage;
}

function start(format: string, protocol: BinaryProtocol): Decoding {
  if (format === "auto") return decodeAuto(protocol);
  if (format === "hex") return decodeHex(protocol);
  return format === "raw" ? protocol.raw() : decodeCapture(protocol);
}

/** Holds the input until its first octets tell the format, and goes on in that. */
function decodeAuto(protocol: BinaryProtocol): Decoding {
  let held: Uint8Array = new Uint8Array(0);
  let chosen: Decoding | undefined;
  const choose = (): string => {
    chosen = start(detectFormat(held), protocol);
    return chosen.push(held);
  };
  return {
    push(chunk) {
      if (chosen) return chosen.push(chunk);
      held = Buffer.concat([held, chunk]);
      return held.length < MAGIC_OCTETS ? "" : choose();
    },
    finish() {
      const lines = chosen || held.length === 0 ? "" : choose();
      return lines + (chosen?.finish() ?? "");
    },
  };
}

/**
 * A capture by its magic; XML by how it begins, which is raw; text, good hex or bad, by having no control characters, of which every
 * message is full; raw otherwise.
 */
function detectFormat(head: Uint8Array): string {
  if (CAPTURE_MAGICS.has(Buffer.from(head.subarray(0, MAGIC_OCTETS)).toString("hex"))) return "pcap";
  if (XML_START.test(Buffer.from(head.subarray(0, LOOKED_AT_OCTETS)).toString())) return "raw";
  return head.subarray(0, LOOKED_AT_OCTETS).some((octet) => octet < 0x20 && !LINE_CONTROLS.has(octet)) ? "raw" : "hex";
}

function decodeHex(protocol: BinaryProtocol): Decoding {
  let lines = "";
  const hex = createHexLines({
    octets: (bytes) => {
      lines += protocol.octets(bytes);
    },
    refuse: (code, detail) => {
      lines += formatFailure({ code, item: "line", at: 0, detail });
    },
  });
  const take = (): string => {
    const taken = lines;
    lines = "";
    return taken;
  };
  return {
    push(chunk) {
      hex.push(chunk);
      return take();
    },
    finish() {
      hex.finish();
      return take();
    },
  };
}

function decodeCapture(protocol: BinaryProtocol): Decoding {
  const capture = createCaptureDecoder();
  const format = (items: ReturnType<typeof capture.push>): string =>
    items.map((item) => (item.kind === "packet" ? protocol.packet(item.value) : formatFailure(item.error))).join("");
  return { push: (chunk) => format(capture.push(chunk)), finish: () => format(capture.finish()) };
}
