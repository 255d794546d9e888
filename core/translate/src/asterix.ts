import { type AsterixEditions, type AsterixRecord, createAsterixDecoder, type Items } from "@picket/asterix";
import type { DecodeError } from "@picket/bytes";
import { type Detection, type Input, leastReal, type Reality, type Scan, type Sensor } from "@picket/model";
import { type AircraftState, createAircraftInputs, type HeardAircraft } from "./aircraft-inputs.ts";
import { aircraftReality, aircraftTimeS, heardOf } from "./asterix-aircraft.ts";
import { type Located, multilateratedOf, surfaceTargetOf } from "./asterix-located.ts";
import { type Context, createAsterixLooks, type SweepStates } from "./asterix-looks.ts";
import { isNonCooperativeTrack, nonCooperativeOf, nonCooperativeReality } from "./asterix-non-cooperative.ts";
import { type StationReport, sensorStatusOf, stationReportOf, surfaceStatusOf, systemStatusOf } from "./asterix-station.ts";
import { type AsterixStreamsState, createAsterixStreams } from "./asterix-streams.ts";
import { type StampedTimes, timesOfDay } from "./asterix-time.ts";
import { systemTrackOf, trackReality, uasOf, uasOrigin } from "./asterix-track.ts";
import type { Refuse } from "./refuse.ts";
import type { Translator, TranslatorOptions } from "./translator.ts";
import { type TrueNorth, trueNorth } from "./true-north.ts";

/** Where an ASTERIX translator stands between two chunks. */
export type AsterixSnapshot = Readonly<{
  protocol: "asterix";
  streams: AsterixStreamsState;
  sweeps: SweepStates;
  aircraft: AircraftState;
}>;

/**
 * Translates ASTERIX: plots (048, 015, 010) to detections, the antenna's messages (034) and status reports (063, 065) to looks and health,
 * aircraft (021, 020), system tracks (062) and UAS reports (129) to claims and positions. A sensor is told by its SAC and SIC; the feed's
 * own stands for all that no sensor names.
 */
export function createAsterixTranslator(options: TranslatorOptions, snapshot?: AsterixSnapshot): Translator {
  const { asterix: { own, editions = {} } = {}, feed, framing = "stream" } = options;
  const decoder = createAsterixDecoder(editions as AsterixEditions);
  const streams = createAsterixStreams(framing, snapshot?.streams);
  const looks = createAsterixLooks(options, snapshot?.sweeps);
  const aircraftInputs = createAircraftInputs(options.reality, snapshot?.aircraft);
  const sensors = new Map<string, Sensor>();
  for (const sensor of options.sensors) if (sensor.asterix) sensors.set(`${sensor.asterix.sac}/${sensor.asterix.sic}`, sensor);

  return {
    bytes(chunk, receivedMs, from, sequence) {
      const { datagrams, errors } = streams.push(chunk, from, receivedMs);
      const rejected: DecodeError[] = [...errors];
      const inputs: Input[] = [];
      let records = 0;
      for (const { bytes, heard } of datagrams) {
        const decoded = decoder.decode(bytes);
        rejected.push(...decoded.errors);
        records += decoded.records.length;
        translateDatagram(decoded.records, { heard, raw: { feed, sequence }, inputs }, rejected);
      }
      return { inputs, records, rejected };
    },
    snapshot: (): AsterixSnapshot => ({
      protocol: "asterix",
      streams: streams.snapshot(),
      sweeps: looks.snapshot(),
      aircraft: aircraftInputs.snapshot(),
    }),
  };

  function translateDatagram(records: readonly AsterixRecord[], common: Omit<Context, "refuse">, rejected: DecodeError[]): void {
    for (const record of records) {
      const refuse: Refuse = (code, item, detail) => rejected.push({ code, item, at: record.at, detail });
      const context = { ...common, refuse };
      for (const item of record.outOfRange) refuse("out-of-range", item, "not what the standard allows: read as unknown");
      const sensor = sensorOf(record, refuse);
      if (!sensor) continue;
      if (record.category === 48) looks.plot(record.items, sensor, context);
      else {
        looks.flush(common);
        translateOther(record, sensor, context);
      }
    }
    looks.flush(common);
  }

  /** Whose record it is: of a status that a tracking system tells of its sensor, the sensor's. Our own come back is nobody's. */
  function sensorOf({ category, items }: AsterixRecord, refuse: Refuse): Sensor | undefined {
    if (own && items.i010?.sac === own.sac && items.i010.sic === own.sic) {
      refuse("own-track", "i010", `SAC/SIC ${own.sac}/${own.sic} is what this site sends itself`);
      return undefined;
    }
    const identifier = category === 63 ? items.i050 : items.i010;
    const source = identifier && `${identifier.sac}/${identifier.sic}`;
    const sensor = sensors.get(source ?? "") ?? (category === 63 ? undefined : options.sensor);
    if (!sensor)
      refuse("unknown-sensor", category === 63 ? "i050" : "i010", `no sensor has SAC/SIC ${source ?? "of a record without one"}`);
    return sensor;
  }

  function translateOther(record: Exclude<AsterixRecord, { category: 48 }>, sensor: Sensor, context: Context): void {
    switch (record.category) {
      case 10:
        say(surfaceStatusOf(record.items), sensor, context);
        return translateLocated(
          surfaceTargetOf(record.items, sensor, northOf(sensor, context), context.refuse),
          record.items,
          sensor,
          context,
        );
      case 15:
        return translateNonCooperative(record.items, sensor, context);
      case 20:
        return translateLocated(
          multilateratedOf(record.items, sensor, northOf(sensor, context), context.refuse),
          record.items,
          sensor,
          context,
        );
      case 21:
        return translateAircraft(record.items, sensor, context);
      case 34:
        say(stationReportOf(record.items, sensor), sensor, context);
        return looks.station(record.items, sensor, context);
      case 62:
        return translateTrack(record.items, sensor, context);
      case 63:
        return say(sensorStatusOf(record.items), sensor, context);
      case 65:
        return say(systemStatusOf(record.items), sensor, context);
      case 129:
        return translateUas(record.items, sensor, context);
      default:
        return record satisfies never;
    }
  }

  /** A sensor's word on itself, or its system's on it. */
  function say(report: StationReport | undefined, sensor: Sensor, { heard: { receivedMs }, inputs }: Context): void {
    if (report) inputs.push({ kind: "sensorReport", sensor: sensor.id, receivedMs, reality: options.reality, ...report });
  }

  /** With an address it is an aircraft as any receiver tells of one; else a detection. */
  function translateLocated(
    located: Located | undefined,
    { i140 }: Items<10> | Items<20>,
    sensor: Sensor,
    context: Context,
  ): void {
    if (!located || !looks.isUsed(located.isTrack, sensor, context)) return;
    const times = timesOfDay(i140?.timeOfDayS, context.heard);
    const reality = leastReal(options.reality, located.reality);
    if (located.aircraft) addAircraft(located.aircraft, times, reality, sensor, context);
    else if (located.detection) looks.detection(located.detection, times, reality, sensor, context);
  }

  function translateTrack(items: Items<62>, sensor: Sensor, { heard, inputs, raw, refuse }: Context): void {
    const times = timesOfDay(items.i070?.timeOfTrackInformationS, heard);
    const detection = systemTrackOf(items, times.measuredMs, refuse);
    if (!detection) return;
    const scan: Scan = {
      kind: "scan",
      sensor: sensor.id,
      ...times,
      reality: leastReal(options.reality, trackReality(items)),
      detections: [detection],
      raw,
    };
    inputs.push(scan);
  }

  /** An ADS-B station's aircraft mean what any receiver's do. */
  function translateAircraft(items: Items<21>, sensor: Sensor, context: Context): void {
    const aircraft = heardOf(items);
    const reality = leastReal(options.reality, aircraftReality(items));
    if (aircraft) addAircraft(aircraft, timesOfDay(aircraftTimeS(items), context.heard), reality, sensor, context);
  }

  function addAircraft(
    aircraft: HeardAircraft,
    times: StampedTimes,
    reality: Reality,
    sensor: Sensor,
    { inputs, raw }: Context,
  ): void {
    for (const input of aircraftInputs.of(aircraft, times, sensor, raw))
      inputs.push(input.kind === "scan" || input.kind === "claim" ? { ...input, reality } : input);
  }

  function translateNonCooperative(items: Items<15>, sensor: Sensor, context: Context): void {
    const detection = nonCooperativeOf(items, sensor, northOf(sensor, context), context.refuse);
    if (!detection || !looks.isUsed(isNonCooperativeTrack(items), sensor, context)) return;
    const times = timesOfDay(items.i145?.timeOfApplicabilityS, context.heard);
    looks.detection(detection, times, leastReal(options.reality, nonCooperativeReality(items)), sensor, context);
  }

  function translateUas(items: Items<129>, sensor: Sensor, { heard, inputs, raw }: Context): void {
    const times = timesOfDay(items.i070?.timeOfDayS, heard);
    const { identities, measurement } = uasOf(items);
    const { reality } = options;
    const origin = uasOrigin(items);
    if (identities.length > 0) inputs.push({ kind: "claim", sensor: sensor.id, ...times, reality, origin, identities, raw });
    if (!measurement) return;
    const detection: Detection = {
      measurement,
      emitter: "aircraft",
      ...(identities.length > 0 && { claims: identities }),
      origin: `${origin}@${times.measuredMs}`,
    };
    inputs.push({ kind: "scan", sensor: sensor.id, ...times, reality, detections: [detection], raw });
  }
}

const northOf = (sensor: Sensor, { heard }: Context): TrueNorth => trueNorth(sensor, heard.receivedMs);
