import { ok, type Result } from "@picket/bytes";
import { fail } from "./errors.ts";
import { formatAddress, type LinkFrame } from "./link-frame.ts";
import { decodeRadiotap, type Radiotap } from "./radiotap.ts";

const MANAGEMENT_HEADER_OCTETS = 24;
const FCS_OCTETS = 4;
const SUBTYPE_BEACON = 8;
const SUBTYPE_ACTION = 13;
const SUBTYPE_ACTION_NO_ACK = 14;
const FLAG_PROTECTED = 0x40;
const FLAG_ORDER = 0x80;
const PRISM_HEADER_OCTETS = 8;

type Reception = Pick<Radiotap, "rssiDbm" | "channelMhz" | "hasFcs" | "isFcsBad">;

const NOTHING_KNOWN: Reception = { rssiDbm: undefined, channelMhz: undefined, hasFcs: false, isFcsBad: false };

/** An 802.11 frame under a radiotap header. One that the receiver marked as damaged is refused unless `keepDamaged`. */
export function decodeRadiotapFrame(packet: Uint8Array, keepDamaged: boolean): Result<LinkFrame> {
  const radiotap = decodeRadiotap(packet);
  if (!radiotap.ok) return radiotap;
  if (radiotap.value.isFcsBad && !keepDamaged)
    return fail("bad-fcs", "802.11 frame", 0, "the receiver marked the frame as damaged");
  return decodeIeee80211(packet, radiotap.value.next, radiotap.value);
}

/** An 802.11 frame under a Prism header, of which only the length is used. @source linux-wlan-ng, `p80211msg`: code and length, host order */
export function decodePrismFrame(packet: Uint8Array): Result<LinkFrame> {
  if (packet.length < PRISM_HEADER_OCTETS)
    return fail("truncated", "prism", 0, `needs ${PRISM_HEADER_OCTETS} octets, ${packet.length} left`);
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const isLittle = view.getUint32(4, true) <= packet.length;
  const length = view.getUint32(4, isLittle);
  if (length < PRISM_HEADER_OCTETS || length > packet.length)
    return fail("malformed", "prism", 4, `header of ${length} octets in a packet of ${packet.length}`);
  return decodeIeee80211(packet, length);
}

/**
 * Opens beacons and unprotected action frames. The frame check sequence is cut off where `reception` says that there is one; it is
 * not computed again, for drivers hand up damaged frames only when asked to and then mark them.
 *
 * @source IEEE 802.11-2020, 9.2.4.1 (frame control), 9.3.3 (management frames).
 */
export function decodeIeee80211(packet: Uint8Array, at = 0, reception: Reception = NOTHING_KNOWN): Result<LinkFrame> {
  const end = packet.length - (reception.hasFcs ? FCS_OCTETS : 0);
  if (end - at < 2) return fail("truncated", "802.11 frame", at, `needs 2 octets, ${end - at} left`);
  const control = packet[at] ?? 0;
  const flags = packet[at + 1] ?? 0;
  const subtype = control >> 4;
  if ((control & 0x0f) !== 0) return ok({ kind: "other", why: `802.11 type ${(control >> 2) & 3}, subtype ${subtype}` });
  const isAction = subtype === SUBTYPE_ACTION || subtype === SUBTYPE_ACTION_NO_ACK;
  if (!isAction && subtype !== SUBTYPE_BEACON) return ok({ kind: "other", why: `802.11 management subtype ${subtype}` });
  if (flags & FLAG_PROTECTED) return ok({ kind: "other", why: "802.11 protected management frame" });
  const from = at + MANAGEMENT_HEADER_OCTETS + (flags & FLAG_ORDER ? 4 : 0);
  if (from > end) return fail("truncated", "802.11 frame", at, `needs ${from - at} octets, ${end - at} left`);
  return ok({
    kind: isAction ? "wifi-action" : "wifi-beacon",
    sourceAddress: formatAddress(packet, at + 10),
    destinationAddress: formatAddress(packet, at + 4),
    rssiDbm: reception.rssiDbm,
    channelMhz: reception.channelMhz,
    isDamaged: reception.isFcsBad,
    body: packet.subarray(from, end),
  });
}
