import type { AlertKind, Level, PersonId, Phrase, Place, Reality, SensorId, SightingId, TrackId, ZoneId } from "@picket/model";

/** What belongs together as one event in people's memory. */
export type Category = "air" | "broadcasts" | "sensors" | "people";

/** Something that is so now and ought to be a row of the alert list. The same key is the same row, however its content changes. */
export type Condition = Readonly<{
  key: string;
  category: Category;
  kind: AlertKind;
  level: Level;
  reality: Reality;
  title: Phrase;
  reasons: readonly Phrase[];
  refutedBy: readonly Phrase[];
  tracks: readonly TrackId[];
  count?: Readonly<{ about: number; atLeast: number }>;
  zone?: ZoneId;
  person?: PersonId;
  sensor?: SensorId;
  sighting?: SightingId;
  place?: Place;
  /** Where it is in the site's frame, east and north, metres: what lies near belongs to the same incident. */
  at?: readonly [number, number];
  arrivalMs?: number;
  /** A sensor confirms one of its tracks: whoever took the row while only broadcasts told of it had seen something less. */
  isProven?: boolean;
  /** What holds it up is not what was lost before, and may still be there. */
  isAnother?: boolean;
  /** When the last of its tracks ended unseen: nobody knows whether it is still so. */
  lostContactMs?: number;
  /** The person has not opened the newest warning in time: the row calls anew. */
  unseen?: true;
  /** Sounds even at the level that is only shown. */
  speaks?: boolean;
}>;
