import { associate } from "./associate.ts";
import { ageClutter } from "./clutter.ts";
import { findCompany } from "./company.ts";
import { deleteTracks } from "./delete.ts";
import { layOut } from "./detections.ts";
import { clutterDensities, gate, type PreparedLook } from "./gate.ts";
import { initiate } from "./initiate.ts";
import { moveOf, predict } from "./predict.ts";
import type { Context, TrackerState } from "./state.ts";
import type { TrackerLook } from "./types.ts";
import { sharesUnseen } from "./unseen.ts";
import { update } from "./update.ts";

/** Origins are remembered for so long: every receiver of one broadcast has been heard by then. */
const ORIGIN_MEMORY_MS = 30_000;

/**
 * One look changes what is known: predict, gate, associate, update, initiate, delete. The look's detections are in canonical order
 * and its time is not before the state's.
 */
export function step(state: TrackerState, look: TrackerLook, context: Context): void {
  const { settings, work } = context;
  const { tracks } = state;
  const dtS = Number.isNaN(state.timeMs) ? 0 : (look.measuredMs - state.timeMs) / 1000;
  state.timeMs = look.measuredMs;
  predict(tracks, moveOf(settings.motions, settings.motionRatesPerS, dtS), settings);
  const prepared = prepare(state, look, context);
  if (prepared === undefined) return;
  const learned = state.learned[prepared.slot];
  gate(work, tracks, prepared, learned, settings);
  associate(work.association, work.edges, tracks.count, prepared.detections.count);
  update(context, state, prepared, learned);
  initiate(context, state, prepared, learned);
  deleteTracks(state, context);
  ageClutter(prepared.model, learned, look);
}

/** Lays out the look without the detections whose origin was used before; `undefined` when its only content was used before. */
function prepare(state: TrackerState, look: TrackerLook, { slots, settings, work }: Context): PreparedLook | undefined {
  const slot = slots.slotOf.get(look.sensor) ?? 0;
  const model = slots.models[slot];
  for (const [origin, atMs] of state.origins) {
    if (atMs >= look.measuredMs - ORIGIN_MEMORY_MS) break;
    state.origins.delete(origin);
  }
  const fresh = look.detections.filter(({ origin }) => {
    if (origin === undefined) return true;
    if (state.origins.has(origin)) return false;
    state.origins.set(origin, look.measuredMs);
    return true;
  });
  if (fresh.length === 0 && look.detections.length > 0) return undefined;
  const detections = layOut(fresh.length === look.detections.length ? look : { ...look, detections: fresh }, model.sensor);
  const learned = state.learned[slot];
  const clutter = clutterDensities(model, learned, detections);
  findCompany(work.company, state.tracks, detections, settings);
  const unseen = sharesUnseen(slots.models, state.learned, slot, detections);
  const alone = (j: number): number => settings.birthRatio + settings.presentRatio * unseen[j];
  const newcomers = clutter.map((density, j) => alone(j) + work.company.density[j] / density);
  return { look, slot, model, detections, clutter, newcomers };
}
