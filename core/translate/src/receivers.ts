import { categoryOf, NACP_M } from "@picket/adsb";
import type { DecodeError } from "@picket/bytes";
import type { Detection, Input, RawReference, Sensor, Signal } from "@picket/model";
import {
  createReceiverDecoder,
  type Presence,
  type ReceivedAircraft,
  type ReceiverKind,
  type ReceiverRecord,
  type Reception,
} from "@picket/receivers";
import { type AircraftState, createAircraftInputs } from "./aircraft-inputs.ts";
import { type BroadcastState, createBroadcastInputs } from "./broadcast-inputs.ts";
import { present } from "./present.ts";
import { createReceiverHealth, PLAUSIBLE_DELAY_MS, type ReceiverHealthState } from "./receiver-health.ts";
import { createRecordStreams, type StreamsState } from "./record-streams.ts";
import type { Translator, TranslatorOptions } from "./translator.ts";

/** Where a translator of receivers stands between two chunks. */
export type ReceiversSnapshot = Readonly<{
  protocol: ReceiverKind;
  streams: StreamsState;
  broadcasts: BroadcastState;
  aircraft: AircraftState;
  health: ReceiverHealthState;
}>;

/** How old the position of an aircraft is, which no box says. */
const AIRCRAFT_SIGMA_MS = 2000;
const PRESENCE_SIGMA_MS = 1000;

/**
 * Translates what Remote ID boxes send: broadcasts as claims and positions, encrypted DJI drones and signals as presence, aircraft, and
 * the box's own health. A message that names a sensor of the site (its id, or a name that reads as it) stands for that one, any other
 * for the feed's.
 */
export function createReceiversTranslator(
  kind: ReceiverKind,
  options: TranslatorOptions & { sensor: Sensor },
  snapshot?: ReceiversSnapshot,
): Translator {
  const { feed, sensor: own, sensors, reality, framing = "stream", legalBasis } = options;
  const streams = createRecordStreams<ReceiverRecord>((from) => createReceiverDecoder(kind, from), framing, snapshot?.streams);
  const broadcasts = createBroadcastInputs(reality, snapshot?.broadcasts);
  const aircraftInputs = createAircraftInputs(reality, snapshot?.aircraft);
  const health = createReceiverHealth(reality, snapshot?.health);
  const named = new Map<string, Sensor>(sensors.map((sensor) => [sensor.id, sensor]));

  return {
    bytes(chunk, receivedMs, from, sequence) {
      const { records, errors } = streams.push(chunk, from);
      const answer = { inputs: [] as Input[], records: records.length, rejected: [...errors] as DecodeError[] };
      for (const record of records) translateRecord(record, receivedMs, { feed, sequence }, answer);
      return answer;
    },
    snapshot: (): ReceiversSnapshot => ({
      protocol: kind,
      streams: streams.snapshot(),
      broadcasts: broadcasts.snapshot(),
      aircraft: aircraftInputs.snapshot(),
      health: health.snapshot(),
    }),
  };

  function translateRecord(
    record: ReceiverRecord,
    receivedMs: number,
    raw: RawReference,
    answer: { inputs: Input[]; rejected: DecodeError[] },
  ): void {
    const sensor = named.get(idOf(record.receiver)) ?? own;
    // Recordings and drills are stamped by the clocks of their day.
    const isTimed = reality === "live" && record.heardMs !== undefined;
    const report = isTimed && health.clock(record.heardMs - receivedMs, sensor, receivedMs);
    if (report) answer.inputs.push(report);
    switch (record.kind) {
      case "reception": {
        if (record.source === "dji" && legalBasis === undefined) return void answer.rejected.push(unlawful("DJI DroneID"));
        const { inputs, errors } = translateReception(record, sensor, receivedMs, raw);
        answer.inputs.push(...inputs.map((input) => placed(input, sensor)));
        answer.rejected.push(...errors);
        return;
      }
      case "presence":
        if (legalBasis === undefined) return void answer.rejected.push(unlawful(record.label));
        answer.inputs.push(placed(translatePresence(record, sensor, receivedMs, raw), sensor));
        return;
      case "aircraft":
        answer.inputs.push(
          ...translateAircraft(record, { ...sensor, ...health.placeOf(sensor) }, receivedMs, raw).map((input) =>
            placed(input, sensor),
          ),
        );
        return;
      case "health":
        answer.inputs.push(health.report(record, sensor, receivedMs));
        return;
      default:
        record satisfies never;
    }
  }

  /** With where its sensor stood, where that is not its configured place. */
  function placed(input: Input, sensor: Sensor): Input {
    const sensorPlace = health.placeOf(sensor);
    return sensorPlace && input.kind === "scan" ? { ...input, sensorPlace } : input;
  }

  function translateReception(record: Reception, sensor: Sensor, receivedMs: number, raw: RawReference) {
    const { heardMs, offset } = hearingOf(record, receivedMs);
    return broadcasts.of({
      system: record.source,
      messages: record.messages,
      address: record.transmitter,
      signal: signalOf(record),
      clock: { capturedMs: heardMs, receivedMs: heardMs },
      receivedMs,
      ...offset,
      sensor,
      raw,
    });
  }

  /** Heard within the receiver's range, in words that say it was not decoded: nothing more is known. */
  function translatePresence(record: Presence, sensor: Sensor, receivedMs: number, raw: RawReference): Input {
    const value = record.what === "dji-encrypted" ? `seen, not decoded: ${record.label}` : `signal: ${record.label}`;
    const detection: Detection = {
      measurement: { kind: "presence", radiusM: sensor.rangeMaxM },
      emitter: record.what === "dji-encrypted" ? "aircraft" : "unknown",
      ...signalOf(record, record.bandwidthMhz),
      claims: [{ kind: "session", value: value.slice(0, 64) }],
    };
    const times = { measuredMs: hearingOf(record, receivedMs).heardMs, measuredSigmaMs: PRESENCE_SIGMA_MS, receivedMs };
    return { kind: "scan", sensor: sensor.id, ...times, reality, detections: [detection], raw };
  }

  function translateAircraft(record: ReceivedAircraft, sensor: Sensor, receivedMs: number, raw: RawReference): Input[] {
    const { heardMs } = hearingOf(record, receivedMs);
    const aircraft = {
      ...record,
      category: record.categoryCode === undefined ? undefined : categoryOf(record.categoryCode),
      positionSource: "other" as const,
      horizontalAccuracyM: record.nacP === undefined ? undefined : NACP_M[Math.floor(record.nacP)],
      verticalAccuracyM: undefined,
      speedAccuracyMps: undefined,
      containmentM: undefined,
    };
    return aircraftInputs.of(aircraft, { measuredMs: heardMs, measuredSigmaMs: AIRCRAFT_SIGMA_MS, receivedMs }, sensor, raw);
  }
}

/** A receiver's name for itself as the id that a sensor of the site would have. */
const idOf = (receiver = ""): string => receiver.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");

const unlawful = (what: string): DecodeError => ({
  code: "no-legal-basis",
  item: "feed",
  at: 0,
  detail: `${what} is left until the feed states its legalBasis`,
});

/** When the receiver heard it, by our clock, and how far its own is off. */
function hearingOf({ heardMs }: ReceiverRecord, receivedMs: number) {
  if (heardMs === undefined) return { heardMs: receivedMs, offset: {} };
  const delayMs = receivedMs - heardMs;
  const isPlausible = delayMs >= 0 && delayMs <= PLAUSIBLE_DELAY_MS;
  return { heardMs: isPlausible ? heardMs : receivedMs, offset: { receiverOffsetMs: -delayMs } };
}

function signalOf(
  { rssiDbm, frequencyMhz }: Pick<ReceiverRecord, "rssiDbm" | "frequencyMhz">,
  bandwidthMhz?: number,
): { signal?: Signal } {
  const signal = present({ rssiDbm, frequencyMhz, bandwidthMhz });
  return Object.keys(signal).length > 0 ? { signal } : {};
}
