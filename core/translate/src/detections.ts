import type { DecodeError } from "@picket/bytes";
import type { Input, Sensor } from "@picket/model";
import { createLineSplitter, type SplitterState } from "./line-splitter.ts";
import { readLine } from "./read-line.ts";
import type { Refuse } from "./refuse.ts";
import { translateLine } from "./translate-line.ts";
import type { Translator, TranslatorOptions } from "./translator.ts";

/** Where a detections translator stands between two chunks. */
export type DetectionsSnapshot = Readonly<{ protocol: "detections"; lines: SplitterState }>;

/** Translates Picket's JSON Lines detection format. What cannot be used is refused at the smallest part: a detection, else its line. */
export function createDetectionsTranslator(options: TranslatorOptions, snapshot?: DetectionsSnapshot): Translator {
  const { feed, reality, framing = "stream" } = options;
  const splitter = createLineSplitter(framing, snapshot?.lines);
  const sensors = new Map<string, Sensor>(options.sensors.map((sensor) => [sensor.id, sensor]));

  return {
    bytes(chunk, receivedMs, from, sequence) {
      const { lines, errors } = splitter.push(chunk, from);
      const inputs: Input[] = [];
      const rejected: DecodeError[] = [...errors];
      let records = 0;
      for (const { text, at } of lines) {
        const refuse: Refuse = (code, item, detail) => rejected.push({ code, item, at, detail });
        const line = readLine(text, refuse);
        if (line === undefined) continue;
        const sensor = sensors.get(line.sensor);
        if (sensor === undefined) {
          refuse("unknown-sensor", "sensor", `${line.sensor} is not a sensor of this site`);
          continue;
        }
        const meant = translateLine(line, { sensor, reality, receivedMs, raw: { feed, sequence }, refuse });
        if (meant.length > 0) records++;
        inputs.push(...meant);
      }
      return { inputs, records, rejected };
    },
    snapshot: (): DetectionsSnapshot => ({ protocol: "detections", lines: splitter.snapshot() }),
  };
}
