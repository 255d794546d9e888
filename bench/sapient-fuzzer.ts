import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  createEdgeSession,
  createFrameDecoder,
  createFusionSession,
  decodeMessage,
  encodeFrame,
  encodeMessage,
  type Registration,
  SAPIENT_ERROR_CODES,
  type SapientMessage,
} from "@picket/sapient";
import { hexOf, pick, type Random, type Subject } from "./fuzzing.ts";

const VECTORS = resolve(
  import.meta.dirname,
  "..",
  process.env["PICKET_SHARED"] ?? "../shared",
  "vectors/sapient/sapient-v2-wire.jsonl",
);
const CHECKED_OF = 8;
/** A conversation begins anew after so many messages, so that every state of it is met. */
const CONVERSATION = 64;
const NOW_MS = 1_767_323_045_678;
const OWN_NODE = "6f582b41-6c88-481c-bb0f-6021a1739f57";
const NODE = "3d1ffd1b-cc01-4c26-a7e8-bf4da3d393b8";
const ULID = "01HPQXZ3N5T8VY2W4K6M9R0ABC";

/**
 * The decoder, both sides of a conversation, and a stream cut anywhere: a sound message encodes to the same meaning, and nothing of it throws.
 */
export function sapientSubject(): Subject<Uint8Array, ReturnType<typeof decodeMessage>> {
  const seeds = loadSeeds();
  let conversation = converse();
  return {
    name: "sapient",
    seeds: seeds.length,
    codes: new Set(SAPIENT_ERROR_CODES),
    mutate: (random) => mutate(seeds, random),
    take(octets, count) {
      const decoded = decodeMessage(octets);
      if (decoded.ok) count("ok");
      else for (const { code } of decoded.faults) count(code);
      return decoded;
    },
    check(decoded, octets, { index, random, count }) {
      if (index % CONVERSATION === 0) conversation = converse();
      if (index % CHECKED_OF !== 0) return;
      if (decoded.ok) checkMeaning(decoded.value.message);
      conversation.hear(octets, random, NOW_MS + index);
      for (const code of conversation.codes()) count(code);
    },
    show: hexOf,
  };
}

/** Both sides of a conversation, one registered, and a stream that is cut at random. */
function converse() {
  const fusion = createFusionSession(OWN_NODE);
  fusion.receive(encodeMessage({ timestamp: NOW_MS, nodeId: NODE, registration: REGISTRATION }), NOW_MS);
  const edge = createEdgeSession({
    nodeId: NODE,
    registration: REGISTRATION,
    statusIntervalMs: 5000,
    random: () => new Uint8Array(10),
  });
  const frames = createFrameDecoder();
  let heard: string[] = [];
  return {
    hear(octets: Uint8Array, random: Random, nowMs: number): void {
      const { events, replies } = fusion.receive(octets, nowMs);
      for (const event of events) if (event.kind === "refused") heard.push(...event.faults.map(({ code }) => code));
      for (const reply of replies) encodeFrame(encodeMessage(reply));
      for (const message of edge.receive(octets, nowMs).messages) encodeFrame(encodeMessage(message));
      const frame = encodeFrame(octets);
      if (random(32) === 0) frame[3] = 255;
      const cut = random(frame.length);
      for (const part of [frame.subarray(0, cut), frame.subarray(cut)])
        for (const item of frames.push(part)) if (item.kind === "lost") heard.push(item.error.code);
    },
    codes(): readonly string[] {
      const told = heard;
      heard = [];
      return told;
    },
  };
}

function checkMeaning(message: SapientMessage): void {
  const again = decodeMessage(encodeMessage(message));
  const meaning = textOf(message);
  if (!again.ok || textOf(again.value.message) !== meaning) throw new Error(`${meaning} came back otherwise`);
}

const textOf = (message: SapientMessage): string =>
  JSON.stringify(message, (_key, value) => (value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value));

/** One to four changes to a message. */
function mutate(seeds: readonly Uint8Array[], random: Random): Uint8Array {
  let octets: Uint8Array = pick(seeds, random).slice();
  for (let changes = 1 + random(4); changes > 0; changes--) octets = change(octets, seeds, random);
  return octets;
}

function change(octets: Uint8Array, seeds: readonly Uint8Array[], random: Random): Uint8Array {
  const at = random(octets.length + 1);
  const other = pick(seeds, random);
  switch (random(7)) {
    case 0:
      if (at < octets.length) octets[at] = (octets[at] ?? 0) ^ (1 << random(8));
      return octets;
    case 1:
      if (at < octets.length) octets[at] = random(256);
      return octets;
    case 2:
      return octets.slice(0, at);
    case 3:
      return joined(octets.subarray(0, at), other.subarray(random(other.length)));
    case 4:
      return joined(octets.subarray(0, at), Uint8Array.of(random(256), random(256)), octets.subarray(at));
    case 5:
      return joined(octets.subarray(0, at), octets.subarray(Math.min(octets.length, at + 1 + random(8))));
    default:
      // The same field twice: the last counts, and messages merge.
      return joined(octets, other);
  }
}

const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts)).subarray(0, 1 << 16);
const REGISTRATION: Registration = {
  nodeDefinition: [{ nodeType: "RADAR" }],
  icdVersion: "BSI Flex 335 v2.0",
  capabilities: [{ category: "Detection", type: "Range" }],
  statusDefinition: { statusInterval: { units: "SECONDS", value: 5 } },
  modeDefinition: [
    {
      modeName: "Default",
      modeType: "PERMANENT",
      settleTime: { units: "SECONDS", value: 1 },
      task: {
        regionDefinition: {
          regionType: ["AREA_OF_INTEREST"],
          regionArea: [{ locationUnits: "LAT_LNG_DEG_M", locationDatum: "WGS84_E" }],
        },
      },
    },
  ],
  configData: [{ manufacturer: "Example", model: "R1" }],
};

/** Ours, and where they are shared the messages of the standard's own test harness. */
function loadSeeds(): readonly Uint8Array[] {
  const rangeBearing = { azimuth: 90, range: 1200, coordinateSystem: "DEGREES_M", datum: "TRUE" } as const;
  const location = { x: -117.03, y: 32.55, z: 80, coordinateSystem: "LAT_LNG_DEG_M", datum: "WGS84_E" } as const;
  const classification = [{ type: "Air Vehicle", confidence: 0.8, subClass: [{ type: "UAV Rotary Wing", level: 1 }] }];
  const contents: readonly Omit<SapientMessage, "timestamp" | "nodeId">[] = [
    { registration: REGISTRATION },
    { statusReport: { reportId: ULID, system: "OK", info: "NEW", mode: "Default", nodeLocation: location } },
    { detectionReport: { reportId: ULID, objectId: ULID, rangeBearing, classification } },
    { detectionReport: { reportId: ULID, objectId: ULID, location, enuVelocity: { eastRate: 3, northRate: -4 } } },
    { alert: { alertId: ULID, alertType: "WARNING", status: "ACTIVE", description: "drone" } },
    { task: { taskId: ULID, control: "START", command: { lookAt: { rangeBearing } } } },
    { taskAck: { taskId: ULID, taskStatus: "REJECTED", reason: ["no"] } },
    { error: { packet: Uint8Array.of(1, 2), errorMessage: ["why"] } },
  ];
  const own = contents.map((content) => encodeMessage({ timestamp: NOW_MS, nodeId: NODE, ...content }));
  // One that would have a node follow something, which there is no way to write: command 5 (a mode) as number 11.
  const follow = encodeMessage({
    timestamp: NOW_MS,
    nodeId: NODE,
    task: { taskId: ULID, control: "START", command: { modeChange: "Default" } },
  });
  const at = follow.findIndex((octet, i) => octet === 0x2a && follow[i + 1] === 7);
  follow[at] = 0x5a;
  if (!existsSync(VECTORS)) return [...own, follow];
  const shared = readFileSync(VECTORS, "utf8").trim().split("\n");
  return [...own, follow, ...shared.map((line) => Uint8Array.from(Buffer.from(JSON.parse(line).wire_hex, "hex")))];
}
