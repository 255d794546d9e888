import { distanceM } from "@picket/geo";
import type { Reality, Sensor, SensorReport } from "@picket/model";
import type { Health } from "@picket/receivers";

/** The newest word of each sensor on each part of itself. A plain JSON value. */
export type ReceiverHealthState = readonly (readonly [string, Readonly<{ state: SensorReport["state"]; detail: string }>])[];

export type ReceiverHealth = {
  report(health: Health, sensor: Sensor, receivedMs: number): SensorReport;
  snapshot(): ReceiverHealthState;
};

/** A receiver this far from where it is configured is another, or has been moved: what it hears is put to the test at the wrong place. */
const MISPLACED_M = 200;
const ORDER: readonly SensorReport["state"][] = ["working", "degraded", "failed"];
const MOST_CHARACTERS = 200;

/** Sums up what receivers say of themselves piece by piece: the worst of a sensor's parts is how it is. */
export function createReceiverHealth(reality: Reality, from?: ReceiverHealthState): ReceiverHealth {
  const parts = new Map(from);

  return {
    report({ about, state, detail, place }, sensor, receivedMs) {
      const awayM = place && (sensor.latDeg !== 0 || sensor.lonDeg !== 0) ? distanceM(place, sensor) : 0;
      const isMisplaced = awayM > MISPLACED_M;
      const misplaced = `It stands ${Math.round(awayM)} m from where it is configured`;
      // A sensor has three parts, and sensors are those of the site: this stays small.
      parts.set(`${sensor.id} ${about}`, isMisplaced ? { state: "degraded", detail: misplaced } : { state, detail });
      let worst = { state, detail: isMisplaced ? misplaced : detail };
      for (const other of ["box", "place", "network"]) {
        const part = parts.get(`${sensor.id} ${other}`);
        if (part && ORDER.indexOf(part.state) > ORDER.indexOf(worst.state)) worst = part;
      }
      return {
        kind: "sensorReport",
        sensor: sensor.id,
        receivedMs,
        reality,
        ...worst,
        detail: worst.detail.slice(0, MOST_CHARACTERS),
      };
    },
    snapshot: () => [...parts],
  };
}
