import type { GeoPoint } from "@picket/geo";

/** Where each transmitter was last heard to be, the one not heard for longest first. A plain JSON value. */
export type EventNamesState = readonly Readonly<{ transmitter: string; place: string; firstMs: number }>[];

/** Whose position it is, what sent it, and when it was measured by whichever clock, as long as it is the same one each time. */
export type Fix = Readonly<{ sender: string; transmitter: string; place: GeoPoint; fixMs: number }>;

/** Names the event behind a stated position, the same at every receiver that heard of it. */
export type EventNames = { name(fix: Fix): string; snapshot(): EventNamesState };

/** Transmitters whose last place is remembered. */
export const MAX_SENDERS = 4096;
/** One that stays at one place makes a new event this often. */
const SAME_PLACE_MS = 1000;

/**
 * An event is a sender and a place, to so many decimals of a degree as every receiver tells: receivers' clocks, counters and even
 * addresses differ, what was broadcast does not. One fix told again is the same event; fixes that stay at one place are told apart by
 * the seconds since the first of them.
 */
export function createEventNames(decimals: number, from: EventNamesState = []): EventNames {
  const last = new Map(from.map(({ transmitter, place, firstMs }) => [transmitter, { place, firstMs }]));

  return {
    name({ sender, transmitter, place: { latDeg, lonDeg }, fixMs }) {
      const place = `${latDeg.toFixed(decimals)},${lonDeg.toFixed(decimals)}`;
      const before = last.get(transmitter);
      const here = before?.place === place ? before : { place, firstMs: fixMs };
      last.delete(transmitter);
      last.set(transmitter, here);
      const [oldest] = last.keys();
      if (last.size > MAX_SENDERS && oldest !== undefined) last.delete(oldest);
      const again = Math.max(0, Math.round((fixMs - here.firstMs) / SAME_PLACE_MS));
      return again === 0 ? `${sender}/${place}` : `${sender}/${place}+${again}`;
    },
    snapshot: () => [...last].map(([transmitter, { place, firstMs }]) => ({ transmitter, place, firstMs })),
  };
}
