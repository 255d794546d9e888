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
