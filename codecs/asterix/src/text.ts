/**
 * The characters of six bits by their code: letters, digits and space. Zero, with which some senders fill up, shows as a space too, and
 * every other code as U+FFFD.
 *
 * @source ICAO Annex 10, Vol. IV, table 3-9.
 */
export const IA5_CHARACTERS: readonly string[] = Array.from({ length: 64 }, (_, code) => {
  if (code === 0) return " ";
  if (code >= 1 && code <= 26) return String.fromCharCode(0x40 + code);
  return code === 0x20 || (code >= 0x30 && code <= 0x39) ? String.fromCharCode(code) : "\ufffd";
});
