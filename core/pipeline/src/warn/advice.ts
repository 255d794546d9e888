import type { Landmark, Level, Phrase, Place } from "@picket/model";
import { phrase } from "../phrases.ts";

/** What a warned person is to do. */
export function adviceFor(level: Level, possible: boolean): Phrase {
  if (possible) return phrase("advice.possible", {});
  switch (level) {
    case "critical":
      return phrase("advice.takeCoverNow", {});
    case "warning":
      return phrase("advice.takeCover", {});
    case "caution":
    case "watch":
      return phrase("advice.beReady", {});
    default:
      return level satisfies never;
  }
}

/** A named place farther than this from the object says nothing of where it is. */
const NEAR_M = 1000;
const M_PER_DEG = 111_195;

/** The name of the landmark nearest to a place, when one is near. */
export function nearestLandmark(landmarks: readonly Landmark[], { latDeg, lonDeg }: Place): string | undefined {
  const eastPerDeg = M_PER_DEG * Math.cos((latDeg * Math.PI) / 180);
  let nearest: string | undefined;
  let least2 = NEAR_M * NEAR_M;
  for (const landmark of landmarks) {
    const east = (landmark.lonDeg - lonDeg) * eastPerDeg;
    const north = (landmark.latDeg - latDeg) * M_PER_DEG;
    if (east * east + north * north > least2) continue;
    least2 = east * east + north * north;
    nearest = landmark.name;
  }
  return nearest;
}
