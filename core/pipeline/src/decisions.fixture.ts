import {
  type Alert,
  type EndedTrack,
  type Input,
  type Scan,
  type SightingReport,
  type Site,
  type TrackId,
  trackId,
  type Warning,
} from "@picket/model";
import type { TrackState } from "@picket/tracker";
import { alert, newAlertState } from "./alert/alert.ts";
import { hearSightings } from "./alert/sightings.ts";
import { assess, newAssessState } from "./assess/assess.ts";
import type { Assessed } from "./assess/assessed.ts";
import type { Identified } from "./identify/identified.ts";
import type { Rejections } from "./rejections.ts";
import { applyStanding, newStanding } from "./standing/standing.ts";
import { hearScan, type SensorWatch, sensorsNow } from "./track/sensor-watch.ts";
import { toTrackerSensor } from "./track/sensors.ts";
import { createSiteFrame } from "./track/site-frame.ts";
import { toTracked } from "./track/tracked.ts";
import { newWarnState, openWarnings, unseenPeople, warn } from "./warn/warn.ts";

/** One track as a tracker would tell it; what is left out is that of a sure, small drone, 60 m up, seen just now. */
export type Flying = Readonly<{
  id: string;
  at: readonly [number, number, number];
  velocity?: readonly [number, number, number];
  sigmaM?: number;
  existence?: number;
  confirmed?: boolean;
  bird?: number;
  seenAgoS?: number;
  /** Its leader is the number of a track `t1-<number>`; the circle is about this track. */
  group?: Omit<NonNullable<TrackState["group"]>, "centreEnuM">;
  mergedInto?: string;
  /** Who it says it is, where nothing but its broadcast tells of it. */
  byOwnWord?: string;
}>;

export type Decided = Readonly<{
  alerts: readonly Alert[];
  warnings: readonly Warning[];
  tracks: readonly Assessed[];
  sightings: readonly SightingReport[];
}>;

/** The decision stages over a given air: the tracker is left out, so that thousands of situations can be played. */
export type Decisions = {
  step(flying: readonly Flying[], nowMs: number, more?: { inputs?: readonly Input[]; looks?: readonly Scan[] }): Decided;
  rejections: Rejections;
};

export function createDecisions(site: Site): Decisions {
  const rejections: Rejections = new Map();
  const standing = newStanding(site);
  const states = { assess: newAssessState(), alert: newAlertState(1), warn: newWarnState(1) };
  const watch: SensorWatch = new Map();
  let before = new Map<string, Flying>();
  const firstMs = new Map<string, number>();
  return {
    rejections,
    step(flying, nowMs, { inputs = [], looks = [] } = {}) {
      const now = applyStanding(standing, inputs, nowMs, rejections);
      const frame = createSiteFrame(now.site);
      for (const { id } of flying) if (!firstMs.has(id)) firstMs.set(id, nowMs);
      const tracks = flying.map((one) =>
        toTracked(idsOf(one.id), "live", { ...toState(one, nowMs), firstMs: firstMs.get(one.id) as number }, frame),
      );
      const alive = new Set(flying.map(({ id }) => id));
      const ended: EndedTrack[] = [...before.values()]
        .filter(({ id }) => !alive.has(id))
        .map(({ id, mergedInto }) => ({
          id: idOf(id),
          endMs: nowMs,
          reason: mergedInto === undefined ? "existence" : "merged",
          ...(mergedInto !== undefined && { mergedInto: idOf(mergedInto) }),
        }));
      before = new Map(flying.map((one) => [one.id, one]));
      for (const look of looks) hearScan(watch, look);
      const picture = {
        site: frame,
        tracks,
        ended,
        traces: [],
        sensors: sensorsNow(watch, now.site.sensors, nowMs),
        poses: new Map(now.site.sensors.map((sensor) => [sensor.id as string, toTrackerSensor(sensor, frame)])),
        registrations: new Map(),
        scans: looks,
      };
      const words = new Map(flying.map(({ id, byOwnWord }) => [idOf(id), byOwnWord]));
      const identified: Identified[] = tracks.map((track) => ({
        ...track,
        ...wordOf(words.get(track.id)),
        classes: track.state.classProbabilities,
        identities: [],
        affiliation: "unknown",
        why: [],
      }));
      const assessed = assess(states.assess, picture, identified, now, nowMs);
      const situation = {
        picture,
        tracks: assessed,
        standing: now,
        contradicted: [],
        warned: openWarnings(states.warn),
        unseen: unseenPeople(states.warn, nowMs),
      };
      const sightings = hearSightings(states.alert.sightings, now, nowMs);
      const alerts = alert(states.alert, situation, nowMs, rejections);
      const warnings = warn(states.warn, picture, assessed, now, nowMs, rejections);
      return { alerts, warnings, tracks: assessed, sightings };
    },
  };
}

const wordOf = (byOwnWord: string | undefined) => (byOwnWord === undefined ? {} : { byOwnWord });
const idOf = (name: string): TrackId => trackId.parse(name);
/** A fixture's tracks have names; only a group's leader is told by its number. */
const OWN = 0;
const idsOf =
  (name: string) =>
  (serial: number): TrackId =>
    idOf(serial === OWN ? name : `t1-${serial}`);

function toState(
  { at, velocity = [0, 0, 0], sigmaM = 8, existence = 0.99, confirmed = true, bird = 0, seenAgoS = 0, group }: Flying,
  nowMs: number,
): TrackState {
  const covariance = new Float64Array(36);
  for (let axis = 0; axis < 3; axis++) {
    covariance[axis * 7] = sigmaM * sigmaM;
    covariance[(axis + 3) * 7] = 1;
  }
  return {
    serial: OWN,
    posEnuM: [...at],
    velEnuMps: [...velocity],
    covariance,
    existence,
    confirmed,
    firstMs: nowMs - 10_000,
    measuredMs: nowMs - seenAgoS * 1000,
    heightKnown: true,
    classProbabilities: {
      multirotor: (1 - bird) * 0.9,
      fixedWing: (1 - bird) * 0.1,
      bird,
      mannedAircraft: 0,
      balloon: 0,
      other: 0,
    },
    contributions: [],
    claims: [],
    ...(group && { group: { ...group, centreEnuM: [...at] } }),
  };
}
