import { type Aircraft, type AircraftReport, createAdsbDecoder } from "@picket/adsb";
import type { DecodeError } from "@picket/bytes";
import type { Input, RawReference, Sensor, SensorReport } from "@picket/model";
import { type AircraftState, createAircraftInputs } from "./aircraft-inputs.ts";
import { createRecordStreams, type StreamsState } from "./record-streams.ts";
import type { Translator, TranslatorOptions } from "./translator.ts";

/** Where an ADS-B translator stands between two chunks. */
export type AdsbSnapshot = Readonly<{
  protocol: "adsb";
  streams: StreamsState;
  aircraft: AircraftState;
  clock: ReceiverClock | undefined;
  ear?: ReceiverEar;
}>;

/**
 * The receiver's clock as it last moved on, and when we heard of that. `isFirst` until it has moved on, where its first word was not
 * near our own time: a wrong clock, or the old page of a receiver that died before we began to listen.
 */
type ReceiverClock = Readonly<{ nowMs: number; receivedMs: number; isFirst?: true }>;

/** How many messages the receiver had decoded when that last changed, and when we heard of that. */
type ReceiverEar = Readonly<{ messages: number; receivedMs: number }>;

/** A position heard longer ago than this is no position of now. */
const STALE_S = 15;
/** Documents whose time stands still for longer come from a web server whose receiver has died. */
const STOOD_STILL_MS = 5000;
/** A receiver that has decoded nothing for longer has a quiet sky, or no antenna. */
const DEAF_MS = 600_000;
/** A first document this near our own time is of now. */
const NEAR_MS = 10_000;
/** Of ages that receivers round, and of the way here. */
const AGE_SIGMA_MS = 300;

/** Translates aircraft.json and readsb's JSON lines. Aircraft become claims and positions; a receiver that died is told as failed. */
export function createAdsbTranslator(options: TranslatorOptions & { sensor: Sensor }, snapshot?: AdsbSnapshot): Translator {
  const { feed, sensor, reality, framing = "stream" } = options;
  const streams = createRecordStreams<AircraftReport>(createAdsbDecoder, framing, snapshot?.streams);
  const aircraftInputs = createAircraftInputs(reality, snapshot?.aircraft);
  let clock = snapshot?.clock;
  let ear = snapshot?.ear;

  return {
    bytes(chunk, receivedMs, from, sequence) {
      const { records, errors } = streams.push(chunk, from);
      const answer = { inputs: [] as Input[], records: 0, rejected: [...errors] as DecodeError[] };
      for (const report of records) {
        answer.records += Math.max(1, report.aircraft.length);
        if (report.isComplete) answer.inputs.push(healthOf(report, receivedMs));
        if (report.isComplete && (clock?.isFirst || isStandingStill(receivedMs))) {
          const detail = clock?.isFirst ? firstWord(clock) : "the receiver's time does not move on";
          answer.rejected.push({ code: "stood-still", item: "/now", at: 0, detail });
          continue;
        }
        for (const aircraft of report.aircraft)
          answer.inputs.push(...translateAircraft(aircraft, report, receivedMs, { feed, sequence }));
      }
      return answer;
    },
    snapshot: (): AdsbSnapshot => ({
      protocol: "adsb",
      streams: streams.snapshot(),
      aircraft: aircraftInputs.snapshot(),
      clock,
      ...(ear && { ear }),
    }),
  };

  /** Every document says how the receiver is, also when it hears nothing. */
  function healthOf({ nowMs, messages }: AircraftReport, receivedMs: number): SensorReport {
    if (messages === undefined) ear = undefined;
    else if (messages !== ear?.messages) ear = { messages, receivedMs };
    if (nowMs !== undefined && nowMs !== clock?.nowMs) {
      const isOfNow = clock !== undefined || Math.abs(receivedMs - nowMs) <= NEAR_MS;
      clock = { nowMs, receivedMs, ...(!isOfNow && { isFirst: true }) };
    }
    const report = { kind: "sensorReport", sensor: sensor.id, receivedMs, reality } as const;
    if (!isStandingStill(receivedMs)) {
      if (clock?.isFirst) return { ...report, state: "degraded", detail: `Not shown yet: ${firstWord(clock)}` };
      const deafMs = receivedMs - (ear?.receivedMs ?? receivedMs);
      if (deafMs <= DEAF_MS) return { ...report, state: "working" };
      const detail = `The receiver has decoded no message for ${Math.round(deafMs / 60_000)} min: a quiet sky, or its antenna is off`;
      return { ...report, state: "degraded", detail };
    }
    const stillS = Math.round((receivedMs - (clock?.receivedMs ?? receivedMs)) / 1000);
    return {
      ...report,
      state: "failed",
      detail: `The receiver's aircraft.json has not changed for ${stillS} s: its decoder has stopped`,
    };
  }

  function isStandingStill(receivedMs: number): boolean {
    return clock !== undefined && receivedMs - clock.receivedMs > STOOD_STILL_MS;
  }

  function translateAircraft(aircraft: Aircraft, report: AircraftReport, receivedMs: number, raw: RawReference): Input[] {
    const { positionAgeS, heardAgeS, emergency } = aircraft;
    const ageS = (aircraft.latDeg === undefined ? heardAgeS : positionAgeS) ?? heardAgeS ?? 0;
    if (ageS > STALE_S) return [];
    const times = {
      measuredMs: receivedMs - ageS * 1000,
      measuredSigmaMs: AGE_SIGMA_MS,
      receivedMs,
      ...(report.nowMs !== undefined && { clockOffsetMs: report.nowMs - receivedMs }),
    };
    return aircraftInputs.of({ ...aircraft, isEmergency: emergency !== undefined }, times, sensor, raw);
  }
}

/** What a first document says of itself that is not near our own time. */
function firstWord({ nowMs, receivedMs }: ReceiverClock): string {
  const offS = Math.round(Math.abs(receivedMs - nowMs) / 1000);
  return `its time is ${offS} s ${nowMs < receivedMs ? "behind" : "ahead of"} ours and has not moved on: a wrong clock, or an old page`;
}
