import { checkSensors } from "./check-sensors.ts";
import { checkSettings } from "./check-settings.ts";
import { endsOf, numberAgain, numberTracks } from "./delete.ts";
import { createHistory, newestMs, replay, settle, takeLook } from "./history.ts";
import { type Rejections, reject, takeIn } from "./looks/intake.ts";
import { report } from "./report.ts";
import { defaultSettings, type TrackerSettings } from "./settings.ts";
import { sensorModel } from "./sight/clutter.ts";
import { decodeSnapshot, encodeSnapshot, slotIds } from "./snapshot.ts";
import { createState, fitState, setSensors } from "./state.ts";
import type { Tracker, TrackerSensor } from "./types.ts";
import { type Context, createWorkspace } from "./workspace.ts";

/** A sensor that a snapshot knows and the configuration no longer has keeps its slot under this description. */
const gone = (id: string): TrackerSensor => ({ id, posEnuM: [0, 0, 0], detectionProbability: 0 });

/**
 * A Poisson multi-Bernoulli tracker in the site's frame. Deterministic: the same sensors, snapshot and looks give the same tracks.
 * With a snapshot it goes on where that tracker was.
 *
 * @source Williams (2015), "Marginal multi-Bernoulli filters: RFS derivation of MHT, JIPDA and association-based MeMBer".
 */
export function createTracker(
  options: Readonly<{ sensors: readonly TrackerSensor[]; settings?: Partial<TrackerSettings> }>,
  snapshot?: Uint8Array,
): Tracker {
  checkSensors(options.sensors);
  const settings = { ...defaultSettings, ...options.settings };
  checkSettings(settings);
  const saved = snapshot && decodeSnapshot(snapshot);
  const state = saved?.state ?? createState();
  const rejections: Rejections = saved?.rejections ?? new Map();
  const told = new Set<number>(saved?.told);
  let askedMs = saved?.askedMs ?? Number.NaN;
  let active = new Set(options.sensors.map((sensor) => sensor.id));
  const context: Context = {
    settings,
    slots: { slotOf: new Map(), models: [] },
    serials: saved?.serials ?? { next: 1, given: new Map(), over: new Map() },
    work: createWorkspace(),
  };
  for (const id of saved?.sensorIds ?? []) {
    context.slots.slotOf.set(id, context.slots.models.length);
    context.slots.models.push(sensorModel(gone(id)));
  }
  setSensors(context.slots, state, options.sensors);
  const history = createHistory(state, saved?.looks);
  replay(history, state, 0, context);

  return {
    look(look) {
      if (!active.has(look.sensor)) return reject(rejections, "unknown-sensor", look.sensor);
      const usable = takeIn(look, active, rejections);
      if (usable === undefined) return;
      if (usable.measuredMs < newestMs(history, state) - settings.lateMs) return reject(rejections, "too-late", look.sensor);
      takeLook(history, state, usable, context);
    },
    sensors(sensors) {
      checkSensors(sensors);
      active = new Set(sensors.map((sensor) => sensor.id));
      setSensors(context.slots, state, sensors);
      replay(history, state, 0, context);
    },
    tracks(nowMs) {
      if (!Number.isFinite(nowMs)) throw new RangeError(`Time of the tracks must be in Unix milliseconds, got ${nowMs}`);
      askedMs = nowMs;
      settle(history, state, context);
      forgetSerials(context, history.checkpoints[0].state.timeMs);
      numberTracks(state, context);
      const states = report(state, context, nowMs);
      for (const { serial } of states) told.add(serial);
      return states;
    },
    takeEnded() {
      settle(history, state, context);
      const ended = endsOf(state, told, askedMs, context);
      for (const { serial } of ended) told.delete(serial);
      return ended;
    },
    crowding() {
      settle(history, state, context);
      return new Map([...state.crowding].filter(([sensor]) => active.has(sensor)));
    },
    takeRejections() {
      const taken = [...rejections.values()];
      rejections.clear();
      return taken;
    },
    snapshot() {
      settle(history, state, context);
      const [oldest] = history.checkpoints;
      fitState(oldest.state, context.slots);
      numberAgain(oldest.state, context);
      return encodeSnapshot({
        state: oldest.state,
        looks: history.looks,
        sensorIds: slotIds(context.slots),
        serials: context.serials,
        told: [...told],
        askedMs,
        rejections,
      });
    },
  };
}

/** Numbers given before the oldest state that can be gone back to are in that state: their memory can go. */
function forgetSerials({ serials }: Context, beforeMs: number): void {
  for (const [key, { atMs }] of serials.given) {
    if (!(atMs < beforeMs)) break;
    serials.given.delete(key);
  }
  for (const [serial, atMs] of serials.over) if (atMs < beforeMs) serials.over.delete(serial);
}
