import type { Ellipse, Height, Reality, TrackId } from "@picket/model";
import type { TrackState } from "@picket/tracker";
import { newGroundState, predictGroundInto, toEllipse } from "./ground.ts";
import { groundSigmaM, placeOut, reliefSigmaM, rss, type SiteFrame } from "./site-frame.ts";

/** One object over time, on the globe: what the later stages start from. */
export type Tracked = Readonly<{
  id: TrackId;
  reality: Reality;
  state: TrackState;
  latDeg: number;
  lonDeg: number;
  ellipse: Ellipse;
  /** Absent while no sensor has measured it. */
  height?: Height;
  /** Above the ground, which is taken to lie at the site's own height; the sigma allows for hills. */
  agl?: Readonly<{ heightM: number; sigmaM: number }>;
}>;

const scratch = newGroundState();

export function toTracked(id: TrackId, reality: Reality, state: TrackState, site: SiteFrame): Tracked {
  const { latDeg, lonDeg, heightM } = placeOut(site, state.posEnuM);
  predictGroundInto(scratch, state, 0);
  const ellipse = toEllipse(scratch);
  if (!state.heightKnown) return { id, reality, state, latDeg, lonDeg, ellipse };
  const sigmaM = Math.sqrt(Math.max(0, state.covariance[14] as number));
  const awayM = Math.sqrt(state.posEnuM[0] * state.posEnuM[0] + state.posEnuM[1] * state.posEnuM[1]);
  const agl = { heightM: heightM - site.groundM, sigmaM: rss(sigmaM, reliefSigmaM(awayM)) };
  const height: Height =
    site.zero === "hae"
      ? { valueM: heightM, sigmaM, reference: "hae" }
      : { valueM: agl.heightM, sigmaM: rss(sigmaM, groundSigmaM(awayM)), reference: "agl" };
  return { id, reality, state, latDeg, lonDeg, ellipse, height, agl };
}
