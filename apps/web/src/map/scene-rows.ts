import type { PersonState } from "@picket/model";
import type { Picture } from "../picture/picture.ts";
import { type Emphasis, ellipse, type Instances, SIGMAS_OF_95 } from "./instances.ts";
import { eastOf, southOf } from "./mercator.ts";
import { writeTraces } from "./traces.ts";
import { writeLastSeen, writeTracks } from "./track-rows.ts";

const WIDE_M = 100;

/** Writes the whole of a picture anew: traces, people, what ended and, on top of all, what is live. */
export function writeScene(out: Instances, picture: Picture, emphasis: Emphasis): void {
  for (const rows of Object.values(out)) rows.clear();
  writeTraces(out, picture.traces, picture.site.sensors, emphasis);
  for (const person of picture.persons.values()) writePerson(out, person, emphasis);
  writeLastSeen(out, picture.ended, emphasis);
  writeTracks(out, picture, emphasis);
}

/** Where a person may be by now: dashed once that is wider than a hundred metres. A post that stands still has none. */
function writePerson(out: Instances, { position }: PersonState, { anchor, palette }: Emphasis): void {
  if (!position || position.fixed) return;
  const { latDeg, lonDeg, sigmaM } = position;
  const circle = { semiMajorM: sigmaM, semiMinorM: sigmaM, orientationDeg: 0 };
  const dashed = Number(sigmaM * SIGMAS_OF_95 > WIDE_M);
  ellipse(out, latDeg, eastOf(anchor, lonDeg), southOf(anchor, latDeg), circle, palette.person, 0.5, dashed);
}
