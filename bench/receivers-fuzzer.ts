import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ADSB_ERROR_CODES, createAdsbDecoder, createSbsDecoder } from "@picket/adsb";
import type { DecodeError, JsonSplitterState } from "@picket/bytes";
import { createReceiverDecoder, RECEIVER_ERROR_CODES } from "@picket/receivers";
import type { Count, Random, Subject } from "./fuzzing.ts";

type Decoded =
  | Readonly<{ kind: "record"; value: object; errors: readonly DecodeError[] }>
  | Readonly<{ kind: "error"; error: DecodeError }>;
type Decoder = { push(chunk: Uint8Array): readonly Decoded[]; finish(): readonly Decoded[]; snapshot(): JsonSplitterState };
type Receiver = Readonly<{ create(from?: JsonSplitterState): Decoder; seeds: readonly string[] }>;

const ROOT = resolve(import.meta.dirname, "..");
const CUT_OF = 16;

/** The decoders that are fuzzed, with what is mutated for each. */
const RECEIVERS: ReadonlyMap<string, Receiver> = new Map<string, Receiver>([
  ["adsb", { create: createAdsbDecoder, seeds: adsbSeeds() }],
  ["sbs", { create: createSbsDecoder, seeds: vectorsOf<{ line: string }>("adsb", "sbs").map(({ line }) => `${line}\n`) }],
  ...(["dronescout", "dragonsync", "mesh-mapper"] as const).map((kind): [string, Receiver] => [
    kind,
    { create: (from) => createReceiverDecoder(kind, from), seeds: receiverSeeds(kind) },
  ]),
]);

/**
 * The decoders of ADS-B and Remote ID receivers, one by one: a record holds what JSON can hold, no object's prototype is reached, and a
 * stream in two chunks answers as it does whole.
 */
export const receiverSubjects = (): readonly Subject<Uint8Array, readonly Decoded[]>[] =>
  [...RECEIVERS].map(([name, receiver]) => ({
    name,
    seeds: receiver.seeds.length,
    codes: new Set<string>([...ADSB_ERROR_CODES, ...RECEIVER_ERROR_CODES]),
    mutate: (random) => mutate(receiver.seeds, random),
    take: (octets, count) => decode(receiver, octets, count),
    check(items, octets, { index }) {
      for (const item of items) if (item.kind === "record") checkValue(item.value);
      for (const key in {}) throw new Error(`a prototype was given ${key}`);
      if (index % CUT_OF === 0) checkCut(receiver, octets, items);
    },
    show: (octets) => JSON.stringify(Buffer.from(octets).toString("latin1")),
  }));

function decode({ create }: Receiver, octets: Uint8Array, count: Count): readonly Decoded[] {
  const decoder = create();
  const items = [...decoder.push(octets), ...decoder.finish()];
  for (const item of items) {
    if (item.kind === "record") count("ok");
    for (const { code } of item.kind === "record" ? item.errors : [item.error]) count(code);
  }
  return items;
}

function checkCut({ create }: Receiver, octets: Uint8Array, items: readonly Decoded[]): void {
  const middle = octets.length >> 1;
  const first = create();
  const head = first.push(octets.subarray(0, middle));
  const second = create(JSON.parse(JSON.stringify(first.snapshot())) as JsonSplitterState);
  const parts = [...head, ...second.push(octets.subarray(middle)), ...second.finish()];
  if (JSON.stringify(parts) !== JSON.stringify(items)) throw new Error("a stream in two chunks answers otherwise than whole");
}

/** Plain data with finite numbers, positions on Earth and text that may be shown. */
function checkValue(value: unknown, name = ""): void {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new Error(`${name} is ${value}`);
    if (/latdeg$/i.test(name) && Math.abs(value) > 90) throw new Error(`${name} is ${value}`);
    if (/londeg$/i.test(name) && Math.abs(value) > 180) throw new Error(`${name} is ${value}`);
  } else if (typeof value === "string") {
    for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) < 0x20) throw new Error(`${name} holds a control character`);
  } else if (typeof value === "object" && value !== null) {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== Array.prototype) throw new Error(`${name} has a prototype of its own`);
    for (const [key, part] of Object.entries(value)) checkValue(part, key);
  } else if (value !== undefined && typeof value !== "boolean" && value !== null) throw new Error(`${name} is a ${typeof value}`);
}

/** Half of the inputs are changed as values, so that the change gets past the parser, and all but a few as octets too. */
function mutate(seeds: readonly string[], random: Random): Uint8Array {
  let text = "";
  for (let messages = 1 + random(2); messages > 0; messages--) {
    const seed = seeds[random(seeds.length)] ?? "";
    text += random(2) === 0 && /^\s*[[{]/.test(seed) ? mutateJson(seed, seeds, random) : seed;
  }
  let bytes: Uint8Array = new TextEncoder().encode(text);
  for (let changes = random(4); changes > 0; changes--) bytes = mutateOctets(bytes, random);
  return bytes;
}

const HOSTILE: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  65_531,
  1e308,
  -1e308,
  Number.MAX_SAFE_INTEGER,
  "",
  "-0",
  "NaN",
  "Infinity",
  "1e999",
  "ground",
  "__proto__",
  "\u0000\u202e\ud800",
  "x".repeat(300),
  [],
  {},
  [[[[[[]]]]]],
  { toString: 1, valueOf: null, length: -1 },
];
const KEYS: readonly string[] = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "length", "", "0"];

/** Puts hostile values in the place of others, and hostile keys beside them, at up to three places. */
function mutateJson(seed: string, seeds: readonly string[], random: Random): string {
  let root: unknown = JSON.parse(seed);
  for (let changes = 1 + random(3); changes > 0; changes--) {
    const places: [Record<string, unknown>, string][] = [];
    collect(root, places);
    const place = places[random(Math.max(1, places.length))];
    if (!place) return seed;
    const [owner, key] = place;
    const choice = random(6);
    if (choice === 0) delete owner[key];
    else if (choice === 1) define(owner, KEYS[random(KEYS.length)] ?? "", { polluted: 1, hex: "abcdef", id: "x" });
    else if (choice === 2) define(owner, key, JSON.parse(seeds[random(seeds.length)]?.match(/^\s*[[{].*/s)?.[0] ?? "null"));
    else if (choice === 3 && typeof owner[key] === "string") define(owner, key, mutateText(owner[key], random));
    else define(owner, key, structuredClone(HOSTILE[random(HOSTILE.length)]));
    if (random(50) === 0) root = [root];
  }
  return JSON.stringify(root) ?? "";
}

/** An own key whatever its name, as JSON.parse makes it; a list has a length that it keeps. */
function define(owner: object, key: string, value: unknown): void {
  if (Array.isArray(owner) && key === "length") return;
  Object.defineProperty(owner, key, { value, enumerable: true, configurable: true, writable: true });
}

function collect(value: unknown, places: [Record<string, unknown>, string][]): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    places.push([value as Record<string, unknown>, key]);
    collect(part, places);
  }
}

/** Base64 has bits flipped in what it stands for; other text has a character replaced. */
function mutateText(text: string, random: Random): string {
  if (text.length > 500) {
    const octets = Buffer.from(text, "base64");
    for (let flips = 1 + random(8); flips > 0; flips--) {
      const at = random(octets.length);
      octets[at] = (octets[at] ?? 0) ^ (1 << random(8));
    }
    return octets.toString("base64");
  }
  const at = random(text.length + 1);
  return text.slice(0, at) + String.fromCharCode(random(2) === 0 ? random(128) : random(65_536)) + text.slice(at + 1);
}

function mutateOctets(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random(Math.max(1, bytes.length));
  switch (random(6)) {
    case 0:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
      return bytes;
    case 1:
      bytes[at] = [0, 0x0a, 0x22, 0x2c, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d, 0xff][random(10)] ?? 0;
      return bytes;
    case 2:
      return bytes.slice(0, at);
    case 3:
      return Uint8Array.of(...bytes.subarray(0, at), ...bytes.subarray(Math.max(0, at - random(60))));
    case 4:
      return Uint8Array.of(
        ...bytes.subarray(0, at),
        ...new Uint8Array(random(60)).fill(random(2) === 0 ? 0x5b : 0x7b),
        ...bytes.subarray(at),
      );
    default:
      return Uint8Array.of(...bytes.subarray(0, at), ...bytes.subarray(at + random(9)));
  }
}

function vectorsOf<T>(codec: string, file: string): readonly T[] {
  return JSON.parse(readFileSync(join(ROOT, "codecs", codec, "vectors", `${file}.json`), "utf8")) as readonly T[];
}

function adsbSeeds(): readonly string[] {
  const aircraft = vectorsOf<{ input: object }>("adsb", "aircraft").map(({ input }) => input);
  return [
    JSON.stringify({ now: 1_608_783_300.5, messages: 7, aircraft }),
    JSON.stringify({ now: 1_608_783_300_500, ac: aircraft.slice(0, 2) }),
    ...aircraft.map((one) => `${JSON.stringify({ now: 1_608_783_300.5, ...one })}\n`),
  ];
}

function receiverSeeds(receiver: string): readonly string[] {
  const seeds = vectorsOf<{ receiver: string; message: object }>("receivers", "messages")
    .filter((vector) => vector.receiver === receiver)
    .map(({ message }) => `${JSON.stringify(message)}\n`);
  if (receiver === "mesh-mapper")
    return [
      ...seeds,
      "Drone: 60:60:1f:aa:bb:cc RSSI:-71 https://maps.google.com/?q=33.494200,-111.926100\n",
      "ets Jul 29 2019\n",
    ];
  return receiver === "dronescout" ? [...seeds, dumpSeed()] : seeds;
}

/** A dump of 920 octets with all its blocks valid and something in each. */
function dumpSeed(): string {
  const octets = Buffer.alloc(920, 1);
  octets.writeFloatLE(90, 68);
  octets.writeDoubleLE(47.5, 80);
  octets.writeDoubleLE(8.5, 88);
  const data = {
    "sensor ID": "s",
    RSSI: -70,
    channel: 6,
    timestamp: 1_700_000_000_000,
    "MAC address": "60:60:1F:00:00:01",
    type: "WLAN Beacon",
  };
  return JSON.stringify({ protocol: 1, data: { ...data, UASdata: octets.toString("base64") } });
}
