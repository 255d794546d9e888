import { isCovering, type Scan, type Sensor, type SensorReport, type SensorState } from "@picket/model";
import { type Crowding, prolong, type Spell } from "@picket/tracker";
import { isHeard } from "./looks.ts";
import { ownRevisitMs, silentAfterMs } from "./sensors.ts";
import { type DelayRun, datedToArrival, extendRun, steadyDelayMs } from "./steady-delay.ts";

/** What is known of how one sensor fares. Plain data. */
type Watched = {
  firstMs: number;
  lastHeardMs?: number;
  lastLookMs?: number;
  looks: number;
  detections: number;
  reported?: "working" | "degraded" | "failed";
  detail?: string;
  /** Longer silence than this it rules out itself. */
  promisedMs?: number;
  /** Detections that were left out because there were too many to be worked off, and when last. */
  leftOut?: Spell;
  /** Least delay of arrival less measurement in the running and in the last window: what is left is the clock, not the way. */
  leastDelayMs?: number;
  lastLeastDelayMs?: number;
  windowMs: number;
  sigmaMs: number;
  /** Of looks that are not broadcasts. */
  run?: DelayRun;
};
export type SensorWatch = Map<string, Watched>;

/** How one sensor fares, with what the alarms about it need. `hasFailed`: it says so itself. */
export type SensorNow = Readonly<{
  sensor: Sensor;
  state: SensorState;
  covering: boolean;
  silentS: number;
  /** Silence longer than this is an alarm; absent for one that may be quiet. */
  limitMs?: number;
  hasFailed: boolean;
  offsetMs?: number;
  /** Its looks, steadily late, are taken as of their arrival. */
  isDated: boolean;
}>;

/** The least delay is taken over one to two windows of this length. */
const CLOCK_WINDOW_MS = 30_000;
/** No look can arrive before it was made: more than this, beyond three of its own sigma, is a clock that runs ahead. */
const AHEAD_LIMIT_MS = 1000;
/**
 * A sensor whose fastest word is this old is late or its clock is behind: either way its picture must not be taken for now, and beside
 * a sensor in time the tracker can use none of it.
 */
const BEHIND_LIMIT_MS = 3000;

/** Notes a look, and answers it with the time that it is to be taken for. */
export function hearScan(watch: SensorWatch, scan: Scan): Scan {
  const { sensor, measuredMs, receivedMs, detections } = scan;
  const watched = hear(watch, sensor, receivedMs);
  watched.looks++;
  watched.detections += detections.length;
  watched.lastLookMs = Math.max(watched.lastLookMs ?? 0, receivedMs);
  hearClock(watched, scan);
  if (isHeard(detections)) return scan;
  watched.run = extendRun(watched.run, receivedMs, receivedMs - measuredMs);
  return datedToArrival(scan, watched.run);
}

/**
 * What a look says of its sensor's clock: the offset that its translation found, for a look stamped ahead of us is dated to its arrival;
 * else the delay. One without a time of its own, which is measured when it is received, says nothing.
 */
function hearClock(watched: Watched, { measuredMs, measuredSigmaMs, receivedMs, clockOffsetMs }: Scan): void {
  if (clockOffsetMs === undefined && measuredMs === receivedMs) return;
  if (receivedMs - watched.windowMs > CLOCK_WINDOW_MS) {
    watched.windowMs = receivedMs;
    if (watched.leastDelayMs !== undefined) watched.lastLeastDelayMs = watched.leastDelayMs;
    delete watched.leastDelayMs;
  }
  const delayMs = clockOffsetMs === undefined ? receivedMs - measuredMs : -clockOffsetMs;
  watched.leastDelayMs = Math.min(watched.leastDelayMs ?? delayMs, delayMs);
  watched.sigmaMs = measuredSigmaMs;
}

/** Counts what of a look was left out. */
export function noteLeftOut(watch: SensorWatch, { sensor, receivedMs }: Scan, detections: number): void {
  const watched = hear(watch, sensor, receivedMs);
  watched.leftOut = prolong(watched.leftOut, receivedMs, detections);
}

export function hearReport(watch: SensorWatch, { sensor, receivedMs, state, detail, silentAfterMs }: SensorReport): void {
  const watched = hear(watch, sensor, receivedMs);
  watched.reported = state;
  if (silentAfterMs !== undefined) watched.promisedMs = silentAfterMs;
  if (detail === undefined) delete watched.detail;
  else watched.detail = detail;
}

/** How every configured sensor fares at `nowMs`; sensors that are no longer configured are forgotten. */
export function sensorsNow(
  watch: SensorWatch,
  sensors: readonly Sensor[],
  nowMs: number,
  registrations: ReadonlyMap<string, NonNullable<SensorState["registration"]>> = new Map(),
  crowding: ReadonlyMap<string, Crowding> = new Map(),
): SensorNow[] {
  const ids = new Set<string>(sensors.map(({ id }) => id));
  for (const id of watch.keys()) if (!ids.has(id)) watch.delete(id);
  return sensors.map((sensor) => {
    const watched = watch.get(sensor.id) ?? begin(watch, sensor.id, nowMs);
    // What should look at every revisit is silent without looks, however often it says that it is well.
    const lastWordMs = ownRevisitMs(sensor) === undefined ? watched.lastHeardMs : watched.lastLookMs;
    const silentMs = nowMs - (lastWordMs ?? watched.firstMs);
    const limitMs = silentAfterMs(sensor, watched.promisedMs);
    const steadyMs = steadyDelayMs(watched.run);
    const delayMs = steadyMs ?? leastOf(watched.leastDelayMs, watched.lastLeastDelayMs);
    const offsetMs = delayMs === undefined ? undefined : -delayMs;
    const clockBad = offsetMs !== undefined && (offsetMs > AHEAD_LIMIT_MS + 3 * watched.sigmaMs || offsetMs < -BEHIND_LIMIT_MS);
    const registration = registrations.get(sensor.id);
    const isSilent = limitMs !== undefined && silentMs > limitMs;
    return {
      sensor,
      covering: isCovering(sensor),
      silentS: silentMs / 1000,
      ...(limitMs !== undefined && { limitMs }),
      hasFailed: watched.reported === "failed",
      ...(offsetMs !== undefined && { offsetMs }),
      isDated: steadyMs !== undefined,
      state: {
        id: sensor.id,
        state: watched.lastHeardMs === undefined ? "neverHeard" : isSilent ? "silent" : stateOf(watched, clockBad),
        ...(watched.lastHeardMs !== undefined && { lastHeardMs: watched.lastHeardMs }),
        looks: watched.looks,
        detections: watched.detections,
        ...(offsetMs !== undefined && { clockOffsetMs: offsetMs }),
        clockBad,
        ...(watched.detail !== undefined && { detail: watched.detail }),
        ...(registration && { registration }),
        ...shedOf(watched, crowding.get(sensor.id)),
      },
    };
  });
}

/** What of a sensor's looks was left out or worked out less well; nothing where all was done. */
function shedOf({ leftOut }: Watched, { pairedOnce, unsettled }: Crowding = {}): Pick<SensorState, "shed"> {
  if (!pairedOnce && !unsettled && !leftOut) return {};
  return { shed: { ...(pairedOnce && { pairedOnce }), ...(leftOut && { leftOut }), ...(unsettled && { unsettled }) } };
}

function hear(watch: SensorWatch, sensor: string, receivedMs: number): Watched {
  const watched = watch.get(sensor) ?? begin(watch, sensor, receivedMs);
  watched.lastHeardMs = Math.max(watched.lastHeardMs ?? 0, receivedMs);
  return watched;
}

function begin(watch: SensorWatch, sensor: string, nowMs: number): Watched {
  const watched: Watched = { firstMs: nowMs, looks: 0, detections: 0, windowMs: nowMs, sigmaMs: 0 };
  watch.set(sensor, watched);
  return watched;
}

const stateOf = ({ reported }: Watched, clockBad: boolean): SensorState["state"] =>
  clockBad || reported === "degraded" || reported === "failed" ? "degraded" : "watching";

const leastOf = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b);
