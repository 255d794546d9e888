import type { Authorisation, Phrase } from "@picket/model";
import { phrase } from "../phrases.ts";
import { areaOf } from "../standing/areas.ts";
import { frameHeight, rss, type SiteFrame } from "../track/site-frame.ts";
import type { Tracked } from "../track/tracked.ts";
import type { Bound } from "./bound.ts";

/** Does the track fly as this authorisation permits, as far as broadcasts and sensors can tell, and if not, what is missing? */
export type Permission = Readonly<{ isPermitted: boolean; why: Phrase }>;

/** An identity binds when it belongs to the track at least this probably. */
const BOUND_PROBABILITY = 0.8;

/**
 * A permitted flight bears the authorisation's identity, where another sensor confirms what it broadcasts, and is within the
 * authorisation's time, area and ceiling; of two bearers of one identity neither does. It is no friend by that: whoever copies a serial
 * flies where the copy says. A friend is who a named person has checked in.
 */
export function permissionOf(
  { holder, fromMs, toMs, area, ceiling }: Authorisation,
  { record, probability, isShared }: Bound,
  track: Tracked,
  site: SiteFrame,
  nowMs: number,
): Permission {
  const not = (why: Phrase): Permission => ({ isPermitted: false, why });
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
  return { isPermitted: true, why: phrase("reason.authorisedNotCheckedIn", { holder }) };
}
