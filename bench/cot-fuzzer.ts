import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  COT_ERROR_CODES,
  type CotEvent,
  type CotItem,
  type CotStreamSnapshot,
  createCotStream,
  decodeDatagram,
  decodeTakPayload,
  decodeXml,
  encodeTakPayload,
  encodeXml,
  isTasking,
  negotiate,
  readDetail,
  startNegotiation,
} from "@picket/cot";
import { type Count, hexOf, pick, pieceOf, type Random, type Subject, splice } from "./fuzzing.ts";

type Kind = "xml" | "payload" | "datagram" | "stream";
type Input = Readonly<{ kind: Kind; bytes: Uint8Array }>;
const ROOT = resolve(import.meta.dirname, "..");
const LONGEST_INPUT = 20_000;
const CHECKED_OF = 4;
const TOKENS = [
  ...[
    "<event ",
    "</event>",
    "<event/>",
    "<detail>",
    "</detail>",
    "<!DOCTYPE a [<!ENTITY b '&c;'>]>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
  ],
  ...[
    "<?xml version='1.0'?>",
    "&amp;",
    "&lol;",
    "&#0;",
    "&#x10FFFF;",
    "'",
    '"',
    ">",
    "<a>",
    "</a>",
    "NaN",
    "1e999",
    "9999999",
    "\0",
    "\ufeff",
  ],
].map((token) => new TextEncoder().encode(token));
const MARKS = [[0xbf], [0xbf, 1, 0xbf], [0xbf, 0xff, 0xff, 0xff, 0xff, 0x0f], [0xef, 0xbb, 0xbf], [0xff]].map((mark) =>
  Uint8Array.from(mark),
);

/**
 * Every decoder of Cursor on Target: a decoded event encodes to what decodes the same, and a stream answers alike in other chunks.
 */
export function cotSubject(): Subject<Input, readonly CotEvent[]> {
  const seeds = loadSeeds();
  return {
    name: "cot",
    seeds: seeds.length,
    codes: new Set(COT_ERROR_CODES),
    mutate: (random) => mutate(seeds, random),
    take: decode,
    check(events, _, { index }) {
      if (index % CHECKED_OF === 0) for (const event of events) checkEvent(event);
    },
    show: ({ kind, bytes }) => `${kind} ${hexOf(bytes)}`,
  };
}

/** Decodes one input by its kind, counts what was answered, and gives the events. */
function decode({ kind, bytes }: Input, count: Count): readonly CotEvent[] {
  if (kind === "stream") return decodeStream(bytes, count);
  const message = kind === "datagram" ? decodeDatagram(bytes) : kind === "payload" ? decodeTakPayload(bytes) : undefined;
  const answer = message ?? decodeXml(bytes);
  if (!answer.ok) {
    checkError(answer.error);
    count(answer.error.code);
    return [];
  }
  count("ok");
  const event = "uid" in answer.value ? answer.value : answer.value.event;
  return event ? [event] : [];
}

/** Decodes a stream whole, and again in two chunks with the state carried over as JSON: both must answer the same. */
function decodeStream(bytes: Uint8Array, count: Count): readonly CotEvent[] {
  const stream = createCotStream();
  const whole = [...stream.push(bytes), ...stream.finish()];
  const middle = bytes.length >> 1;
  const first = createCotStream();
  const items: CotItem[] = [...first.push(bytes.subarray(0, middle))];
  const second = createCotStream(JSON.parse(JSON.stringify(first.snapshot())) as CotStreamSnapshot);
  items.push(...second.push(bytes.subarray(middle)), ...second.finish());
  if (JSON.stringify(items) !== JSON.stringify(whole)) throw new Error("a stream in two chunks answers otherwise than whole");
  return whole.flatMap((item) => {
    count(item.kind === "message" ? "ok" : item.error.code);
    if (item.kind === "error") checkError(item.error);
    return item.kind === "message" && item.value.event ? [item.value.event] : [];
  });
}

function checkError({ at, detail }: Readonly<{ at: number; detail: string }>): void {
  if (!(at >= 0) || detail.length > 200) throw new Error(`an error at ${at} of ${detail.length} characters`);
}

/** What decodes must be readable, answerable, and, unless it tasks, encode in both forms to what decodes to the same. */
function checkEvent(event: CotEvent): void {
  readDetail(event.detail);
  for (const role of ["client", "server"] as const) negotiate(startNegotiation(role, "fuzz", 1e12).negotiation, event, 1e12);
  if (isTasking(event.type)) return;
  const payload = decodeTakPayload(encodeTakPayload({ event }));
  const { otherAttributes, ...carried } = event;
  const isSame = payload.ok && payload.value.event && canonical(payload.value.event) === canonical(carried);
  if (!isSame) throw new Error(`${JSON.stringify(event)} came back from protobuf as ${JSON.stringify(payload)}`);
  const xml = encodeXml(event);
  const again = decodeXml(xml);
  if (!again.ok) throw new Error(`${Buffer.from(xml).toString()} was refused: ${again.error.code}`);
  if (Buffer.compare(encodeXml(again.value), xml) !== 0) throw new Error(`${JSON.stringify(event)} is not the same twice in XML`);
}

/** An event as text, children of the detail in one order and numbers of tracks by their value. */
function canonical(event: CotEvent): string {
  const detail = event.detail.map(({ name, attributes, children }) => {
    const values = Object.entries(attributes).map(([key, value]) => [
      key,
      name === "track" && !Number.isNaN(Number(value)) ? Number(value) + 0 : value,
    ]);
    return JSON.stringify([name, values.sort(), children]);
  });
  return JSON.stringify({ ...event, detail: detail.sort() });
}

/** One to four changes of a seed: a bit, an octet, a cut, a token, a piece of another seed put in or over, a piece twice. */
function mutate(seeds: readonly Input[], random: Random): Input {
  const { kind, bytes: original } = pick(seeds, random);
  let bytes = original;
  for (let changes = random(5); changes > 0; changes--) bytes = change(bytes, seeds, random);
  return { kind: random(16) === 0 ? "stream" : kind, bytes: bytes.slice(0, LONGEST_INPUT) };
}

function change(bytes: Uint8Array, seeds: readonly Input[], random: Random): Uint8Array {
  const at = random(Math.max(bytes.length, 1));
  switch (random(8)) {
    case 0:
      return splice(bytes, at, at + 1, Uint8Array.of((bytes[at] ?? 0) ^ (1 << random(8))));
    case 1:
      return splice(bytes, at, at + 1, Uint8Array.of(random(256)));
    case 2:
      return bytes.slice(0, at);
    case 3:
      return splice(bytes, at, at, pick(TOKENS, random));
    case 4:
      return splice(bytes, at, at + random(8), pick(MARKS, random));
    case 5:
      return splice(bytes, at, at, pieceOf(pick(seeds, random).bytes, random));
    case 6:
      return splice(bytes, at, at + random(40), pieceOf(pick(seeds, random).bytes, random));
    default:
      return splice(bytes, at, at, bytes.slice(at, at + random(64)));
  }
}

function loadSeeds(): readonly Input[] {
  const folder = join(ROOT, "codecs/cot/vectors");
  const own = readdirSync(folder).flatMap(
    (file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as { xml?: string; hex?: string }[],
  );
  const events = own.flatMap(({ xml }) => (xml === undefined ? [] : [new TextEncoder().encode(xml)]));
  const payloads = own.flatMap(({ hex }) => (hex === undefined ? [] : [octets(hex)]));
  const shared = resolve(ROOT, process.env["PICKET_SHARED"] ?? "../shared", "vectors/cot");
  if (existsSync(shared)) {
    for (const name of readdirSync(shared).filter((file) => file.endsWith(".xml")))
      events.push(new Uint8Array(readFileSync(join(shared, name))));
    for (const { hex } of JSON.parse(readFileSync(join(shared, "tak-protobuf-frames.json"), "utf8")) as { hex: string }[])
      payloads.push(octets(hex).subarray(3));
  }
  const frames = payloads.map((payload) => new Uint8Array(Buffer.concat([frameHeader(payload.length), payload])));
  return [
    ...events.map((bytes) => ({ kind: "xml", bytes }) as const),
    ...payloads.map((bytes) => ({ kind: "payload", bytes }) as const),
    ...payloads.map((payload) => ({ kind: "datagram", bytes: splice(payload, 0, 0, Uint8Array.of(0xbf, 1, 0xbf)) }) as const),
    ...events.map((event, i) => {
      const parts = [event, frames[i % frames.length] ?? event, events[(i + 7) % events.length] ?? event];
      return { kind: "stream", bytes: new Uint8Array(Buffer.concat(parts)) } as const;
    }),
  ];
}

const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
const frameHeader = (length: number): Uint8Array =>
  length < 0x80 ? Uint8Array.of(0xbf, length) : Uint8Array.of(0xbf, (length & 0x7f) | 0x80, length >> 7);
