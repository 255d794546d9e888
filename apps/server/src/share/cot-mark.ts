import type { Reality } from "@picket/model";

/**
 * What stands behind an event, as its opex attribute says it: an operation, an exercise or a simulation, and a word of ours behind it.
 *
 * @source CoT event schema, version 2.0, opex.
 */
export const OPEX: Readonly<Record<Reality, string>> = {
  live: "o",
  exercise: "e",
  simulated: "s",
  replay: "s-replay",
  test: "s-test",
};

/** How a place came to be: by machines fused, or by a simulation. */
export const howFused = (reality: Reality): string => (reality === "live" || reality === "exercise" ? "m-f" : "m-s");

/** How a place came to be that somebody set: by hand, or by a simulation. */
export const howSet = (reality: Reality): string => (reality === "live" || reality === "exercise" ? "h-e" : "m-s");
