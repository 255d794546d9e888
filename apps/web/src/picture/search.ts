import type { AlertId, TrackId } from "@picket/model";
import type { Picture } from "./picture.ts";
import { nameOf } from "./track-kind.ts";

/** Something that was searched for: what it is, what to show, and where to go. */
export type Found = Readonly<
  { title: string; detail: string; latDeg: number; lonDeg: number } & (
    | { kind: "track"; id: TrackId }
    | { kind: "zone" | "person" | "sensor" | "landmark"; id: string }
  )
>;

const MOST = 12;

/** Everything whose name, id or identity holds the text, tracks first. An empty text finds nothing. */
export function search(picture: Picture, text: string): readonly Found[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return [];
  const holds = (...words: readonly (string | undefined)[]) => words.some((word) => word?.toLowerCase().includes(wanted));
  const tracks = [...picture.tracks.values()]
    .filter((track) => holds(track.id, ...track.identities.flatMap(({ claim, operatorId }) => [claim.value, operatorId])))
    .map(
      (track): Found => ({
        kind: "track",
        id: track.id,
        title: nameOf(track),
        detail: track.id,
        latDeg: track.latDeg,
        lonDeg: track.lonDeg,
      }),
    );
  const persons = [...picture.persons.values()].flatMap(({ id, name, position }): Found[] =>
    position && holds(name, id)
      ? [{ kind: "person", id, title: name, detail: id, latDeg: position.latDeg, lonDeg: position.lonDeg }]
      : [],
  );
  const zones = picture.zones.flatMap(({ id, name, shape }): Found[] => {
    const [lonDeg, latDeg] =
      shape.kind === "circle"
        ? [shape.centre.lonDeg, shape.centre.latDeg]
        : ((shape.kind === "corridor" ? shape.line : shape.rings[0])?.[0] ?? [0, 0]);
    return holds(name, id) ? [{ kind: "zone", id, title: name, detail: id, latDeg, lonDeg }] : [];
  });
  const sensors = picture.site.sensors
    .filter(({ id, name }) => holds(name, id))
    .map(({ id, name, latDeg, lonDeg }): Found => ({ kind: "sensor", id, title: name, detail: id, latDeg, lonDeg }));
  const landmarks = picture.site.landmarks
    .filter(({ name }) => holds(name))
    .map(({ name, latDeg, lonDeg }): Found => ({ kind: "landmark", id: name, title: name, detail: "", latDeg, lonDeg }));
  return [...tracks, ...persons, ...zones, ...sensors, ...landmarks].slice(0, MOST);
}

/** The next or previous of a list of alerts, staying at its ends. */
export function neighbour(ids: readonly AlertId[], current: AlertId | undefined, step: 1 | -1): AlertId | undefined {
  const at = current === undefined ? -1 : ids.indexOf(current);
  if (at === -1) return ids[0];
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))];
}
