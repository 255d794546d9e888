/** The character that stands for an octet which is no printable ASCII: what strangers broadcast goes into logs and pages. */
const NOT_PRINTABLE = "\ufffd";
/** What that character goes back to: an octet that is read as the same again. */
const NOT_PRINTABLE_OCTET = 0xff;
const PRINTABLE = Array.from({ length: 256 }, (_, octet) =>
  octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : NOT_PRINTABLE,
);

/** ASCII text of up to `length` octets that ends at the first NUL; `undefined` when nothing is before it. */
export function decodeText(view: DataView, at: number, length: number): string | undefined {
  let text = "";
  for (let i = 0; i < length; i++) {
    const octet = view.getUint8(at + i);
    if (octet === 0) break;
    text += PRINTABLE[octet];
  }
  return text === "" ? undefined : text;
}

/** Writes `text`, printable ASCII and the character for what is not, and leaves the octets behind it zero. */
export function encodeText(bytes: Uint8Array, at: number, length: number, text: string | undefined, field: string): void {
  if (text === undefined) return;
  if (text.length > length) throw new RangeError(`${field} must have at most ${length} characters, got ${text.length}`);
  for (let i = 0; i < text.length; i++) {
    const octet = text[i] === NOT_PRINTABLE ? NOT_PRINTABLE_OCTET : text.charCodeAt(i);
    if (text[i] !== NOT_PRINTABLE && PRINTABLE[octet] !== text[i])
      throw new RangeError(`${field} must be printable ASCII, got ${JSON.stringify(text)}`);
    bytes[at + i] = octet;
  }
}
