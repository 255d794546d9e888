import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type CaptureSnapshot, createCaptureDecoder, decodeLinks, LINK_TYPE } from "@picket/capture";
import {
  type CarrierFrame,
  createTransmitterMerger,
  decodeMessage,
  decodePack,
  decodeRemoteIdFrame,
  encodeMessage,
  type RemoteIdMessage,
} from "@picket/remote-id";
import { type Count, hexOf, pieceOf, type Random, type Subject, splice } from "./fuzzing.ts";

type Kind = "message" | "pack" | "beacon" | "action" | "legacy" | "extended" | "packet" | "capture";
type Seed = Readonly<{ kind: Kind; bytes: Uint8Array; linkType: number }>;
const ROOT = resolve(import.meta.dirname, "..");
const MERGED_OF = 16;
const LINK_TYPES = Object.values(LINK_TYPE);
const LONGEST_INPUT = 70_000;

/**
 * Every decoder of Remote ID and of its captures, and what merges messages: a decoded message encodes to the same meaning, and a stream
 * answers alike in other chunks.
 */
export function remoteIdSubject(): Subject<Seed, readonly RemoteIdMessage[]> {
  const seeds = loadSeeds();
  const merger = createTransmitterMerger();
  return {
    name: "remote-id",
    seeds: seeds.length,
    mutate: (random) => mutate(pick(seeds, random), seeds, random),
    take: decode,
    check(messages, _, { index, random, count }) {
      if (messages.length === 0 || index % MERGED_OF !== 0) return;
      const heard = { transmitter: `m${random(20_000)}`, receivedMs: index, messages };
      for (const error of merger.add(heard).errors) count(error.code);
    },
    show: ({ kind, bytes }) => `${kind} ${hexOf(bytes)}`,
  };
}

/** Decodes one input by its kind, counts what was answered, and gives the messages that were sound. */
function decode(input: Seed, count: Count): readonly RemoteIdMessage[] {
  switch (input.kind) {
    case "message":
      return checkMessages(answerOf(decodeMessage(input.bytes), count, (message) => [message]));
    case "pack":
      return checkMessages(
        answerOf(decodePack(input.bytes), count, ({ messages, errors }) => countErrors(messages, errors, count)),
      );
    case "beacon":
      return decodeFrame({ kind: "wifi-beacon", body: input.bytes }, count);
    case "action":
      return decodeFrame({ kind: "wifi-action", body: input.bytes }, count);
    case "legacy":
    case "extended":
      return decodeFrame({ kind: "ble-advertisement", extended: input.kind === "extended", data: input.bytes }, count);
    case "packet":
      return decodePacket(input.linkType, input.bytes, count);
    case "capture":
      return decodeCapture(input.bytes, count);
    default:
      return input.kind satisfies never;
  }
}

type Answer<T> = { ok: true; value: T } | { ok: false; error: { code: string } };

function answerOf<T>(
  answer: Readonly<Answer<T>>,
  count: Count,
  take: (value: T) => readonly RemoteIdMessage[],
): readonly RemoteIdMessage[] {
  count(answer.ok ? "ok" : answer.error.code);
  return answer.ok ? take(answer.value) : [];
}

function countErrors(
  messages: readonly RemoteIdMessage[],
  errors: readonly { code: string }[],
  count: Count,
): readonly RemoteIdMessage[] {
  for (const error of errors) count(error.code);
  return messages;
}

function decodeFrame(frame: CarrierFrame, count: Count): readonly RemoteIdMessage[] {
  return checkMessages(
    answerOf(decodeRemoteIdFrame(frame), count, ({ messages, errors }) => countErrors(messages, errors, count)),
  );
}

function decodePacket(linkType: number, packet: Uint8Array, count: Count): readonly RemoteIdMessage[] {
  const messages: RemoteIdMessage[] = [];
  for (const link of decodeLinks(linkType, packet)) {
    if (link.ok) messages.push(...decodeFrame(link.value, count));
    else count(link.error.code);
  }
  return messages;
}

/** Decodes a stream whole, and again in two chunks with the state carried over as JSON: both must answer the same. */
function decodeCapture(bytes: Uint8Array, count: Count): readonly RemoteIdMessage[] {
  const decoder = createCaptureDecoder();
  const whole = [...decoder.push(bytes), ...decoder.finish()];
  const middle = bytes.length >> 1;
  const first = createCaptureDecoder();
  const items = [...first.push(bytes.subarray(0, middle))];
  const second = createCaptureDecoder({ from: JSON.parse(JSON.stringify(first.snapshot())) as CaptureSnapshot });
  items.push(...second.push(bytes.subarray(middle)), ...second.finish());
  // Where boundaries are lost, each chunk is told as one loss and may begin anew: only what comes before can be the same.
  const isLost = whole.some((item) => item.kind === "error" && item.error.code === "lost-sync");
  if (!isLost && JSON.stringify(items) !== JSON.stringify(whole))
    throw new Error("a capture in two chunks answers otherwise than whole");
  const messages: RemoteIdMessage[] = [];
  for (const item of whole) {
    if (item.kind === "error") count(item.error.code);
    else messages.push(...decodePacket(item.value.linkType, item.value.packet, count));
  }
  return messages;
}

/** What decodes must encode, and decode again to the same but for what was out of range. */
function checkMessages(messages: readonly RemoteIdMessage[]): readonly RemoteIdMessage[] {
  for (const message of messages) {
    const again = decodeMessage(encodeMessage(message));
    const meaning = again.ok && JSON.stringify({ ...again.value, outOfRange: [] });
    if (meaning !== JSON.stringify({ ...message, outOfRange: [] }))
      throw new Error(`${JSON.stringify(message)} came back otherwise`);
  }
  return messages;
}

/** One to four changes: a bit, an octet, a length field, a cut, a piece of another seed put in or over, a piece twice. */
function mutate(seed: Seed, seeds: readonly Seed[], random: Random): Seed {
  let bytes: Uint8Array = seed.bytes.slice();
  for (let changes = 1 + random(4); changes > 0; changes--) {
    const at = random(Math.max(bytes.length, 1));
    switch (random(8)) {
      case 0:
      case 1:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
        break;
      case 2:
        bytes[at] = random(256);
        break;
      case 3:
        bytes[at] = [0, 1, 0x7f, 0x80, 0xff, bytes.length - at, bytes.length - at - 1, (bytes[at] ?? 0) + 1][random(8)] ?? 0;
        break;
      case 4:
        bytes = bytes.slice(0, at);
        break;
      case 5:
        bytes = splice(bytes, at, at, pieceOf(pick(seeds, random).bytes, random));
        break;
      case 6:
        bytes = splice(bytes, at, at + random(40), pieceOf(pick(seeds, random).bytes, random));
        break;
      default:
        bytes = splice(bytes, at, at, bytes.slice(at, at + random(64)));
    }
  }
  const linkType = random(8) === 0 ? (LINK_TYPES[random(LINK_TYPES.length)] ?? seed.linkType) : seed.linkType;
  return { kind: seed.kind, linkType, bytes: bytes.slice(0, LONGEST_INPUT) };
}

function loadSeeds(): readonly Seed[] {
  const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
  const own = (room: string): readonly { file: string; hex: string }[] => {
    const folder = join(ROOT, "codecs", room, "vectors");
    return readdirSync(folder).flatMap((file) =>
      (JSON.parse(readFileSync(join(folder, file), "utf8")) as { hex: string }[]).map(({ hex }) => ({ file, hex })),
    );
  };
  const seeds: Seed[] = own("remote-id").map(({ file, hex }) => {
    const [kind, data] = file === "carriers.json" ? hex.split(" ") : ["message", hex];
    return { kind: kind as Kind, bytes: octets(data ?? ""), linkType: 0 };
  });
  for (const { hex } of own("capture")) {
    const [linkType, data] = hex.split(" ");
    seeds.push(
      data === undefined
        ? { kind: "capture", bytes: octets(hex), linkType: 0 }
        : { kind: "packet", bytes: octets(data), linkType: Number(linkType) },
    );
  }
  return [...seeds, ...loadSharedSeeds(octets)];
}

/** Packets of the shared captures, and the first part of each as a stream; none where the shared folder is absent. */
function loadSharedSeeds(octets: (hex: string) => Uint8Array): readonly Seed[] {
  const folder = resolve(ROOT, process.env["PICKET_SHARED"] ?? "../shared", "vectors/odid");
  if (!existsSync(folder)) return [];
  const seeds: Seed[] = [];
  for (const name of readdirSync(folder).filter((file) => /\.pcap(ng)?$/.test(file))) {
    const file = new Uint8Array(readFileSync(join(folder, name)));
    seeds.push({ kind: "capture", bytes: file.slice(0, 3000), linkType: 0 });
    for (const item of createCaptureDecoder().push(file))
      if (item.kind === "packet") seeds.push({ kind: "packet", bytes: item.value.packet, linkType: item.value.linkType });
  }
  for (const { name, hex, payload } of JSON.parse(readFileSync(join(folder, "hex-frames.json"), "utf8")) as {
    name: string;
    hex: string;
    payload?: string;
  }[]) {
    seeds.push({
      kind: "packet",
      bytes: octets(hex),
      linkType: name.startsWith("bt") ? LINK_TYPE.bluetoothHci : LINK_TYPE.ieee80211,
    });
    if (payload) seeds.push({ kind: "pack", bytes: octets(payload), linkType: 0 });
  }
  return seeds;
}

const pick = (seeds: readonly Seed[], random: Random): Seed =>
  seeds[random(seeds.length)] ?? { kind: "message", bytes: new Uint8Array(0), linkType: 0 };
