import { distanceM } from "@picket/geo";
import type { Place, Reality, Sensor, SensorReport } from "@picket/model";
import type { Health } from "@picket/receivers";

/** The newest word of each sensor on each part of itself, and where it stands if elsewhere than configured. A plain JSON value. */
export type ReceiverHealthState = readonly (readonly [
  string,
  Readonly<{ state: SensorReport["state"]; detail: string; place?: Place }>,
])[];

export type ReceiverHealth = {
  report(health: Health, sensor: Sensor, receivedMs: number): SensorReport;
  /** Takes how far a receiver's clock is from ours; a report when that turns from right to wrong or back. */
  clock(offsetMs: number, sensor: Sensor, receivedMs: number): SensorReport | undefined;
  /** Where a sensor says that it stands, if elsewhere than it is configured. */
  placeOf(sensor: Sensor): Place | undefined;
  snapshot(): ReceiverHealthState;
};

type Part = Health["about"] | "clock";
type Word = ReceiverHealthState[number][1];
const PARTS: readonly Part[] = ["box", "place", "network", "clock"];

/** A receiver this far from where it is configured is another, or has been moved; what it hears is put to the test where it stands. */
const MISPLACED_M = 200;
/** A clock that lags by more, delay included, is no clock to tell when something was heard; nothing is heard ahead of time. */
export const PLAUSIBLE_DELAY_MS = 10_000;
const CLOCK_AHEAD_MS = 1000;
const ORDER: readonly SensorReport["state"][] = ["working", "degraded", "failed"];
const MOST_CHARACTERS = 200;

/** Sums up what receivers say of themselves piece by piece: the worst of a sensor's parts is how it is. */
export function createReceiverHealth(reality: Reality, from?: ReceiverHealthState): ReceiverHealth {
  // A sensor has four parts, and sensors are those of the site: this stays small.
  const words = new Map(from);

  const worstOf = (about: Part, word: Word, sensor: Sensor, receivedMs: number): SensorReport => {
    words.set(`${sensor.id} ${about}`, word);
    let worst = word;
    for (const part of PARTS) {
      const other = words.get(`${sensor.id} ${part}`);
      if (other && ORDER.indexOf(other.state) > ORDER.indexOf(worst.state)) worst = other;
    }
    const detail = worst.detail.slice(0, MOST_CHARACTERS);
    return { kind: "sensorReport", sensor: sensor.id, receivedMs, reality, state: worst.state, detail };
  };

  return {
    report({ about, state, detail, place }, sensor, receivedMs) {
      const awayM = place && (sensor.latDeg !== 0 || sensor.lonDeg !== 0) ? distanceM(place, sensor) : 0;
      const misplaced = `It stands ${Math.round(awayM)} m from where it is configured`;
      const isElsewhere = place !== undefined && awayM > MISPLACED_M;
      const own: Word = isElsewhere && !sensor.moves ? { state: "degraded", detail: misplaced } : { state, detail };
      return worstOf(about, { ...own, ...(isElsewhere && { place }) }, sensor, receivedMs);
    },
    placeOf: ({ id }) => PARTS.map((part) => words.get(`${id} ${part}`)?.place).find((place) => place !== undefined),
    clock(offsetMs, sensor, receivedMs) {
      const isWrong = offsetMs > 0 ? offsetMs > CLOCK_AHEAD_MS : -offsetMs > PLAUSIBLE_DELAY_MS;
      const wasWrong = words.get(`${sensor.id} clock`)?.state === "degraded";
      if (isWrong === wasWrong) return undefined;
      const offS = Math.round(Math.abs(offsetMs) / 1000);
      const detail = isWrong ? `Its clock is ${offS} s ${offsetMs > 0 ? "ahead of" : "behind"} ours` : "Its clock is right";
      return worstOf("clock", { state: isWrong ? "degraded" : "working", detail }, sensor, receivedMs);
    },
    snapshot: () => [...words],
  };
}
