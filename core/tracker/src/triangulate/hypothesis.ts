import type { TrackEnd } from "../types.ts";

/** Something that may be there, placed by what measures no place: what the evidence for it is, beside where it is. Plain data. */
export type Hypothesis<Heard> = {
  id: number;
  mean: number[];
  cov: number[];
  atMs: number;
  firstMs: number;
  /** Log-likelihood ratio of one object there against reports of nothing in particular; each report counts for one hypothesis. */
  llr: number;
  /** The same, when every report that fits counts, whomever else it fits. */
  rank: number;
  /** What each that has heard it has heard. */
  heard: Map<string, Heard>;
  /** Somebody has been told of it. */
  isTold: boolean;
};

/**
 * Ends a hypothesis that goes, if anybody was told of it. One that has become the same as its `twin` has merged into it; when nobody was told of the
 * twin yet, the twin goes on under its number.
 */
export function endInto<H>(ended: TrackEnd[], one: Hypothesis<H>, twin: Hypothesis<H> | undefined, endMs: number): void {
  if (!one.isTold) return;
  if (!twin) ended.push({ serial: one.id, endMs, reason: "existence" });
  else if (twin.isTold) ended.push({ serial: one.id, endMs, reason: "merged", mergedInto: twin.id });
  else {
    twin.id = one.id;
    twin.isTold = true;
  }
}
