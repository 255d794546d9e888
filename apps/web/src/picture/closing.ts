import { distanceM } from "@picket/geo";
import type { Alert, AssessedTrack, PersonId } from "@picket/model";
import { isReturned } from "./alert-order.ts";
import type { Picture } from "./picture.ts";

/** How near the danger of an alert is. */
export type Closing =
  | Readonly<{ kind: "lostContact" | "inside" | "warningOpen" }>
  | Readonly<{ kind: "arrives"; inS: number }>
  | Readonly<{ kind: "away"; distanceM: number }>;

/** A time shorter than this says nothing: what hovers at a boundary is about to enter for ever. */
const SHORTEST_S = 1;

/**
 * How near an alert's tracks are by the newest picture, the nearest of them counting; undefined when there is nothing to say. An alert
 * itself is only sent anew when it changes, so that what it foretold goes by: then the distance is said instead.
 */
export function closingOf(alert: Alert, picture: Picture): Closing | undefined {
  if (isReturned(alert)) return undefined;
  if (alert.lostContactMs !== undefined) return { kind: "lostContact" };
  const tracks = alert.tracks.flatMap((id) => picture.tracks.get(id) ?? []);
  return alert.zone === undefined ? personClosing(alert, tracks, picture) : zoneClosing(alert.zone, tracks, picture.nowMs);
}

function zoneClosing(zone: Alert["zone"], tracks: readonly AssessedTrack[], nowMs: number): Closing | undefined {
  const views = tracks.flatMap(({ assessment, nowMs: stateMs }) =>
    assessment.zones.filter((near) => near.zone === zone).map((near) => ({ ...near, sinceS: (nowMs - stateMs) / 1000 })),
  );
  if (views.some(({ relation }) => relation === "inside")) return { kind: "inside" };
  const inS = Math.min(
    ...views.flatMap(({ relation, entryS, sinceS }) =>
      relation === "approaching" && entryS !== undefined ? [entryS - sinceS] : [],
    ),
  );
  if (inS >= SHORTEST_S && inS < Number.POSITIVE_INFINITY) return { kind: "arrives", inS };
  return nearest(views.map((view) => view.distanceM));
}

function personClosing({ person, arrivalMs }: Alert, tracks: readonly AssessedTrack[], picture: Picture): Closing | undefined {
  const leftS = arrivalMs === undefined ? -1 : (arrivalMs - picture.nowMs) / 1000;
  if (leftS >= SHORTEST_S) return { kind: "arrives", inS: leftS };
  if (person && tracks.length === 0 && hasOpenWarning(person, picture)) return { kind: "warningOpen" };
  const position = person && picture.persons.get(person)?.position;
  return position ? nearest(tracks.map((track) => distanceM(track, position))) : undefined;
}

/** Nothing is near any more, but the person has not been told so. */
const hasOpenWarning = (person: PersonId, { warnings }: Picture): boolean =>
  [...warnings.values()].some((warning) => warning.person === person && warning.state !== "allClear");

const nearest = (distancesM: readonly number[]): Closing | undefined =>
  distancesM.length === 0 ? undefined : { kind: "away", distanceM: Math.min(...distancesM) };
