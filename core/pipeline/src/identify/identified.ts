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
    /** Why it is, or is not, a friend; what a person declared; what was contradicted. */
    why: readonly Phrase[];
  }>;

/** Probability that it is a thing that may harm: everything but birds, manned aircraft and balloons. */
export const droneProbability = ({ multirotor, fixedWing, other }: ClassProbabilities): number => multirotor + fixedWing + other;
