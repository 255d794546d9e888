import { createLocalFrame, distanceM, fromEnu, type GeoPoint, type LocalFrame, toEnuInto } from "@picket/geo";
import type { DetectionLine, FeedId, ObjectClass, Scenario, SensorKind, SimulatedSensor } from "@picket/model";
import { flyScenario } from "./flights.ts";
import { createRandom, type Random } from "./random.ts";
import { lookOfAcousticArray } from "./sensors/acoustic-array.ts";
import { createAdsbReceiver } from "./sensors/adsb-receiver.ts";
import { type Air, forEachPresent } from "./sensors/air.ts";
import { createAsterixVoice } from "./sensors/asterix-voice.ts";
import { createBroadcaster } from "./sensors/broadcaster.ts";
import { lookOfDirectionFinder } from "./sensors/direction-finder.ts";
import { lookOfRadar } from "./sensors/radar.ts";
import { receivedDbm } from "./sensors/radio-path.ts";
import type { ReceiverVoice } from "./sensors/receiver-voice.ts";
import { createReceiverVoice } from "./sensors/remote-id-receiver.ts";
import { createSapientVoice } from "./sensors/sapient-voice.ts";
import { type Stand, standOf, viewFrom } from "./sensors/stand.ts";
import type { Voice } from "./sensors/voice.ts";

/**
 * Bytes that reach a feed at `atMs`, Unix milliseconds, `from` a sensor by its id, or from the topic it publishes at. What `opens` a
 * connection is sent first on each.
 */
export type WireEvent = Readonly<{ atMs: number; feed: FeedId; bytes: Uint8Array; from: string; opens?: true }>;

/** Where an object truly is: only a judge may know. */
export type TrueState = Readonly<{
  id: string;
  class: ObjectClass;
  latDeg: number;
  lonDeg: number;
  altHaeM: number;
  eastMps: number;
  northMps: number;
  upMps: number;
}>;

/** Where a person's phone says they are. */
export type WalkState = Readonly<{ person: string; latDeg: number; lonDeg: number; sigmaM: number }>;

export type Simulation = {
  /** Every object that is in the air at `tMs`, Unix milliseconds. Phantoms are not. */
  truth(tMs: number): TrueState[];
  /** Where the people who walk about are at `tMs`. */
  walks(tMs: number): WalkState[];
  /** All that reaches the feeds up to `toMs` and was not given before, in order of time. */
  step(toMs: number): WireEvent[];
};

/** Something that acts at times of its own: a sensor that looks, or a broadcast that is sent. */
type Actor = { nextMs: number; readonly periodMs: number; act(tS: number, atMs: number): WireEvent[] };

/** Between two words of a sensor that says how it is. */
const STATUS_MS = 2000;
/** From the look to the site's socket, milliseconds. */
const LATENCY_MS = { least: 15, most: 60 };
const HEARD_ABOVE_DBM = -98;
const HEARS = 0.95;
const PHONE_SIGMA_M = 8;
const TEXT = new TextEncoder();

/**
 * Plays a scenario from `startMs` on. The same scenario, seed and start give the same bytes, however the time is cut into steps:
 * each actor draws from a chance of its own.
 */
export function createSimulation(scenario: Scenario, seed: string | number, startMs: number): Simulation {
  const random = createRandom(seed);
  const { latDeg, lonDeg, groundHaeM } = scenario;
  const frame = createLocalFrame({ latDeg, lonDeg, altHaeM: groundHaeM });
  const air: Air = { frame, flown: flyScenario(scenario, frame, random.fork("flights")) };
  const receivers = remoteIdReceivers(scenario, air);
  const actors = [
    ...sensorActors(scenario, air, random, startMs),
    ...statusActors(receivers, random, startMs),
    ...broadcastActors(receivers, scenario, air, random, startMs),
  ];
  const secondAt = (ms: number) => scenarioSecond(scenario, ms - startMs);
  let waiting: WireEvent[] = [];

  return {
    truth(tMs) {
      const tS = secondAt(tMs);
      return tS === undefined ? [] : truthAt(air, tS);
    },
    walks: (tMs) => (secondAt(tMs) === undefined ? [] : scenario.walks.map((walk) => walkAt(walk, (tMs - startMs) / 1000))),
    step(toMs) {
      for (const actor of actors) {
        while (actor.nextMs <= toMs) {
          const tS = secondAt(actor.nextMs);
          if (tS !== undefined) waiting.push(...actor.act(tS, actor.nextMs));
          actor.nextMs += actor.periodMs;
        }
      }
      const due = waiting.filter(({ atMs }) => atMs <= toMs).sort(byTimeThenFeed);
      waiting = waiting.filter(({ atMs }) => atMs > toMs);
      return due;
    },
  };
}

const byTimeThenFeed = (a: WireEvent, b: WireEvent): number =>
  a.atMs - b.atMs || (a.feed < b.feed ? -1 : a.feed > b.feed ? 1 : 0);

/** The scenario's own second, or `undefined` before its start and after the end of one that does not loop. */
function scenarioSecond({ durationS, loops }: Scenario, elapsedMs: number): number | undefined {
  const tS = elapsedMs / 1000;
  if (tS < 0 || (tS > durationS && !loops)) return undefined;
  return loops ? tS % durationS : tS;
}

function truthAt(air: Air, tS: number): TrueState[] {
  const all: TrueState[] = [];
  forEachPresent(air, tS, ({ id, object }, state) => {
    if (object.phantom) return;
    const [e = 0, n = 0, u = 0, eastMps = 0, northMps = 0, upMps = 0] = state;
    all.push({ id, class: object.class, ...fromEnu(air.frame, [e, n, u]), eastMps, northMps, upMps });
  });
  return all;
}

/** To and fro along a line at a steady pace. */
function walkAt({ person, line, speedMps }: Scenario["walks"][number], elapsedS: number): WalkState {
  const points: GeoPoint[] = line.map(([lonDeg, latDeg]) => ({ latDeg, lonDeg }));
  const legs = points.slice(1).map((to, i) => ({ from: points[i] ?? to, to, lengthM: distanceM(points[i] ?? to, to) }));
  const totalM = legs.reduce((sum, { lengthM }) => sum + lengthM, 0);
  const along = (speedMps * elapsedS) % (2 * totalM);
  let leftM = along > totalM ? 2 * totalM - along : along;
  for (const { from, to, lengthM } of legs) {
    if (leftM <= lengthM) {
      const share = lengthM === 0 ? 0 : leftM / lengthM;
      const latDeg = from.latDeg + share * (to.latDeg - from.latDeg);
      return { person, latDeg, lonDeg: from.lonDeg + share * (to.lonDeg - from.lonDeg), sigmaM: PHONE_SIGMA_M };
    }
    leftM -= lengthM;
  }
  const end = points.at(-1) ?? { latDeg: 0, lonDeg: 0 };
  return { person, ...end, sigmaM: PHONE_SIGMA_M };
}

/** Sensors that look by themselves: what each saw goes out as one message, whether that is anything or nothing. */
function sensorActors({ sensors, groundHaeM }: Scenario, air: Air, random: Random, startMs: number): Actor[] {
  return sensors.flatMap((simulated) => {
    const { sensor, feed } = simulated;
    const chance = random.fork(`sensor ${sensor.id}`);
    const voice = voiceOf(simulated, standOf(sensor, air.frame, groundHaeM), air, chance);
    if (!voice) return [];
    const { periodMs } = voice;
    let isGreeted = false;
    const act = (tS: number, atMs: number): WireEvent[] => {
      const event = { atMs: atMs + latencyMs(chance), feed, from: sensor.id };
      const greeting = isGreeted ? undefined : voice.greet?.(atMs);
      isGreeted = true;
      const told = { ...event, bytes: voice.tell(tS, atMs) };
      return greeting ? [{ ...event, bytes: greeting, opens: true }, told] : [told];
    };
    return [{ nextMs: startMs + Math.round(chance.between(0, periodMs)), periodMs, act }];
  });
}

/** How a sensor looks and tells what it saw; `undefined` for sensors that only hear what is sent. */
function voiceOf(simulated: SimulatedSensor, stand: Stand, air: Air, chance: Random): Voice | undefined {
  const { sensor, speaks } = simulated;
  const periodMs = sensor.revisitMs ?? 1000;
  if (sensor.kind === "adsb") {
    const { page } = createAdsbReceiver(simulated, stand, air, chance);
    return { periodMs, tell: (tS, atMs) => TEXT.encode(page(tS, atMs)) };
  }
  const detect = LOOKS[sensor.kind];
  if (!detect) return undefined;
  const look = (tS: number) => detect(simulated, stand, air, tS, chance);
  if (speaks === "asterix") return createAsterixVoice(sensor, look);
  if (speaks === "sapient") return createSapientVoice(sensor, look);
  return {
    periodMs,
    tell(tS, atMs) {
      const line: DetectionLine = { sensor: sensor.id, measuredMs: Math.round(atMs), measuredSigmaMs: 20, detections: look(tS) };
      return TEXT.encode(`${JSON.stringify(line)}\n`);
    },
  };
}

const LOOKS: Partial<Record<SensorKind, typeof lookOfRadar>> = {
  radar: lookOfRadar,
  directionFinder: lookOfDirectionFinder,
  acoustic: lookOfAcousticArray,
};

type Receiver = Readonly<{ simulated: SimulatedSensor; stand: Stand; voice: ReceiverVoice }>;

const remoteIdReceivers = ({ sensors, groundHaeM }: Scenario, air: Air): Receiver[] =>
  sensors
    .filter(({ sensor }) => sensor.kind === "remoteId")
    .map((simulated) => ({
      simulated,
      stand: standOf(simulated.sensor, air.frame, groundHaeM),
      voice: createReceiverVoice(simulated),
    }));

/** Sensors that hear nothing while nothing is sent: they say that they work. */
function statusActors(receivers: readonly Receiver[], random: Random, startMs: number): Actor[] {
  return receivers.map(({ simulated: { sensor }, voice }) => {
    const chance = random.fork(`status ${sensor.id}`);
    const act = (_tS: number, atMs: number): WireEvent[] =>
      voice.works().map((sent) => ({ atMs: atMs + latencyMs(chance), ...sent }));
    return { nextMs: startMs + Math.round(chance.between(0, STATUS_MS)), periodMs: STATUS_MS, act };
  });
}

/** Broadcasts: each is heard by the receivers near enough, and each of those sends on what it heard. */
function broadcastActors(
  receivers: readonly Receiver[],
  { groundHaeM }: Scenario,
  air: Air,
  random: Random,
  startMs: number,
): Actor[] {
  return air.flown.flatMap((flown) => {
    const { remoteId, sender } = flown.object;
    if (!remoteId) return [];
    const chance = random.fork(`broadcast ${flown.id}`);
    const broadcaster = createBroadcaster(flown, remoteId, air, groundHaeM, chance);
    const antenna = sender && senderState(sender, air.frame);
    const act = (tS: number, atMs: number): WireEvent[] => {
      const sent = broadcaster.transmit(tS, atMs);
      if (!sent) return [];
      return receivers.flatMap(({ simulated, stand, voice }) => {
        const { rangeM } = viewFrom(stand, antenna ?? sent.stateEnu);
        const rssiDbm = Math.round(receivedDbm(sent.sentDbm, sent.frequencyMhz, rangeM, chance));
        if (!isHeard(simulated, rangeM, rssiDbm, chance)) return [];
        return voice.heard(sent, rssiDbm, atMs).map((told) => ({ atMs: atMs + latencyMs(chance), ...told }));
      });
    };
    return [{ nextMs: startMs + Math.round(chance.between(0, broadcaster.periodMs)), periodMs: broadcaster.periodMs, act }];
  });
}

const isHeard = ({ sensor, detectionProbability }: SimulatedSensor, rangeM: number, rssiDbm: number, chance: Random): boolean =>
  chance.chance(detectionProbability ?? HEARS) && rangeM <= sensor.rangeMaxM && rssiDbm >= HEARD_ABOVE_DBM;

function senderState({ latDeg, lonDeg }: GeoPoint, frame: LocalFrame): Float64Array {
  const state = new Float64Array(6);
  toEnuInto(frame, latDeg, lonDeg, frame.origin.altHaeM, state);
  return state;
}

const latencyMs = (chance: Random): number => Math.round(chance.between(LATENCY_MS.least, LATENCY_MS.most));
