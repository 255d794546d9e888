import type Type from "typebox";
import { oneOf } from "./shape.ts";

/** What stands behind a detection, track, alert or message. Nothing but `live` ever alarms as live. */
export const Reality = oneOf("live", "exercise", "simulated", "replay", "test");
export type Reality = Type.Static<typeof Reality>;

const RANK: Readonly<Record<Reality, number>> = { live: 0, exercise: 1, simulated: 2, test: 3, replay: 4 };

/** The least real of two: what is made of a live and a simulated part is simulated. */
export const leastReal = (a: Reality, b: Reality): Reality => (RANK[a] >= RANK[b] ? a : b);

/** The most real of some: a place that a live feed reaches is live, whatever else is rehearsed there. Live where there are none. */
export const mostReal = (realities: readonly Reality[]): Reality =>
  realities.reduce((best, reality) => (RANK[reality] < RANK[best] ? reality : best), realities[0] ?? "live");
