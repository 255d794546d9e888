import type { Frame, Warning } from "@picket/model";

/** A warning that is open. `more` replaces fields. */
export const warning = (id: string, more: Partial<Warning> = {}): Warning => ({
  id: id as never,
  person: "ana" as never,
  episode: 1,
  state: "active",
  level: "warning",
  reality: "live",
  possible: false,
  revision: 1,
  raisedMs: 0,
  changedMs: 0,
  tracks: [],
  count: { about: 1, atLeast: 1 },
  bearingDeg: 0,
  distanceM: 100,
  closestM: 10,
  speedMps: 10,
  advice: { code: "advice.takeCoverNow", params: {} },
  ...more,
});

/** A frame in which nothing is. `more` replaces fields. */
export const frame = (nowMs: number, more: Partial<Frame> = {}): Frame => ({
  nowMs,
  tick: nowMs,
  tracks: [],
  ended: [],
  traces: [],
  alerts: [],
  heard: [],
  sightings: [],
  warnings: [],
  sensors: [],
  persons: [],
  zones: [],
  zonesChanged: false,
  ...more,
});
