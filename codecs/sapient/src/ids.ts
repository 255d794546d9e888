const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LATEST_MS = 281_474_976_710_655;

/** Names a node: a random UUID in small letters. */
export const isUuid = (text: string): boolean => UUID_V4.test(text);
/** Names a report, an object, a task, an alert or a region. */
export const isUlid = (text: string): boolean => ULID.test(text);

/**
 * The UUID that 16 random octets make.
 *
 * @source RFC 9562, section 5.4 (version 4).
 */
export function formatUuid(random: Uint8Array): string {
  if (random.length !== 16) throw new RangeError(`A UUID needs 16 octets, got ${random.length}`);
  const octets = random.slice();
  octets[6] = ((octets[6] ?? 0) & 0x0f) | 0x40;
  octets[8] = ((octets[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...octets].map((octet) => octet.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/**
 * The ULID of a moment and 10 octets, which may be random or name the thing: 48 bits of milliseconds, then 80 bits, in Crockford's base 32.
 *
 * @source ULID specification (github.com/ulid/spec), canonical string representation.
 */
export function formatUlid(unixMs: number, octets: Uint8Array): string {
  if (!Number.isInteger(unixMs) || unixMs < 0 || unixMs > LATEST_MS)
    throw new RangeError(`A ULID needs whole milliseconds from 1970 on, got ${unixMs}`);
  if (octets.length !== 10) throw new RangeError(`A ULID needs 10 octets, got ${octets.length}`);
  let text = "";
  for (let left = unixMs, place = 0; place < 10; place++, left = Math.floor(left / 32)) text = CROCKFORD[left % 32] + text;
  for (let bits = 0, held = 0, i = 0; i < 10; i++) {
    held = ((held << 8) | (octets[i] ?? 0)) & 0x1fff;
    for (bits += 8; bits >= 5; bits -= 5) text += CROCKFORD[(held >> (bits - 5)) & 31];
  }
  return text;
}
