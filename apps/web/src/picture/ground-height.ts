import type { AssessedTrack } from "@picket/model";

/** How a track stands to the ground: `near` it is where its height says no more, `below` where the figure itself must be wrong. */
export type GroundRelation = "unknown" | "above" | "near" | "below";

/** Lower than this nobody can tell it from the ground. */
const NEAR_M = 2.5;
const SIGMAS_OF_95 = 2;

/** A measured height is off by some metres, and so is the ground: a little below the ground is near it, far below is a doubtful figure. */
export function groundRelation({ heightAglM, height }: Pick<AssessedTrack, "heightAglM" | "height">): GroundRelation {
  if (heightAglM === undefined) return "unknown";
  if (heightAglM >= NEAR_M) return "above";
  return heightAglM >= -NEAR_M - SIGMAS_OF_95 * (height?.sigmaM ?? 0) ? "near" : "below";
}
