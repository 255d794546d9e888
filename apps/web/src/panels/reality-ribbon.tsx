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

type Props = Readonly<{ reality: Reality; siteReality: Reality; speech: Speech }>;

/** Says across the whole page that what is shown is not actual, and of a replay also when what is played again never was; nothing when it is. */
export function RealityRibbon({ reality, siteReality, speech }: Props): ComponentChild {
  if (reality === "live") return null;
  const played = reality === "replay" && siteReality !== "live" && siteReality !== "replay" ? RIBBON[siteReality] : undefined;
  const words = speech.text(RIBBON[reality]) + (played ? ` · ${speech.text(played)}` : "");
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
