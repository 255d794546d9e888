import type { TrackId } from "@picket/model";
import type { Tracked } from "./tracked.ts";

/** Nearer than this, or than three sigma of both, two objects may be one plot, and either may go on as the other. */
const TOGETHER_M = 50;
const TOGETHER_SIGMAS = 3;

/** Are two tracks so near that nobody can tell afterwards which of them went on as which? */
export function areTogether(one: Tracked, other: Tracked): boolean {
  if (one.id === other.id || one.reality !== other.reality) return false;
  const [east, north] = [other.state.posEnuM[0] - one.state.posEnuM[0], other.state.posEnuM[1] - one.state.posEnuM[1]];
  if (!isWithin(east * east + north * north, one.ellipse.semiMajorM, other.ellipse.semiMajorM)) return false;
  if (!one.height || !other.height) return true;
  const up = other.state.posEnuM[2] - one.state.posEnuM[2];
  return isWithin(up * up, one.height.sigmaM, other.height.sigmaM);
}

function isWithin(squaredM2: number, oneSigmaM: number, otherSigmaM: number): boolean {
  const sigmas2 = TOGETHER_SIGMAS * TOGETHER_SIGMAS * (oneSigmaM * oneSigmaM + otherSigmaM * otherSigmaM);
  return squaredM2 <= Math.max(TOGETHER_M * TOGETHER_M, sigmas2);
}

/** Those of `tracks` that are together with one of them, found once for each that is asked for. */
export function companionsIn<T extends Tracked>(tracks: readonly T[]): (one: T) => readonly T[] {
  const known = new Map<TrackId, readonly T[]>();
  return (one) => {
    const found = known.get(one.id) ?? tracks.filter((other) => areTogether(one, other));
    known.set(one.id, found);
    return found;
  };
}
