import type { Site } from "@picket/model";
import { SNAPSHOT_VERSION } from "@picket/tracker";
import { type AlertStageState, newAlertState, restartAlerts } from "./alert/alert.ts";
import { type AssessState, newAssessState } from "./assess/assess.ts";
import { type IdentifyState, newIdentifyState } from "./identify/identify.ts";
import { movedInstants } from "./moved-instants.ts";
import type { Rejections } from "./rejections.ts";
import { decodeState, encodeState } from "./snapshot.ts";
import { newStanding, restartStanding, type StandingState, type StateLost, salvageStanding } from "./standing/standing.ts";
import { createTrackStage, newTrackState, restartTracks, type TrackStage, type TrackStageState } from "./track/track.ts";
import { newWarnState, restartWarnings, type WarnState } from "./warn/warn.ts";

/** Ticks since the boot and the newest clock mark. */
export type ClockState = { boot: number; tick: number; nowMs: number };

/** Every stage with its own state. */
export type Stages = {
  clock: ClockState;
  standing: StandingState;
  track: TrackStage;
  identify: IdentifyState;
  assess: AssessState;
  alert: AlertStageState;
  warn: WarnState;
  rejections: Rejections;
  /** Counts the tick and answers its time, which never goes backwards. */
  begin(markMs: number): number;
};

/** What the bytes of a snapshot hold. */
type Saved = Omit<Stages, "track" | "begin"> & { version: number; track: TrackStageState };

/** Raised when a state changes its shape, be it the tracker's: of another version another boot restores only what stands (zones, authorisations, people). */
const VERSION = 1000 * SNAPSHOT_VERSION + 20;
/** A boot that begins this much before the end of the last one had another clock: less is how a clock is disciplined. */
const CLOCK_STEP_MS = 1000;

/**
 * Fresh stages, or those of a snapshot. The same boot goes on byte for byte, under the snapshot's own site. Another boot keeps what
 * people set and have not yet acknowledged, and nothing of the air: every track has ended, and who was warned of it is told of lost
 * contact. Zones and authorisations are then the snapshot's, because people changed them; the rest is that of the given site.
 * `isStateLost` says that there was more than is given here, which is an alarm; `isAnew` that what another version recorded of this very
 * boot is computed again, from what stood.
 */
export function restoreStages(
  site: Site,
  boot: number,
  snapshot?: Uint8Array,
  { isStateLost = false, isAnew = false }: Readonly<{ isStateLost?: boolean; isAnew?: boolean }> = {},
): Stages {
  const saved = snapshot && (decodeState(snapshot) as Saved);
  if (!saved) {
    const stages = fresh(site, boot);
    return assemble(isStateLost ? withLoss(stages, "nothing") : stages);
  }
  if (saved.version !== VERSION) return assemble(isAnew ? beginAnew(site, boot, saved) : salvageStages(site, boot, saved));
  if (saved.clock.boot === boot) return assemble(saved);
  const stages = restartStages(site, boot, saved);
  return assemble(isStateLost ? withLoss(stages, "allButNewest") : stages);
}

function restartStages(site: Site, boot: number, saved: Saved): Saved {
  const { nowMs } = saved.clock;
  return {
    ...fresh(site, boot),
    clock: { boot, tick: 0, nowMs },
    standing: restartStanding(saved.standing, site),
    track: restartTracks(saved.track, boot, nowMs),
    alert: restartAlerts(saved.alert, boot),
    warn: restartWarnings(saved.warn, boot),
    rejections: saved.rejections,
  };
}

/** Only what stands. The same boot cannot go on from another version's state: its frames would not be those it gave. */
function salvageStages(site: Site, boot: number, { version, clock, standing }: Saved): Saved {
  if (clock.boot === boot) throw new TypeError(`Snapshot must be of version ${VERSION}, got ${version}`);
  const stages = { ...fresh(site, boot), standing: salvageStanding(standing, site) };
  return withLoss({ ...stages, clock: { boot, tick: 0, nowMs: clock.nowMs } }, "standing");
}

const beginAnew = (site: Site, boot: number, { clock: { tick, nowMs }, standing }: Saved): Saved => ({
  ...fresh(site, boot),
  standing: salvageStanding(standing, site),
  clock: { boot, tick, nowMs },
});

/** Was it written by this version? From another's the same frames do not come. The version is what a snapshot begins with. */
export function isOwnSnapshot(snapshot: Uint8Array): boolean {
  const beginning = `{"version":${VERSION},`;
  return new TextDecoder().decode(snapshot.subarray(0, beginning.length)) === beginning;
}

const withLoss = (stages: Saved, kept: StateLost["kept"]): Saved => ({
  ...stages,
  standing: { ...stages.standing, stateLost: { kept } },
});

export const snapshotStages = ({ clock, standing, track, identify, assess, alert, warn, rejections }: Stages): Uint8Array =>
  encodeState({
    version: VERSION,
    clock,
    standing,
    track: track.state(),
    identify,
    assess,
    alert,
    warn,
    rejections,
  } satisfies Saved);

const fresh = (site: Site, boot: number): Saved => ({
  version: VERSION,
  clock: { boot, tick: 0, nowMs: 0 },
  standing: newStanding(site),
  track: newTrackState(boot),
  identify: newIdentifyState(),
  assess: newAssessState(),
  alert: newAlertState(boot),
  warn: newWarnState(boot),
  rejections: new Map(),
});

function assemble({ clock, standing, track, identify, assess, alert, warn, rejections }: Saved): Stages {
  const stages: Stages = {
    clock,
    standing,
    track: createTrackStage(track, standing.site, rejections),
    identify,
    assess,
    alert,
    warn,
    rejections,
    begin(markMs) {
      if (clock.tick === 0 && markMs < clock.nowMs) setBack(stages, markMs);
      clock.tick++;
      clock.nowMs = Math.max(clock.nowMs, markMs);
      return clock.nowMs;
    },
  };
  return stages;
}

/**
 * The clock of the boot before was ahead of this one's. Time begins at the new mark, for nothing would be heard until the old one had
 * passed; what was carried over keeps its age, as though no time had gone by, and the site says that its clock was wrong.
 */
function setBack(stages: Stages, markMs: number): void {
  const { clock, standing } = stages;
  const byMs = markMs - clock.nowMs;
  clock.nowMs = markMs;
  standing.people = movedInstants(standing.people, byMs);
  stages.track.setBack(byMs);
  stages.alert = { ...movedInstants(stages.alert, byMs), sounded: new Map() };
  stages.warn = movedInstants(stages.warn, byMs);
  if (-byMs >= CLOCK_STEP_MS) standing.clockSetBack = { backSpanMs: -byMs, atMs: markMs };
}
