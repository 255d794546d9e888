import type { Random } from "../random.ts";

/** Fading around the free-space level, dB. */
const FADING_DB = 4;

/**
 * Power at a receiver, dBm: free-space loss, and fading by chance.
 *
 * @source ITU-R P.525-4, eq. 4: loss = 32.4 + 20·log10(f in MHz) + 20·log10(d in km).
 */
export function receivedDbm(sentDbm: number, frequencyMhz: number, rangeM: number, random: Random): number {
  const lossDb = 32.4 + (20 * Math.log(frequencyMhz)) / Math.LN10 + (20 * Math.log(Math.max(rangeM, 1) / 1000)) / Math.LN10;
  return sentDbm - lossDb + FADING_DB * random.normal();
}
