import { type Association, createAssociation } from "./associate.ts";
import { createDetections, type Detections } from "./looks/detections.ts";
import type { Move } from "./motion/motion-step.ts";
import { createEdges, type Edges } from "./pairs/edges.ts";
import type { TrackerSettings } from "./settings.ts";
import type { SensorSlots, Serials } from "./state.ts";
import { createHatched, type Hatched } from "./store/newborns.ts";
import { type Blends, createBlends } from "./swarm/blends.ts";
import { type Company, createCompany } from "./swarm/company.ts";

/** What a step works with. Arrays grow and stay; nothing in them means anything between looks. */
export type Workspace = {
  /** By its seconds: see `moveFor`. */
  moves: Map<number, Move>;
  hatched: Hatched;
  detections: Detections;
  /** See {@link PreparedLook}; and per detection, 1 where a track goes on with it. */
  clutter: Float64Array;
  newcomers: Float64Array;
  taken: Uint8Array;
  edges: Edges;
  association: Association;
  /** Per track and motion: probability that the look detects it; per track: that it is missed though it may be there. */
  detectionProbability: Float64Array;
  missProbability: Float64Array;
  keep: Uint8Array;
  /** Per track: 1 where the look concerns it, for it may be seen or a detection may be its. */
  isNear: Uint8Array;
  /** Per track: probability that a look which has more than places gave it what places it. */
  placed: Float64Array;
  /** Per track: what it gains or loses in existence by whose plot a plot is: see `shareOut`. */
  gained: Float64Array;
  /** Per track: 1 where it may lie in an area that something is reported from. */
  isInArea: Uint8Array;
  /** Per track: probability that it shares a plot that another track took. */
  shared: Float64Array;
  /** Per track: the track that took the plot which it most probably shares. */
  sharer: Int32Array;
  /** Per track: how such a plot measures the track, six rows. */
  sharedRows: Float64Array;
  blends: Blends;
  company: Company;
};

export type Context = { settings: TrackerSettings; slots: SensorSlots; serials: Serials; work: Workspace };

export const createWorkspace = (): Workspace => ({
  moves: new Map(),
  hatched: createHatched(),
  detections: createDetections(),
  clutter: new Float64Array(0),
  newcomers: new Float64Array(0),
  taken: new Uint8Array(0),
  edges: createEdges(),
  association: createAssociation(),
  detectionProbability: new Float64Array(0),
  missProbability: new Float64Array(0),
  keep: new Uint8Array(0),
  isNear: new Uint8Array(0),
  placed: new Float64Array(0),
  gained: new Float64Array(0),
  isInArea: new Uint8Array(0),
  shared: new Float64Array(0),
  sharer: new Int32Array(0),
  sharedRows: new Float64Array(0),
  blends: createBlends(),
  company: createCompany(),
});

/** Makes room for a look's detections. */
export function reserveLook(work: Workspace, detections: number): void {
  if (work.clutter.length >= detections) return;
  work.clutter = new Float64Array(2 * detections);
  work.newcomers = new Float64Array(2 * detections);
  work.taken = new Uint8Array(2 * detections);
}
