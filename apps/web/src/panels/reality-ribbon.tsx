import type { Reality } from "@picket/model";
import type { ComponentChild } from "preact";
import type { TextKey } from "../speech/interface-table.ts";
import type { Speech } from "../speech/speech.ts";

const RIBBON: Readonly<Record<Exclude<Reality, "live">, TextKey>> = {
  simulated: "ribbonSimulated",
  exercise: "ribbonExercise",
  test: "ribbonTest",
  replay: "ribbonReplay",
};
const TAG: Readonly<Record<Exclude<Reality, "live">, TextKey>> = {
  simulated: "tagSimulated",
  exercise: "tagExercise",
  test: "tagTest",
  replay: "tagReplay",
};

/** Says across the whole page that what is shown is not actual; nothing when it is. */
export function RealityRibbon({ reality, speech }: { reality: Reality; speech: Speech }): ComponentChild {
  if (reality === "live") return null;
  const words = speech.text(RIBBON[reality]);
  return (
    <div class="ribbon" data-reality={reality} role="status">
      <span aria-hidden="true">{words}</span>
      <strong>{words}</strong>
      <span aria-hidden="true">{words}</span>
    </div>
  );
}

/** The short form that stands beside one thing; empty for what is live. */
export const realityTag = (reality: Reality, speech: Speech): string => (reality === "live" ? "" : speech.text(TAG[reality]));
