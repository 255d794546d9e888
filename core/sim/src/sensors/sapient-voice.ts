import type { LineDetection, Sensor } from "@picket/model";
import {
  type DetectionReport,
  encodeFrame,
  encodeMessage,
  formatUlid,
  type Registration,
  type SapientMessage,
} from "@picket/sapient";
import type { Voice } from "./voice.ts";

const STATUS_EVERY_S = 2;
const MODE = "Default";
/** What makes whoever hears it take all of it for simulated. */
const SIMULATED = "Simulated";
const CONFIDENCE = 0.9;

type Bearing = Extract<LineDetection, { kind: "bearing" }>;
type Content = Omit<SapientMessage, "timestamp" | "nodeId">;

/** A node that speaks SAPIENT: its registration opens a connection; each look is a scan's reports under one stamp, every other with a status. */
export function createSapientVoice(sensor: Sensor, look: (tS: number) => readonly LineDetection[]): Voice {
  const { revisitMs = 1000, sapient: { nodeId } = { nodeId: "" } } = sensor;
  const isAcoustic = sensor.kind === "acoustic";
  const registration = registrationOf(sensor, isAcoustic ? "ACOUSTIC" : "PASSIVE_RF");
  const nodeLocation = { x: sensor.lonDeg, y: sensor.latDeg, coordinateSystem: "LAT_LNG_DEG_M", datum: "WGS84_E" } as const;
  let statusMs = Number.NEGATIVE_INFINITY;
  let drawn = 0;
  const newId = (atMs: number): string => {
    drawn++;
    return formatUlid(Math.floor(atMs), Uint8Array.of(...[0, 0, 0, 0, 0, 0], drawn >>> 24, drawn >>> 16, drawn >>> 8, drawn));
  };
  const say = (atMs: number, contents: readonly Content[]): Uint8Array =>
    Uint8Array.from(contents.flatMap((content) => [...encodeFrame(encodeMessage({ timestamp: atMs, nodeId, ...content }))]));

  return {
    periodMs: revisitMs,
    greet: (atMs) => say(atMs, [{ registration }]),
    tell(tS, atMs) {
      const seen = look(tS).filter((one) => one.kind === "bearing");
      const reports = seen.map((one): Content => {
        const report = isAcoustic ? soundOf(one) : emissionOf(one);
        return { detectionReport: { reportId: newId(atMs), objectId: newId(atMs), detectionConfidence: CONFIDENCE, ...report } };
      });
      if (atMs - statusMs < 1000 * STATUS_EVERY_S) return say(atMs, reports);
      statusMs = atMs;
      const statusReport = { reportId: newId(atMs), system: "OK", info: "NEW", mode: MODE, nodeLocation } as const;
      return say(atMs, [{ statusReport }, ...reports]);
    },
  };
}

const directionOf = ({
  azimuthDeg,
  azimuthSigmaDeg,
  elevationDeg,
  elevationSigmaDeg,
}: Bearing): Pick<DetectionReport, "rangeBearing"> => ({
  rangeBearing: {
    azimuth: azimuthDeg,
    ...(azimuthSigmaDeg !== undefined && { azimuthError: azimuthSigmaDeg }),
    ...(elevationDeg !== undefined && { elevation: elevationDeg }),
    ...(elevationSigmaDeg !== undefined && { elevationError: elevationSigmaDeg }),
    coordinateSystem: "DEGREES_M",
    datum: "TRUE",
  },
});

const soundOf = (seen: Bearing): Omit<DetectionReport, "reportId" | "objectId"> => ({
  ...directionOf(seen),
  classification: [{ type: "Air Vehicle", confidence: 0.7, subClass: [{ type: "UAV Rotary Wing", level: 1, confidence: 0.7 }] }],
});

/** What it is that sends has names of its own in the taxonomy; one that cannot tell names neither. */
function emissionOf(seen: Bearing): Omit<DetectionReport, "reportId" | "objectId"> {
  const sender =
    seen.emitter === "controller" ? "UAS Control Station" : seen.emitter === "aircraft" ? "UAV Transmitter" : undefined;
  const { rssiDbm, frequencyMhz } = seen.signal ?? {};
  const named = { type: "RF Transmitter", level: 1, ...(sender && { subClass: [{ type: sender, level: 2 }] }) };
  return {
    ...directionOf(seen),
    classification: [{ type: "Equipment", subClass: [named] }],
    ...(rssiDbm !== undefined &&
      frequencyMhz !== undefined && { signal: [{ amplitude: rssiDbm, centreFrequency: frequencyMhz }] }),
  };
}

const registrationOf = ({ name }: Sensor, nodeType: "ACOUSTIC" | "PASSIVE_RF"): Registration => ({
  nodeDefinition: [{ nodeType, nodeSubType: [SIMULATED] }],
  icdVersion: "BSI Flex 335 v2.0",
  name,
  capabilities: [{ category: "Detection", type: "Bearing" }],
  statusDefinition: { statusInterval: { units: "SECONDS", value: STATUS_EVERY_S } },
  modeDefinition: [
    {
      modeName: MODE,
      modeType: "PERMANENT",
      settleTime: { units: "SECONDS", value: 1 },
      scanType: "FIXED",
      trackingType: "NONE",
      detectionDefinition: [
        {
          locationType: { rangeBearingUnits: "DEGREES_M", rangeBearingDatum: "TRUE" },
          detectionReport: [
            { category: "SIGNAL", type: "centre_frequency", units: "MHz" },
            { category: "SIGNAL", type: "amplitude", units: "dBm" },
          ],
        },
      ],
      task: {
        regionDefinition: {
          regionType: ["AREA_OF_INTEREST"],
          regionArea: [{ rangeBearingUnits: "DEGREES_M", rangeBearingDatum: "TRUE" }],
        },
      },
    },
  ],
  configData: [{ manufacturer: "Picket", model: "Simulated sensor" }],
});
