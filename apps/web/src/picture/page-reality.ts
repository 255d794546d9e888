import { mostReal, type Reality } from "@picket/model";
import type { Picture } from "./picture.ts";

/**
 * What a page that shows this picture may be called: as real as the most real feed of its `site`, track or open warning. Nothing that
 * is live ever stands under the ribbon of a drill.
 */
export const pageReality = (site: Reality, { tracks, warnings }: Pick<Picture, "tracks" | "warnings">): Reality =>
  mostReal([
    site,
    ...[...tracks.values()].map(({ reality }) => reality),
    ...[...warnings.values()].filter(({ state }) => state !== "allClear").map(({ reality }) => reality),
  ]);

/** On a live page nothing but what is live sounds or is called danger; on the page of a drill the drill does. */
export const mayAlarm = (reality: Reality, page: Reality): boolean => reality === "live" || page !== "live";
