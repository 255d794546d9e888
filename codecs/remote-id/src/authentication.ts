import { formatHex, ok, parseHex, type Result } from "@picket/bytes";
import { refuse } from "./errors.ts";
import { type AuthenticationPage, CURRENT_VERSION, type Draft, MESSAGE_OCTETS } from "./message.ts";
import { AUTHENTICATION_TYPES, codeOf, nameOf } from "./names.ts";
import { decodeTimestampMs, encodeTimestampMs } from "./scales.ts";

/** Octets of data on page 0, and on each of the others. */
const FIRST_PAGE_OCTETS = 17;
const NEXT_PAGE_OCTETS = 23;
const MAX_PAGE = 15;

/** How many octets of data the pages 0 to `lastPage` hold. */
export const pagesHold = (lastPage: number): number => FIRST_PAGE_OCTETS + lastPage * NEXT_PAGE_OCTETS;

/**
 * One page of authentication data. A first page that announces more pages than there can be, or more octets than they hold, is refused.
 *
 * @source ASTM F3411-22a, Authentication message.
 */
export function decodeAuthenticationPage(view: DataView, at: number): Result<AuthenticationPage> {
  const octet = view.getUint8(at + 1);
  const page = octet & 0x0f;
  const isFirst = page === 0;
  const lastPage = isFirst ? view.getUint8(at + 2) : undefined;
  const lengthOctets = isFirst ? view.getUint8(at + 3) : undefined;
  if (lastPage !== undefined && lastPage > MAX_PAGE)
    return refuse("bad-authentication", "Authentication", at + 2, `last page ${lastPage}, at most ${MAX_PAGE}`);
  if (lastPage !== undefined && lengthOctets !== undefined && lengthOctets > pagesHold(lastPage))
    return refuse(
      "bad-authentication",
      "Authentication",
      at + 3,
      `${lengthOctets} octets announced, ${lastPage + 1} pages hold ${pagesHold(lastPage)}`,
    );
  const start = view.byteOffset + at + (isFirst ? 8 : 2);
  return ok({
    kind: "authentication",
    protocolVersion: view.getUint8(at) & 0x0f,
    authenticationType: nameOf(AUTHENTICATION_TYPES, octet >> 4),
    page,
    lastPage,
    lengthOctets,
    timestampMs: isFirst ? decodeTimestampMs(view.getUint32(at + 4, true)) : undefined,
    dataHex: formatHex(new Uint8Array(view.buffer, start, isFirst ? FIRST_PAGE_OCTETS : NEXT_PAGE_OCTETS)),
  });
}

export function encodeAuthenticationPage(message: Draft<AuthenticationPage>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(MESSAGE_OCTETS);
  const view = new DataView(bytes.buffer);
  const page = message.page ?? 0;
  const room = page === 0 ? FIRST_PAGE_OCTETS : NEXT_PAGE_OCTETS;
  const data = parseHex(message.dataHex ?? "");
  if (!Number.isInteger(page) || page < 0 || page > MAX_PAGE)
    throw new RangeError(`page must be an integer from 0 to ${MAX_PAGE}, got ${page}`);
  if (!data.ok || data.value.length > room) throw new RangeError(`dataHex of page ${page} must be at most ${room} octets in hex`);
  view.setUint8(0, 0x20 | (message.protocolVersion ?? CURRENT_VERSION));
  view.setUint8(1, (codeOf(AUTHENTICATION_TYPES, message.authenticationType ?? "none", "authenticationType") << 4) | page);
  bytes.set(data.value, page === 0 ? 8 : 2);
  if (page > 0) return bytes;
  const lastPage = message.lastPage ?? 0;
  const lengthOctets = message.lengthOctets ?? data.value.length;
  if (!Number.isInteger(lastPage) || lastPage < 0 || lastPage > MAX_PAGE)
    throw new RangeError(`lastPage must be an integer from 0 to ${MAX_PAGE}, got ${lastPage}`);
  if (!(lengthOctets >= 0 && lengthOctets <= Math.min(255, pagesHold(lastPage))))
    throw new RangeError(
      `lengthOctets must be at most ${Math.min(255, pagesHold(lastPage))} for ${lastPage + 1} pages, got ${lengthOctets}`,
    );
  view.setUint8(2, lastPage);
  view.setUint8(3, lengthOctets);
  view.setUint32(4, encodeTimestampMs(message.timestampMs, "timestampMs"), true);
  return bytes;
}
