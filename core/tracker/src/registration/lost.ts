/**
 * How a registered sensor finds its references, by claim: when it last saw one where it should be, and how surprising its misses of one are,
 * -ln of the probability that all of them are chance. Plain data.
 */
export type Finding = {
  found: Map<string, { lastMs: number }>;
  missing: Map<string, { surprise: number; lastMs: number }>;
  /** The farthest that a reference was found: what flies beyond is not missed. */
  reachM: number;
  isLost: boolean;
  /** Of one that is lost: so many references it surely missed when that was last plain. */
  missed: number;
};

/** A sheet may praise its sensor: a miss is no rarer than this. */
const BEST_DETECTION = 0.7;
/** It is lost when so many references are missed, each so surprisingly, and all together as one chance in a million has it. */
const LEAST_MISSING = 2;
const SURPRISE_EACH = 5;
const SURPRISE_ALL = 14;
/** And when they are more than twice as many as were found lately: among many plots one may lie where another's should. */
const MOST = 2;
const FOUND_MS = 10_000;
const FORGET_MS = 60_000;

export const newFinding = (): Finding => ({ found: new Map(), missing: new Map(), reachM: 0, isLost: false, missed: 0 });

/** A reference was where the sensor's registration has it. */
export function noteFound(finding: Finding, claim: string, rangeM: number, atMs: number): void {
  finding.reachM = Math.max(finding.reachM, rangeM);
  finding.missing.delete(claim);
  finding.found.set(claim, { lastMs: atMs });
  judge(finding, atMs);
}

/** A look that should have shown a reference did not; with probability 1 - pD that says nothing. */
export function noteMissed(finding: Finding, claim: string, atMs: number, detectionProbability: number): void {
  const surprise = (finding.missing.get(claim)?.surprise ?? 0) - Math.log(1 - Math.min(detectionProbability, BEST_DETECTION));
  finding.missing.set(claim, { surprise, lastMs: atMs });
  judge(finding, atMs);
}

/** Lost until it has found two references, and they are most of those in its view. */
function judge(finding: Finding, atMs: number): void {
  const { found, missing } = finding;
  for (const [claim, { lastMs }] of found) if (atMs - lastMs > FOUND_MS) found.delete(claim);
  for (const [claim, { lastMs }] of missing) if (atMs - lastMs > FORGET_MS) missing.delete(claim);
  const surprising = [...missing.values()].filter(({ surprise }) => surprise >= SURPRISE_EACH);
  const all = surprising.reduce((sum, { surprise }) => sum + surprise, 0);
  if (surprising.length >= LEAST_MISSING && surprising.length > MOST * found.size && all >= SURPRISE_ALL) {
    finding.isLost = true;
    finding.missed = surprising.length;
  } else if (found.size >= LEAST_MISSING && found.size > surprising.length) finding.isLost = false;
}
