import type { GeoPoint } from "@picket/geo";

/** Where each sender was last heard to be, the one not heard for longest first. A plain JSON value. */
export type EventNamesState = readonly Readonly<{ sender: string; place: string; firstMs: number }>[];

/** Names the event behind a stated position, the same at every receiver that heard of it. */
export type EventNames = {
  /** `fixMs` is when the position was measured, by whichever clock, as long as it is the same one each time. */
  name(sender: string, place: GeoPoint, fixMs: number): string;
  snapshot(): EventNamesState;
};

/** Senders whose last place is remembered. */
export const MAX_SENDERS = 4096;
/** A sender that stays at one place makes a new event this often. */
const SAME_PLACE_MS = 1000;
/** Receivers round to five decimals or more; a metre tells any two fixes of one sender apart. */
const DECIMALS = 5;

/**
 * An event is a sender and a place: receivers' clocks and counters differ, what was broadcast does not. One fix told again is the same
 * event; fixes that stay at one place are told apart by the seconds since the first of them.
 */
export function createEventNames(from: EventNamesState = []): EventNames {
  const last = new Map(from.map(({ sender, place, firstMs }) => [sender, { place, firstMs }]));

  return {
    name(sender, { latDeg, lonDeg }, fixMs) {
      const place = `${latDeg.toFixed(DECIMALS)},${lonDeg.toFixed(DECIMALS)}`;
      const before = last.get(sender);
      const here = before?.place === place ? before : { place, firstMs: fixMs };
      last.delete(sender);
      last.set(sender, here);
      const [oldest] = last.keys();
      if (last.size > MAX_SENDERS && oldest !== undefined) last.delete(oldest);
      const again = Math.max(0, Math.round((fixMs - here.firstMs) / SAME_PLACE_MS));
      return again === 0 ? `${sender}/${place}` : `${sender}/${place}+${again}`;
    },
    snapshot: () => [...last].map(([sender, { place, firstMs }]) => ({ sender, place, firstMs })),
  };
}
