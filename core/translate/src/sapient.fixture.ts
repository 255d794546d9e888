import { Input, type Scan, type Sensor, sensorId, validate } from "@picket/model";
import { type DetectionReport, encodeFrame, encodeMessage, type Registration, type SapientMessage } from "@picket/sapient";
import { createTranslator, type Translated, type Translator, type TranslatorOptions } from "./index.ts";

/** 2026-11-21 12:00:00 UTC. */
export const NOON_MS = 1_795_262_400_000;
export const FINDER_NODE = "3d1ffd1b-cc01-4c26-a7e8-bf4da3d393b8";
export const RADAR_NODE = "a8654cdf-4328-47de-81fa-c495589e30c9";
export const OWN_NODE = "6f582b41-6c88-481c-bb0f-6021a1739f57";
export const ULID = "01HPQXZ3N5T8VY2W4K6M9R0ABC";
export const FROM = "192.0.2.7:5020 since 2026-11-21T11:59:00.000Z";

const PLACE = { latDeg: 32.55, lonDeg: -117.04 };
export const RADAR: Sensor = {
  id: sensorId.parse("radar-1"),
  name: "Radar",
  kind: "radar",
  ...PLACE,
  rangeMaxM: 10_000,
  rangeSigmaM: 5,
  azimuthSigmaDeg: 0.5,
  revisitMs: 1000,
  sapient: { nodeId: RADAR_NODE },
};
export const FINDER: Sensor = {
  id: sensorId.parse("df-1"),
  name: "Finder",
  kind: "directionFinder",
  ...PLACE,
  rangeMaxM: 5000,
  azimuthSigmaDeg: 3,
  covers: false,
  sapient: { nodeId: FINDER_NODE },
};
const NODES: Readonly<Record<string, Sensor>> = { [RADAR_NODE]: RADAR, [FINDER_NODE]: FINDER };

type Mode = Registration["modeDefinition"][number];

/** The least that a node must say of itself, with what a test adds to its only mode. */
export const registration = (nodeType: "RADAR" | "PASSIVE_RF" | "ACOUSTIC", mode: Partial<Mode> = {}): Registration => ({
  nodeDefinition: [{ nodeType }],
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
      ...mode,
    },
  ],
  configData: [{ manufacturer: "Example", model: "R1" }],
});

export const make = (more: Partial<TranslatorOptions> = {}, snapshot?: unknown): Translator =>
  createTranslator(
    {
      feed: "nodes" as TranslatorOptions["feed"],
      protocol: "sapient",
      sensors: [RADAR, FINDER],
      reality: "live",
      nodeId: OWN_NODE,
      ...more,
    },
    snapshot,
  );

type Content = Omit<SapientMessage, "timestamp" | "nodeId">;
export const framed = (nodeId: string, timestamp: number, ...contents: readonly Content[]): Uint8Array => {
  const frames = contents.map((content) => encodeFrame(encodeMessage({ timestamp, nodeId, ...content })));
  return Uint8Array.from(frames.flatMap((frame) => [...frame]));
};

/** What a chunk comes to, each input of it held to the model. */
export function translate(translator: Translator, chunk: Uint8Array, receivedMs: number, from = FROM): Translated {
  const translated = translator.bytes(chunk, receivedMs, from, 42);
  for (const input of translated.inputs) {
    const answer = validate(Input, input);
    if (!answer.ok) throw new TypeError(`What is translated must be an input: ${JSON.stringify(answer.faults)}`);
  }
  return translated;
}

/** A translator whose radar or finder has registered and said that it is well. */
export function registered(nodeId: string, mode: Partial<Mode> = {}, more: Partial<TranslatorOptions> = {}): Translator {
  const translator = make(more);
  const type = NODES[nodeId] === FINDER ? "PASSIVE_RF" : "RADAR";
  translate(translator, framed(nodeId, NOON_MS - 2000, { registration: registration(type, mode) }), NOON_MS - 1990);
  const status = { reportId: ULID, system: "OK", info: "NEW", mode: mode.modeName ?? "Default" } as const;
  translate(translator, framed(nodeId, NOON_MS - 1500, { statusReport: status }), NOON_MS - 1490);
  return translator;
}

export const report = (more: Omit<DetectionReport, "reportId" | "objectId">): Content => ({
  detectionReport: { reportId: ULID, objectId: ULID, ...more },
});
export const scansOf = ({ inputs }: Translated): readonly Scan[] => inputs.filter((input) => input.kind === "scan");
