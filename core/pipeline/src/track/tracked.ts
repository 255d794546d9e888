import type { AssessedTrack, Ellipse, Height, Reality, TrackId } from "@picket/model";
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
  /** The group that it cannot be told apart from. */
  group?: NonNullable<AssessedTrack["group"]>;
}>;

const scratch = newGroundState();

export function toTracked(toId: (serial: number) => TrackId, reality: Reality, state: TrackState, site: SiteFrame): Tracked {
  const id = toId(state.serial);
  const { latDeg, lonDeg, heightM } = placeOut(site, state.posEnuM);
  predictGroundInto(scratch, state, 0);
  const ellipse = toEllipse(scratch);
  const group = groupOut(toId, state, site);
  const known = { id, reality, state, latDeg, lonDeg, ellipse, ...(group && { group }) };
  if (!state.heightKnown) return known;
  const sigmaM = Math.sqrt(Math.max(0, state.covariance[14] as number));
  const awayM = Math.sqrt(state.posEnuM[0] * state.posEnuM[0] + state.posEnuM[1] * state.posEnuM[1]);
  const agl = { heightM: heightM - site.groundM, sigmaM: rss(sigmaM, reliefSigmaM(awayM)) };
  const height: Height =
    site.zero === "hae"
      ? { valueM: heightM, sigmaM, reference: "hae" }
      : { valueM: agl.heightM, sigmaM: rss(sigmaM, groundSigmaM(awayM)), reference: "agl" };
  return { ...known, height, agl };
}

function groupOut(toId: (serial: number) => TrackId, { group }: TrackState, site: SiteFrame): Tracked["group"] {
  if (!group) return undefined;
  const { leader, tracks, about, atLeast, centreEnuM, radiusM } = group;
  const { latDeg, lonDeg } = placeOut(site, centreEnuM);
  return { leader: toId(leader), tracks, about: Math.max(atLeast, Math.round(about)), atLeast, latDeg, lonDeg, radiusM };
}
