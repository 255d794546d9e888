const ADDRESS = /^~?[0-9a-f]{6}$/;
/** No state has this block: programs that export drones as aircraft take their addresses from it. */
const UNALLOCATED = /^ff/;

/** Six hex digits in lower case, behind a "~" when a receiver found that it is no ICAO address; `undefined` for other text. */
export function addressOf(text: string | undefined): string | undefined {
  const address = text?.toLowerCase();
  return address !== undefined && ADDRESS.test(address) ? address : undefined;
}

/** @source ICAO Annex 10, volume III, chapter 9: allocation of 24-bit addresses to states. */
export const isIcaoAddress = (address: string): boolean => !address.startsWith("~") && !UNALLOCATED.test(address);
