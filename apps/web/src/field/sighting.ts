import type { CommandId, PersonId, Sighting, SightingId } from "@picket/model";

/** What a person told with three taps: only the direction is theirs to give, all else has an honest default. */
export type SightingDraft = Readonly<{
  /** Degrees clockwise from true north, and how it was given: by pointing the phone or by tapping one of eight winds. */
  direction?: Readonly<{ bearingDeg: number; by: "compass" | "rose" }>;
  elevation?: "low" | "middle" | "high";
  seenAgoS: 0 | 60 | 300;
  count: number;
  moving: Sighting["moving"];
}>;

export const NEW_DRAFT: SightingDraft = { seenAgoS: 0, count: 1, moving: "unknown" };

/** Where the observer stands, as the phone measured it. */
export type ObserverPlace = Readonly<{ latDeg: number; lonDeg: number; sigmaM: number }>;

/**
 * A phone's compass is off by 10° and more near steel, and a hand adds some; a tap on an eight-wind rose is a sector of 45°
 * (uniform: 45/√12 = 13°) and a person names the wrong one now and then.
 */
const BEARING_SIGMA_DEG = { compass: 15, rose: 20 } as const;
const ELEVATION_DEG = { low: 10, middle: 35, high: 65 } as const;
/** "Now" is within some seconds; memory of "five minutes ago" is good to two. */
const SEEN_SIGMA_MS = { 0: 5000, 60: 30_000, 300: 120_000 } as const;

/** The command a phone sends for a draft. `id` is made once per draft: sent twice, it still counts once. */
export type SightingCommand = Readonly<{
  kind: "sighting";
  id: CommandId;
  sighting: Sighting;
  reality: "live" | "exercise" | "simulated" | "replay" | "test";
}>;

export function sightingCommand(
  draft: SightingDraft,
  place: ObserverPlace,
  who: Readonly<{ person: PersonId; name: string }>,
  id: string,
  nowMs: number,
  reality: SightingCommand["reality"],
): SightingCommand {
  const { direction, elevation, seenAgoS, count, moving } = draft;
  return {
    kind: "sighting",
    id: id as CommandId,
    reality,
    sighting: {
      id: id as SightingId,
      by: who.name,
      person: who.person,
      seenMs: nowMs - seenAgoS * 1000,
      seenSigmaMs: SEEN_SIGMA_MS[seenAgoS],
      latDeg: place.latDeg,
      lonDeg: place.lonDeg,
      placeSigmaM: place.sigmaM,
      ...(direction && { bearingDeg: direction.bearingDeg, bearingSigmaDeg: BEARING_SIGMA_DEG[direction.by] }),
      ...(elevation && { elevationDeg: ELEVATION_DEG[elevation] }),
      count,
      moving,
    },
  };
}
