import type { Detections } from "../looks/detections.ts";
import type { TrackStore } from "../store/store.ts";
import type { Workspace } from "../workspace.ts";
import { isHearsayOf, livesByClaim } from "./claims.ts";

/**
 * From a track whose first and last places lie less than this apart (at one a second, from fewer than five) nothing goes over: whoever says new names would
 * pour the belief in all of them into one false alarm.
 */
const HEARD_FOR_MS = 4000;

/**
 * Leaves in `gained` what each track's existence changes by beyond its own marginals. A plot that lies among several of which only their own words tell
 * is of one of them, and by itself each would grow less probable with every look: that something is there is surer than which. The track c
 * that takes plot j stands for whichever it was. Where that was i, with probability p_ij, c was missed if it had no other plot and is there with q_c = r·miss / (1 - r + r·miss); the two
 * change places, so that c gains p_ij · p_c0/(1 - p_cj) · (1 - q_c) and i loses it. Nothing comes of nothing: the sum stays.
 *
 * @source Williams (2015), "Marginal multi-Bernoulli filters", section IV-C (measurement-oriented merging, MOMB/P).
 */
export function shareOut(
  { edges, gained, association, missProbability }: Workspace,
  tracks: TrackStore,
  d: Detections,
  chosen: Int32Array,
): void {
  gained.fill(0, 0, tracks.count);
  for (let row = 0; row < tracks.count; row++) {
    const own = chosen[row];
    if (own < 0) continue;
    const j = edges.detection[own];
    const [from, to] = [edges.start[j], edges.start[j + 1]];
    if (to - from < 2 || isHearsayOf(d, j)) continue;
    const r = tracks.existence[row];
    const gone = (1 - r) / (1 - r + r * missProbability[row]);
    const share = (gone * association.missed[row]) / Math.max(1 - edges.marginal[own], association.missed[row]);
    for (let a = from; a < to; a++) {
      const e = edges.byDetection[a];
      const other = edges.track[e];
      if (other === row || tracks.confirmed[other] === 1 || !livesByClaim(tracks, other)) continue;
      if (tracks.measuredMs[other] - tracks.firstMs[other] < HEARD_FOR_MS) continue;
      gained[row] += share * edges.marginal[e];
      gained[other] -= share * edges.marginal[e];
    }
  }
}
