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
/** `page` is what the picture is, whether it is of now or played again. */
type Props = Readonly<{ isReplay: boolean; page: Reality; speech: Speech }>;

/** Says across the whole page that what is shown is not actual, and of a replay also when what is played again never was; nothing when it is. */
export function RealityRibbon({ isReplay, page, speech }: Props): ComponentChild {
  const reality = isReplay ? "replay" : page;
  if (reality === "live") return null;
  const played = isReplay && page !== "live" && page !== "replay" ? RIBBON[page] : undefined;
  const words = speech.text(RIBBON[reality]) + (played ? ` · ${speech.text(played)}` : "");
  return (
    <div class="ribbon" data-reality={reality} role="status">
      <span aria-hidden="true">{words}</span>
      <strong>{words}</strong>
      <span aria-hidden="true">{words}</span>
    </div>
  );
}

/** Stands beside one thing that is not what the page as a whole is. */
export function RealityTag({
  reality,
  page,
  speech,
}: Readonly<{ reality: Reality; page: Reality; speech: Speech }>): ComponentChild {
  return (
    reality !== page && (
      <em class="tag" data-reality={reality}>
        {speech.word(reality)}
      </em>
    )
  );
}
