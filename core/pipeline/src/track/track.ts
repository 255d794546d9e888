import type { EndedTrack, Input, Scan, Site, Trace, TrackId } from "@picket/model";
import type { TrackEnd, TrackerSensor } from "@picket/tracker";
import { type Rejections, reject } from "../rejections.ts";
import type { Standing } from "../standing/standing.ts";
import { toLook } from "./looks.ts";
import { lookOfSighting, newObservers, type Observers } from "./people-looks.ts";
import { createPlacers, type PlacersState } from "./placers.ts";
import { distanceToProtected } from "./protected-distance.ts";
import {
  createRegistrars,
  mostRealOf,
  type RegistrarsState,
  type Registrations,
  restartRegistrars,
  type VerdictOf,
} from "./registrars.ts";
import { hearReport, hearScan, noteLeftOut, type SensorNow, type SensorWatch, sensorsNow } from "./sensor-watch.ts";
import { toTrackerSensor } from "./sensors.ts";
import { newShedState, noteTracks, type ShedState, shed } from "./shed.ts";
import { createSiteFrame, moveSite, type SiteFrame } from "./site-frame.ts";
import { freshTraces, leaveTraces, type Traces } from "./traces.ts";
import { type Tracked, toTracked } from "./tracked.ts";
import { createTrackers, type TrackersState } from "./trackers.ts";

/** Plain data: what a snapshot of this stage holds. */
export type TrackStageState = {
  boot: number;
  /** Absent before the first site is known. */
  site?: SiteFrame;
  trackers: TrackersState;
  registrars: RegistrarsState;
  placers: PlacersState;
  shed: ShedState;
  watch: SensorWatch;
  traces: Traces;
  observers: Observers;
  /** Tracks of the newest frame: after a restart they are told as ended. */
  shown: TrackId[];
  restarted: EndedTrack[];
};

/** What one tick's looks made: the picture, and what the next stages need to know of the sensors. */
export type Picture = Readonly<{
  site: SiteFrame;
  tracks: readonly Tracked[];
  ended: readonly EndedTrack[];
  traces: readonly Trace[];
  sensors: readonly SensorNow[];
  /** Pose and sheet of every configured sensor, by id. */
  poses: ReadonlyMap<string, TrackerSensor>;
  registrations: Registrations;
  /** The scans that were taken in this tick, in order. */
  scans: readonly Scan[];
}>;

export type TrackStage = {
  /** `verdictOf` says how broadcast claims stood in the last tick. */
  run(inputs: readonly Input[], standing: Standing, nowMs: number, verdictOf: VerdictOf): Picture;
  /** The clock of the boot before was wrong by so much. */
  setBack(byMs: number): void;
  state(): TrackStageState;
};

export const newTrackState = (boot: number): TrackStageState => ({
  boot,
  trackers: [],
  registrars: new Map(),
  placers: new Map(),
  shed: newShedState(),
  watch: new Map(),
  traces: new Map(),
  observers: newObservers(),
  shown: [],
  restarted: [],
});

/** After a restart nothing old is live: every track that was shown has ended, and sensors count as not heard yet. */
export const restartTracks = (
  { site, shown, restarted, registrars }: TrackStageState,
  boot: number,
  nowMs: number,
): TrackStageState => ({
  ...newTrackState(boot),
  ...(site && { site }),
  registrars: restartRegistrars(registrars),
  restarted: [...restarted, ...shown.map((id): EndedTrack => ({ id, endMs: nowMs, reason: "restart" }))],
});

/**
 * Turns scans into tracks: one tracker per reality, in the site's own frame. The frame stays while the site moves within its reach;
 * a site that moves farther, or learns how high its ground is, begins anew.
 */
export function createTrackStage(saved: TrackStageState, initial: Site, rejections: Rejections): TrackStage {
  let configured = initial;
  let site = saved.site ? moveSite(saved.site, configured) : createSiteFrame(configured);
  let poses = posesOf(configured, site);
  const { boot, watch, traces, observers } = saved;
  const trackers = createTrackers(boot, eyesAnd(poses, observers), saved.trackers);
  const registrars = createRegistrars([...poses.values()], saved.registrars);
  const placers = createPlacers(boot, [...poses.values()], saved.placers);
  let { shown, restarted } = saved;

  function configure(next: Site, nowMs: number): void {
    const { sensors, latDeg, lonDeg, groundHaeM } = configured;
    configured = next;
    const isSamePlace = next.latDeg === latDeg && next.lonDeg === lonDeg && next.groundHaeM === groundHaeM;
    if (next.sensors === sensors && isSamePlace) return;
    const moved = moveSite(site, next);
    const isKept = moved.frame === site.frame;
    site = moved;
    poses = posesOf(next, site);
    trackers.sensors(eyesAnd(poses, observers));
    registrars.sensors([...poses.values()]);
    placers.sensors([...poses.values()]);
    if (isKept) return;
    trackers.reset();
    placers.reset();
    restarted = [...restarted, ...shown.map((id): EndedTrack => ({ id, endMs: nowMs, reason: "restart" }))];
  }

  function takeInputs(inputs: readonly Input[], standing: Standing, verdictOf: VerdictOf): Scan[] {
    const awayM = distanceToProtected(standing, site);
    const scans: Scan[] = [];
    for (const input of inputs) {
      if (input.kind !== "scan" && input.kind !== "sensorReport") continue;
      const pose = poses.get(input.sensor);
      if (!pose) reject(rejections, "unknown-sensor");
      else if (input.kind === "sensorReport") hearReport(watch, input);
      else {
        const scan = hearScan(watch, input);
        leaveTraces(traces, input);
        const look = registrars.correct(input.reality, toLook(scan, site), verdictOf);
        const kept = shed(saved.shed, { look, reality: input.reality, pose }, awayM);
        if (kept.left > 0) noteLeftOut(watch, input, kept.left);
        trackers.look(input.reality, kept.look);
        placers.hear(input.reality, look);
        scans.push(scan);
      }
    }
    return scans;
  }

  /** A person says that a sensor which was found to have turned stands as its references say. */
  function takeAcceptances(commands: Standing["commands"], nowMs: number): void {
    for (const command of commands)
      if (command.kind === "acceptRegistration" && !registrars.accept(command.sensor, nowMs))
        reject(rejections, "nothing-to-accept");
  }

  /** A sighting's bearing is a look of its own; the observer is made known to the trackers first. */
  function takeSightings(commands: Standing["commands"]): void {
    for (const command of commands) {
      if (command.kind !== "sighting") continue;
      const look = lookOfSighting(observers, command.sighting, command.atMs, site);
      if (!look) continue;
      trackers.sensors(eyesAnd(poses, observers));
      trackers.look(command.reality, look);
    }
  }

  return {
    run(inputs, standing, nowMs, verdictOf) {
      configure(standing.site, nowMs);
      takeAcceptances(standing.commands, nowMs);
      const scans = takeInputs(inputs, standing, verdictOf);
      registrars.advance(nowMs);
      registrars.countRejections(rejections);
      takeSightings(standing.commands);
      trackers.countRejections(rejections);
      const tracks: Tracked[] = [];
      // The boot before may have ended by a clock that was ahead.
      const ended: EndedTrack[] = restarted.map((one) => ({ ...one, endMs: Math.min(one.endMs, nowMs) }));
      restarted = [];
      for (const { reality, tracker, toId } of trackers.each()) {
        const states = tracker.tracks(nowMs);
        for (const state of states) tracks.push(toTracked(toId, reality, registrars.tell(reality, state), site));
        noteTracks(saved.shed, reality, states);
        const placed = placers.place(reality, states, nowMs);
        for (const { id, state } of placed.tracks) tracks.push(toTracked(() => id, reality, state, site));
        for (const { end, idOf } of placed.ended) ended.push(toEnded(end, idOf));
        for (const end of tracker.takeEnded()) ended.push(toEnded(end, toId));
      }
      shown = tracks.map(({ id }) => id);
      const registrations = registrars.told();
      return {
        site,
        tracks,
        ended,
        traces: freshTraces(traces, nowMs),
        sensors: sensorsNow(watch, configured.sensors, nowMs, mostRealOf(registrations), trackers.crowding()),
        poses,
        registrations,
        scans,
      };
    },
    setBack: registrars.setBack,
    state: () => ({
      boot,
      site,
      trackers: trackers.state(),
      registrars: registrars.state,
      placers: placers.state,
      shed: saved.shed,
      watch,
      traces,
      observers,
      shown,
      restarted,
    }),
  };
}

const toEnded = (end: TrackEnd, idOf: (serial: number) => TrackId): EndedTrack => ({
  id: idOf(end.serial),
  endMs: end.endMs,
  reason: end.reason,
  ...(end.reason === "merged" && { mergedInto: idOf(end.mergedInto) }),
});

/** Every sensor, and the eyes of those who gave a bearing, as the trackers know them. */
const eyesAnd = (poses: ReadonlyMap<string, TrackerSensor>, { slots }: Observers): TrackerSensor[] => [
  ...poses.values(),
  ...slots,
];

const posesOf = (site: Site, frame: SiteFrame): Map<string, TrackerSensor> =>
  new Map(site.sensors.map((sensor) => [sensor.id, toTrackerSensor(sensor, frame)]));
