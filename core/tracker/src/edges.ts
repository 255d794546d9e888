import { MODES } from "./store.ts";

/** Pairs of track and detection that passed the gate, in order of track; arrays grow and are kept from look to look. */
export type Edges = {
  count: number;
  track: Int32Array;
  detection: Int32Array;
  /** Odds of the pair against "track missed, detection unexplained". */
  odds: Float64Array;
  /** Per motion, its share of the pair's likelihood: the motion's probability after the update. */
  motion: Float64Array;
  /** Marginal probability that the detection came from the track. */
  marginal: Float64Array;
  /** 1 where the best joint assignment uses the pair. */
  chosen: Uint8Array;
  cluster: Int32Array;
};

export const createEdges = (capacity = 256): Edges => ({
  count: 0,
  track: new Int32Array(capacity),
  detection: new Int32Array(capacity),
  odds: new Float64Array(capacity),
  motion: new Float64Array(capacity * MODES),
  marginal: new Float64Array(capacity),
  chosen: new Uint8Array(capacity),
  cluster: new Int32Array(capacity),
});

/** Makes room for one more edge. */
export function reserveEdge(edges: Edges): void {
  if (edges.count < edges.track.length) return;
  const larger = createEdges(edges.track.length * 2);
  for (const name of ["track", "detection", "odds", "motion", "marginal", "chosen", "cluster"] as const) {
    larger[name].set(edges[name]);
    Object.assign(edges, { [name]: larger[name] });
  }
}
