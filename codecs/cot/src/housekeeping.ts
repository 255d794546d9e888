import type { CotElement, CotEvent } from "./event.ts";

/** How long a ping or its answer holds, in milliseconds. */
const PING_MS = 10_000;

/** An event about the network and not about a place: it stands at 0, 0 with nothing known, as TAK writes it. */
export function housekeepingEvent(
  draft: Readonly<{ type: string; uid: string; nowMs: number; staleMs: number; detail: readonly CotElement[] }>,
): CotEvent {
  const { type, uid, nowMs, staleMs, detail } = draft;
  return { uid, type, timeMs: nowMs, startMs: nowMs, staleMs, how: "m-g", point: { latDeg: 0, lonDeg: 0 }, detail };
}

/** A client's sign of life, which a server answers. */
export const pingEvent = (uid: string, nowMs: number): CotEvent =>
  housekeepingEvent({ type: "t-x-c-t", uid, nowMs, staleMs: nowMs + PING_MS, detail: [] });

export const isPing = ({ type }: CotEvent): boolean => type === "t-x-c-t";

/** The answer to a client's sign of life. */
export const pongEvent = (uid: string, nowMs: number): CotEvent =>
  housekeepingEvent({ type: "t-x-c-t-r", uid, nowMs, staleMs: nowMs + PING_MS, detail: [] });

/**
 * Takes a marker off every map: names it by `uid` and `type`, under a uid of its own, and forces it for those who would ask first.
 * To those who do not read it, an event of the marker's own uid whose stale time has come says the same.
 */
export function deleteEvent(marker: Readonly<{ uid: string; type: string }>, nowMs: number): CotEvent {
  const link: CotElement = { name: "link", attributes: { uid: marker.uid, relation: "none", type: marker.type }, children: [] };
  const force: CotElement = { name: "__forcedelete", attributes: {}, children: [] };
  const uid = `${marker.uid}-delete`;
  return housekeepingEvent({ type: "t-x-d-d", uid, nowMs, staleMs: nowMs + PING_MS, detail: [link, force] });
}

/** The uids of the markers that an event takes off the map; none for every other event. */
export const deletedUids = ({ type, detail }: CotEvent): readonly string[] =>
  type === "t-x-d-d"
    ? detail.flatMap(({ name, attributes }) => (name === "link" && attributes["uid"] ? [attributes["uid"]] : []))
    : [];
