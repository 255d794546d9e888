import { rss } from "../track/site-frame.ts";
import { apartM, type ClaimedPlace, LATEST_S, OFFSET_M } from "./claim-record.ts";
import type { Placed } from "./plots.ts";

/** Heights are off by a datum, a barometer or a home point. */
const HEIGHT_OFFSET_M = 200;
/** A false detection, or another object, is found within the gate at least this often. */
const FALSE_LEAST = 0.05;
/** A ring this many gates wide around the gate tells how crowded it is there. */
const RING_GATES = 5;

const gateOf = ({ sigmaM }: ClaimedPlace): number => OFFSET_M + 3 * sigmaM;

/** Is the plot within the gate of where the claim says, or of where an honest but late sender has flown since? */
export function isNear(plot: Placed, place: ClaimedPlace): boolean {
  if (!isOfHeight(plot, place)) return false;
  const gateM = gateOf(place);
  const [de, dn] = [plot.eastM - place.eastM, plot.northM - place.northM];
  const speed2 = place.eastMps * place.eastMps + place.northMps * place.northMps;
  const lateS = speed2 > 0.1 ? Math.min(LATEST_S, Math.max(0, (de * place.eastMps + dn * place.northMps) / speed2)) : 0;
  const [me, mn] = [de - place.eastMps * lateS, dn - place.northMps * lateS];
  return me * me + mn * mn <= gateM * gateM;
}

/**
 * Log-likelihood ratio of a hit given something there against nothing there: ln((pD + (1 − pD)·pF) / pF), where pF is the probability that a detection of
 * something else falls into the gate: by the density around it, and never below a floor.
 */
export function hitLlr(plots: readonly Placed[], place: ClaimedPlace, pD: number): number {
  const gateM = gateOf(place);
  let around = 0;
  for (const plot of plots) {
    const awayM = apartM(plot, place);
    if (awayM > gateM && awayM <= RING_GATES * gateM && isOfHeight(plot, place)) around++;
  }
  const strangers = Math.max(FALSE_LEAST, 1 - Math.exp(-around / (RING_GATES * RING_GATES - 1)));
  return Math.log((pD + (1 - pD) * strangers) / strangers);
}

/** Heights may be off by a datum too, and are compared only where both are known. */
const isOfHeight = ({ upM, upSigmaM }: Placed, place: ClaimedPlace): boolean =>
  upM === undefined || !place.heightKnown || Math.abs(upM - place.upM) <= HEIGHT_OFFSET_M + 3 * rss(upSigmaM, place.upSigmaM);
