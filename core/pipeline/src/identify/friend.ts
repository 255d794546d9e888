import type { Authorisation, Phrase } from "@picket/model";
import { phrase } from "../phrases.ts";
import { areaOf } from "../standing/areas.ts";
import { frameHeight, rss, type SiteFrame } from "../track/site-frame.ts";
import type { Tracked } from "../track/tracked.ts";
import type { Bound } from "./bound.ts";

/** Is the track a friend under this authorisation, and if not, what is missing? */
export type Friendship = Readonly<{ isFriend: boolean; why: Phrase }>;

/** An identity binds when it belongs to the track at least this probably. */
const BOUND_PROBABILITY = 0.8;

/**
 * A friend has an authorisation, and its identity bound to the track by telemetry that another sensor confirms, and is within the
 * authorisation's time, area and ceiling. Of two bearers of one identity neither is a friend.
 */
export function friendshipOf(
  { holder, fromMs, toMs, area, ceiling }: Authorisation,
  { record, probability, isShared }: Bound,
  track: Tracked,
  site: SiteFrame,
  nowMs: number,
): Friendship {
  const not = (why: Phrase): Friendship => ({ isFriend: false, why });
  if (isShared) return not(phrase("reason.twoBearers", { identity: record.claims[0]?.value ?? "" }));
  if (record.verdict !== "genuine" || probability < BOUND_PROBABILITY) return not(phrase("reason.authorisedUnbound", { holder }));
  if (nowMs < fromMs || nowMs > toMs) return not(phrase("reason.authorisedOutsideTime", { holder }));
  if (!areaOf(area)?.contains(track)) return not(phrase("reason.authorisedOutsideArea", { holder }));
  if (ceiling) {
    const limit = frameHeight(site, ceiling, track);
    if (!limit || !track.agl || !track.height) return not(phrase("reason.authorisedHeightUnknown", { holder }));
    const overM = site.groundM + track.agl.heightM - limit.heightM;
    if (overM > rss(limit.sigmaM, track.height.sigmaM)) return not(phrase("reason.authorisedTooHigh", { holder }));
  }
  return { isFriend: true, why: phrase("reason.friend", { holder }) };
}
