import { createSbsDecoder, type SbsMessage } from "@picket/adsb";
import type { DecodeError } from "@picket/bytes";
import type { Input, RawReference, Sensor } from "@picket/model";
import { type AircraftState, type AircraftTimes, createAircraftInputs } from "./aircraft-inputs.ts";
import { MAX_SENDERS } from "./event-names.ts";
import { createRecordStreams, type StreamsState } from "./record-streams.ts";
import type { Translator, TranslatorOptions } from "./translator.ts";

/** Where an SBS-1 translator stands between two chunks. */
export type SbsSnapshot = Readonly<{
  protocol: "sbs";
  streams: StreamsState;
  aircraft: AircraftState;
  flights: readonly (readonly [string, Flight])[];
}>;

/** What earlier lines said of an aircraft: each line says a part. */
type Flight = Readonly<{
  callsign?: string;
  squawk?: string;
  isEmergency?: boolean;
  isOnGround?: boolean;
  speedMps?: number;
  trackDeg?: number;
  verticalSpeedMps?: number;
  velocityMs?: number;
}>;

/** A velocity older than this is not the velocity of a position. */
const VELOCITY_FRESH_MS = 5000;
/** All time zones are whole quarters of an hour: what is left of the difference of two clocks is delay and error. */
const QUARTER_MS = 900_000;
const PLAUSIBLE_DELAY_MS = 10_000;
const STAMPED_SIGMA_MS = 200;
const HEARD_SIGMA_MS = 1000;

/** Translates lines of SBS-1. A position takes the call sign, velocity and state that other lines of its aircraft told before. */
export function createSbsTranslator(options: TranslatorOptions & { sensor: Sensor }, snapshot?: SbsSnapshot): Translator {
  const { feed, sensor, reality, framing = "stream" } = options;
  const streams = createRecordStreams<SbsMessage>(createSbsDecoder, framing, snapshot?.streams);
  const aircraftInputs = createAircraftInputs(reality, snapshot?.aircraft);
  const flights = new Map<string, Flight>(snapshot?.flights);

  return {
    bytes(chunk, receivedMs, from, sequence) {
      const { records, errors } = streams.push(chunk, from);
      const inputs: Input[] = [];
      for (const message of records) inputs.push(...translateMessage(message, receivedMs, { feed, sequence }));
      return { inputs, records: records.length, rejected: [...errors] as DecodeError[] };
    },
    snapshot: (): SbsSnapshot => ({
      protocol: "sbs",
      streams: streams.snapshot(),
      aircraft: aircraftInputs.snapshot(),
      flights: [...flights],
    }),
  };

  function translateMessage(message: SbsMessage, receivedMs: number, raw: RawReference): Input[] {
    const times = timesOf(message, receivedMs);
    const flight = remember(message, times.measuredMs);
    const isNews = message.latDeg !== undefined || message.callsign !== undefined || message.isOnGround === true;
    if (!isNews) return [];
    const isMoving = flight.velocityMs !== undefined && times.measuredMs - flight.velocityMs <= VELOCITY_FRESH_MS;
    return aircraftInputs.of(
      {
        ...message,
        callsign: flight.callsign,
        squawk: flight.squawk,
        isEmergency: flight.isEmergency ?? false,
        isOnGround: flight.isOnGround,
        speedMps: isMoving ? flight.speedMps : undefined,
        trackDeg: isMoving ? flight.trackDeg : undefined,
        verticalSpeedMps: isMoving ? flight.verticalSpeedMps : undefined,
        category: undefined,
        positionSource: message.messageType === "MLAT" ? "mlat" : "adsb",
        altHaeM: undefined,
        horizontalAccuracyM: undefined,
        verticalAccuracyM: undefined,
        speedAccuracyMps: undefined,
        containmentM: undefined,
      },
      times,
      sensor,
      raw,
    );
  }

  function remember(message: SbsMessage, measuredMs: number): Flight {
    const { address, callsign, squawk, isEmergency, isOnGround, speedMps, trackDeg, verticalSpeedMps } = message;
    const flight: Flight = {
      ...flights.get(address),
      ...(callsign !== undefined && { callsign }),
      ...(squawk !== undefined && { squawk }),
      ...(isEmergency !== undefined && { isEmergency }),
      ...(isOnGround !== undefined && { isOnGround }),
      ...(verticalSpeedMps !== undefined && { verticalSpeedMps }),
      ...(speedMps !== undefined && trackDeg !== undefined && { speedMps, trackDeg, velocityMs: measuredMs }),
    };
    flights.delete(address);
    flights.set(address, flight);
    const [oldest] = flights.keys();
    if (flights.size > MAX_SENDERS && oldest !== undefined) flights.delete(oldest);
    return flight;
  }
}

/** The delay is what the receiver host's calendar clock lags behind ours, whatever its time zone, when that is plausible. */
function timesOf({ generatedLocalMs }: SbsMessage, receivedMs: number): AircraftTimes {
  if (generatedLocalMs === undefined) return { measuredMs: receivedMs, measuredSigmaMs: HEARD_SIGMA_MS, receivedMs };
  const apartMs = receivedMs - generatedLocalMs;
  const delayMs = apartMs - Math.round(apartMs / QUARTER_MS) * QUARTER_MS;
  if (delayMs < 0 || delayMs > PLAUSIBLE_DELAY_MS)
    return { measuredMs: receivedMs, measuredSigmaMs: HEARD_SIGMA_MS, receivedMs, clockOffsetMs: -delayMs };
  return { measuredMs: receivedMs - delayMs, measuredSigmaMs: STAMPED_SIGMA_MS, receivedMs, clockOffsetMs: -delayMs };
}
