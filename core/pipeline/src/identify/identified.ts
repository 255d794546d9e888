import type { Affiliation, AuthorisationId, ClassProbabilities, Declaration, Identity, Phrase } from "@picket/model";
import type { Tracked } from "../track/tracked.ts";

/** A track with all that is known of who and what it is. */
export type Identified = Tracked &
  Readonly<{
    classes: ClassProbabilities;
    identities: readonly Identity[];
    affiliation: Affiliation;
    authorisation?: AuthorisationId;
    declaration?: Declaration;
    /** What was declared calmed, and may be true of another track that flew beside this one: it counts no more. */
    isDoubted?: true;
    /** Who it says it is, when all that tells of it is its own fresh broadcast and no sensor denies that it is there. */
    byOwnWord?: string;
    /** It says that it stands on the ground, and its own speed does not belie it. */
    saysGrounded?: true;
    /** The aircraft that it says it is, which would make it hardly a drone, while it flies as one. */
    saysAircraft?: string;
    /** Why it is, or is not, a friend; what a person declared; what was contradicted. */
    why: readonly Phrase[];
  }>;

/** Is it worth an alarm: proven by sensors, or known by its own word that no sensor denies? */
export const isCredible = ({ state, byOwnWord }: Identified): boolean => state.confirmed || byOwnWord !== undefined;

/** One step less than a stranger in flight: what seems permitted or was declared, yet not surely it, and what says that it is an aircraft or grounded. */
export const isMilder = ({ authorisation, isDoubted, saysGrounded, saysAircraft }: Identified): boolean =>
  authorisation !== undefined || isDoubted === true || saysGrounded === true || saysAircraft !== undefined;
