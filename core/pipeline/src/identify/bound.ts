import type { TrackId } from "@picket/model";
import type { Picture } from "../track/track.ts";
import type { Tracked } from "../track/tracked.ts";
import { type ClaimLedger, recordOf } from "./claim-ledger.ts";
import { apartM, type ClaimRecord } from "./claim-record.ts";

/** An identity that detections of a track carried, and how probably it is the track's own. */
export type Bound = Readonly<{ record: ClaimRecord; probability: number; lastMs: number; isShared: boolean }>;

/** Evidence that is older than this no longer makes a track a bearer. */
const FRESH_MS = 5000;
/** Two tracks bear one identity when each has this much of it and they are this far apart. */
const BEARER_SHARE = 0.2;
const APART_M = 100;
/** A claim that was heard at two places at once is shared for this long. */
const TWO_PLACES_MS = 30_000;

/** Which identities every track bears. The weight of a claim is shared among all tracks that its detections were associated with. */
export function bindClaims(ledger: ClaimLedger, { tracks }: Picture, nowMs: number): Map<TrackId, Bound[]> {
  const bearers = new Map<ClaimRecord, { track: Tracked; weight: number; against: number; lastMs: number }[]>();
  for (const track of tracks)
    for (const { claim, weight, against, lastMs } of track.state.claims) {
      const record = recordOf(ledger, track.reality, claim);
      if (!record) continue;
      const list = bearers.get(record) ?? [];
      bearers.set(record, list);
      const same = list.find((bearer) => bearer.track === track);
      if (same) {
        same.weight += weight;
        same.lastMs = Math.max(same.lastMs, lastMs);
      } else list.push({ track, weight, against, lastMs });
    }
  const bound = new Map<TrackId, Bound[]>();
  for (const [record, list] of bearers) {
    const fresh = list.filter(({ lastMs }) => nowMs - lastMs <= FRESH_MS);
    const total = fresh.reduce((sum, { weight }) => sum + weight, 0);
    const strong = fresh.filter(({ weight }) => weight >= BEARER_SHARE * total).map(({ track }) => placeOf(track));
    const isApart = strong.some((a) => strong.some((b) => apartM(a, b) > APART_M));
    const isShared = isApart || (record.twoPlaces !== undefined && nowMs - record.twoPlaces.atMs <= TWO_PLACES_MS);
    for (const { track, weight, against, lastMs } of list) {
      const share = nowMs - lastMs <= FRESH_MS && total > 0 ? weight / total : weight / (weight + total);
      const probability = Math.min(1, share * (weight / Math.max(1e-9, weight + against)));
      const all = bound.get(track.id) ?? [];
      bound.set(track.id, all);
      all.push({ record, probability, lastMs, isShared });
    }
  }
  return bound;
}

const placeOf = ({ state }: Tracked) => ({ eastM: state.posEnuM[0], northM: state.posEnuM[1] });
