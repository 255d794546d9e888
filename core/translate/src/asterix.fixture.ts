import { feedId, Input, type Scan, type Sensor, sensorId, validate } from "@picket/model";
import { createTranslator, type Translated, type TranslatorOptions } from "./index.ts";

/** 2026-11-21 12:00:00 UTC. */
export const NOON_MS = 1_795_262_400_000;
export const DAY_MS = 86_400_000;
export const SOURCE = { sac: 25, sic: 3 };
export const RADAR: Sensor = {
  id: sensorId.parse("radar-1"),
  name: "Radar",
  kind: "radar",
  latDeg: 32.55,
  lonDeg: -117.04,
  height: { valueM: 100, sigmaM: 1, reference: "msl" },
  rangeMaxM: 10_000,
  rangeSigmaM: 5,
  azimuthSigmaDeg: 0.5,
  revisitMs: 1000,
  asterix: SOURCE,
};
const TRACKER: Sensor = {
  id: sensorId.parse("sdps"),
  name: "Tracker",
  kind: "other",
  latDeg: 32.55,
  lonDeg: -117.04,
  rangeMaxM: 200_000,
  covers: false,
  asterix: { sac: 25, sic: 100 },
};

export const make = (more: Partial<TranslatorOptions> = {}, snapshot?: unknown) =>
  createTranslator(
    {
      feed: feedId.parse("asterix"),
      protocol: "asterix",
      sensors: [RADAR, TRACKER],
      reality: "live",
      framing: "datagram",
      ...more,
    },
    snapshot,
  );

/** What a chunk comes to, each input of it held to the model. */
export function translate(chunk: Uint8Array, nowMs = NOON_MS, translator = make()): Translated {
  const translated = translator.bytes(chunk, nowMs, "192.0.2.7:8600", 42);
  for (const input of translated.inputs) {
    const answer = validate(Input, input);
    if (!answer.ok) throw new TypeError(`What is translated must be an input: ${JSON.stringify(answer.faults)}`);
  }
  return translated;
}
export const scansOf = ({ inputs }: Translated): readonly Scan[] => inputs.filter((input) => input.kind === "scan");
