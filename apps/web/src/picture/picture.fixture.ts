import { destination } from "@picket/geo";
import {
  type Alert,
  type AssessedTrack,
  alertId,
  incidentId,
  type LiveSnapshot,
  sensorId,
  type TrackId,
  trackId,
  zoneId,
} from "@picket/model";

/** Where the pictures of tests and benches lie. */
export const SITE = { latDeg: 32.55, lonDeg: -117.04 };
export const NOON_MS = Date.UTC(2026, 10, 21, 12);

/** A confirmed multirotor of which nothing else is known, seen just now. `change` replaces fields. */
export const trackOf = (serial: number, change: Partial<AssessedTrack> = {}): AssessedTrack => ({
  id: trackId.parse(`t1-s${serial}`),
  reality: "simulated",
  nowMs: NOON_MS,
  firstMs: NOON_MS - 60_000,
  measuredMs: NOON_MS,
  confirmed: true,
  existence: 0.99,
  ...SITE,
  ellipse: { semiMajorM: 12, semiMinorM: 8, orientationDeg: 30 },
  height: { valueM: 120, sigmaM: 8, reference: "hae" },
  heightAglM: 100,
  eastMps: 9,
  northMps: 12,
  speedSigmaMps: 1,
  classes: { multirotor: 0.9, fixedWing: 0.02, bird: 0.02, mannedAircraft: 0.02, balloon: 0.02, other: 0.02 },
  identities: [],
  affiliation: "unknown",
  contributions: [{ sensor: sensorId.parse("radar"), lastMs: NOON_MS, hits: 40 }],
  predictions: [10, 20, 30].map((inS) => ({
    atMs: NOON_MS + inS * 1000,
    ...SITE,
    ellipse: { semiMajorM: 12 + 3 * inS, semiMinorM: 8 + 2 * inS, orientationDeg: 30 },
  })),
  assessment: { reasons: [], refutedBy: [], zones: [], behaviours: [] },
  ...change,
});

/** An alert that nobody has taken, of a drone inside the zone. */
export const alertOf = (serial: number, tracks: readonly TrackId[], change: Partial<Alert> = {}): Alert => ({
  id: alertId.parse(`a1-${serial}`),
  incident: incidentId.parse(`i1-${serial}`),
  kind: "zoneEntry",
  level: "warning",
  state: "activeUnacknowledged",
  reality: "simulated",
  revision: 1,
  annunciation: 1,
  raisedMs: NOON_MS,
  changedMs: NOON_MS,
  title: { code: "alert.zoneEntry", params: { zone: "Zone" } },
  reasons: [],
  refutedBy: [],
  tracks: [...tracks],
  zone: zoneId.parse("zone"),
  ...change,
});

/** A picture with one radar that watches and one zone; `change` replaces fields. */
export const snapshotOf = (change: Partial<LiveSnapshot> = {}): LiveSnapshot => ({
  type: "snapshot",
  serial: 1,
  nowMs: NOON_MS,
  playback: { mode: "live" },
  reality: "simulated",
  site: {
    name: "Site",
    ...SITE,
    sensors: [{ id: sensorId.parse("radar"), name: "Radar", kind: "radar", ...SITE, rangeMaxM: 12_000 }],
    landmarks: [{ name: "Water tower", ...destination(SITE, 1, 2000) }],
  },
  zones: [
    {
      id: zoneId.parse("zone"),
      name: "Zone",
      purpose: "protected",
      shape: { kind: "circle", centre: destination(SITE, 4, 3000), radiusM: 800 },
      entryLevel: "warning",
    },
  ],
  tracks: [],
  traces: [],
  alerts: [],
  warnings: [],
  sensors: [
    { id: sensorId.parse("radar"), state: "watching", lastHeardMs: NOON_MS, looks: 100, detections: 400, clockBad: false },
  ],
  persons: [],
  feeds: [],
  record: { state: "recording", sequence: 10, committed: 10, dropped: 0 },
  ...change,
});
