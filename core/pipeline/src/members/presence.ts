import type { Assessed } from "../assess/assessed.ts";
import { claimKey, leadingClaim } from "../track/looks.ts";
import type { Presence } from "./members.ts";

/** What a presence tells of the track itself, whatever the condition. */
export function presenceBase({ id, state, identities, seenMs }: Assessed): Omit<Presence, "holds" | "clear"> {
  const claim = leadingClaim(identities.map((identity) => identity.claim));
  return {
    track: id,
    firstMs: state.firstMs,
    measuredMs: state.measuredMs,
    seenMs,
    eastM: state.posEnuM[0],
    northM: state.posEnuM[1],
    ...(claim && { identity: claimKey(claim) }),
  };
}
