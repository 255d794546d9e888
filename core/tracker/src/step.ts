import { associate } from "./associate.ts";
import { deleteTracks, endStale } from "./delete.ts";
import { gate } from "./gate.ts";
import { endStaleNewborns, foldBack, hatch } from "./hatch.ts";
import { initiate } from "./initiate.ts";
import { noteCrowding } from "./looks/crowding.ts";
import { layOutInto } from "./looks/lay-out.ts";
import { layRegion } from "./looks/look-region.ts";
import { moveFor } from "./motion/motion-step.ts";
import { predict } from "./predict.ts";
import type { PreparedLook } from "./prepared-look.ts";
import { ageClutter, detectionProbability } from "./sight/clutter.ts";
import { clutterDensitiesInto } from "./sight/clutter-density.ts";
import { sharesUnseenInto } from "./sight/unseen.ts";
import { type PlacedLook, placeOf, type TrackerState } from "./state.ts";
import { dropEndedNewborns } from "./store/newborns.ts";
import type { TrackStore } from "./store/store.ts";
import { findCompany } from "./swarm/company.ts";
import { moveTogether } from "./swarm/shared-motion.ts";
import type { TrackerLook } from "./types.ts";
import { update } from "./update.ts";
import { type Context, reserveLook, type Workspace } from "./workspace.ts";

/** Origins are remembered for so long: every receiver of one broadcast has been heard by then. */
const ORIGIN_MEMORY_MS = 30_000;

/**
 * One look changes what is known: predict, hatch, gate, associate, update, initiate, delete. The look's detections are in canonical order
 * and its time is not before the state's.
 */
export function step(state: TrackerState, look: PlacedLook, context: Context): void {
  const { settings, work } = context;
  const { tracks } = state;
  const dtS = Number.isNaN(state.timeMs) ? 0 : (look.measuredMs - state.timeMs) / 1000;
  state.timeMs = look.measuredMs;
  endStale(state, settings);
  if (dtS > 0) {
    endStaleNewborns(state, settings);
    dropEndedNewborns(state.newborns);
    predict(tracks, moveFor(work.moves, settings, dtS), settings);
  }
  const prepared = prepare(state, look, context);
  if (prepared === undefined) return;
  const { learned } = prepared;
  layRegion(prepared);
  hatch(context, state, prepared);
  pair(work, tracks, prepared);
  const isMoved = moveTogether(work, tracks, prepared);
  const isPairedOnce = isMoved && work.edges.count > settings.mostPairsAgain;
  if (isMoved && !isPairedOnce) pair(work, tracks, prepared);
  noteCrowding(state.crowding, look, isPairedOnce, work.association.unconverged > 0);
  update(context, state, prepared, learned);
  initiate(context, state, prepared, learned);
  deleteTracks(state, context);
  foldBack(context, state, prepared);
  ageClutter(prepared.model, learned, look);
}

/** Which detections may be whose, and how probably. */
function pair(work: Workspace, tracks: TrackStore, prepared: PreparedLook): void {
  gate(work, tracks, prepared);
  associate(work.association, work.edges, tracks.count, prepared.detections.count);
}

/** Lays out the look without the detections whose origin was used before; `undefined` when its only content was used before. */
function prepare(state: TrackerState, look: PlacedLook, { slots, settings, work }: Context): PreparedLook | undefined {
  const slot = slots.slotOf.get(look.sensor) ?? 0;
  const model = slots.models[slot];
  for (const [origin, atMs] of state.origins) {
    if (atMs >= look.measuredMs - ORIGIN_MEMORY_MS) break;
    state.origins.delete(origin);
  }
  const fresh = freshOf(state, look);
  if (fresh.length === 0 && look.detections.length > 0) return undefined;
  const { detections, company } = work;
  layOutInto(detections, fresh, model.sensor, look.measuredSigmaMs, placeOf(slots));
  reserveLook(work, detections.count);
  const { clutter, newcomers } = work;
  const learned = state.learned[slot];
  clutterDensitiesInto(clutter, model, learned, detections);
  findCompany(company, state.tracks, detections, settings);
  sharesUnseenInto(newcomers, slots.models, state.learned, slot, detections);
  for (let j = 0; j < detections.count; j++)
    newcomers[j] = settings.birthRatio + settings.presentRatio * newcomers[j] + company.density[j] / clutter[j];
  const pD = detectionProbability(model, learned);
  return { look, slot, model, learned, pD, settings, detections, clutter, newcomers };
}

/** The look's detections but those whose origin was used before; remembers the origins. */
function freshOf({ origins }: TrackerState, { detections, measuredMs }: TrackerLook): TrackerLook["detections"] {
  if (!detections.some(({ origin }) => origin !== undefined)) return detections;
  return detections.filter(({ origin }) => {
    if (origin === undefined) return true;
    if (origins.has(origin)) return false;
    origins.set(origin, measuredMs);
    return true;
  });
}
