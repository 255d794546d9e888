/** Lower-case hexadecimal, two digits an octet: how hashes stand in a seal. */
export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (const octet of bytes) text += octet.toString(16).padStart(2, "0");
  return text;
}
