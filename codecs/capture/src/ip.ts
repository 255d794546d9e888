import { ok, type Result } from "@picket/bytes";
import { fail } from "./errors.ts";
import type { LinkFrame } from "./link-frame.ts";

const ETHERTYPE_IPV4 = 0x0800;
const ETHERTYPE_IPV6 = 0x86dd;
const VLAN_TAGS: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);
const PROTOCOL_UDP = 17;
/** IPv6 extension headers that are passed over: hop-by-hop, routing, destination options. */
const PASSED_HEADERS: ReadonlySet<number> = new Set([0, 43, 60]);

/** An Ethernet II frame, with any number of VLAN tags. */
export function decodeEthernet(packet: Uint8Array): Result<LinkFrame> {
  let at = 12;
  while (VLAN_TAGS.has(u16(packet, at)) && at + 6 <= packet.length) at += 4;
  return decodeByEthertype(packet, at, at + 2, "Ethernet");
}

/** Linux "cooked" captures: the protocol lies at 14 in version 1 and at 0 in version 2. @source tcpdump.org, LINKTYPE_LINUX_SLL and _SLL2 */
export const decodeLinuxSll = (packet: Uint8Array): Result<LinkFrame> => decodeByEthertype(packet, 14, 16, "Linux SLL");
export const decodeLinuxSll2 = (packet: Uint8Array): Result<LinkFrame> => decodeByEthertype(packet, 0, 20, "Linux SLL2");

/** BSD loopback: four octets of address family, which the version in the IP header says again. */
export const decodeLoopback = (packet: Uint8Array): Result<LinkFrame> => decodeIp(packet, 4);

function decodeByEthertype(packet: Uint8Array, at: number, from: number, item: string): Result<LinkFrame> {
  if (packet.length < Math.max(at + 2, from))
    return fail("truncated", item, 0, `needs ${Math.max(at + 2, from)} octets, ${packet.length} left`);
  const ethertype = u16(packet, at);
  if (ethertype === ETHERTYPE_IPV4 || ethertype === ETHERTYPE_IPV6) return decodeIp(packet, from);
  return ok({ kind: "other", why: `${item} type 0x${ethertype.toString(16).padStart(4, "0")}` });
}

/** IPv4 or IPv6, told apart by the version. */
export function decodeIp(packet: Uint8Array, at = 0): Result<LinkFrame> {
  if (packet.length <= at) return fail("truncated", "IP", at, "no octets");
  const version = (packet[at] ?? 0) >> 4;
  if (version === 4) return decodeIpv4(packet, at);
  if (version === 6) return decodeIpv6(packet, at);
  return fail("malformed", "IP", at, `version ${version}`);
}

/** @source RFC 791, 3.1. Fragments are not put together: they answer `other`. */
function decodeIpv4(packet: Uint8Array, at: number): Result<LinkFrame> {
  if (packet.length - at < 20) return fail("truncated", "IPv4", at, `needs 20 octets, ${packet.length - at} left`);
  const headerOctets = ((packet[at] ?? 0) & 0x0f) * 4;
  const total = u16(packet, at + 2);
  if (headerOctets < 20 || total < headerOctets)
    return fail("malformed", "IPv4", at, `header of ${headerOctets} octets, ${total} in all`);
  if (packet.length - at < total) return fail("truncated", "IPv4", at + 2, `needs ${total} octets, ${packet.length - at} left`);
  if (u16(packet, at + 6) & 0x3fff) return ok({ kind: "other", why: "IPv4 fragment" });
  const protocol = packet[at + 9] ?? 0;
  if (protocol !== PROTOCOL_UDP) return ok({ kind: "other", why: `IP protocol ${protocol}` });
  const from = formatIpv4(packet, at + 12);
  const to = formatIpv4(packet, at + 16);
  return decodeUdp(packet.subarray(0, at + total), at + headerOctets, from, to);
}

/** @source RFC 8200, 3 and 4. */
function decodeIpv6(packet: Uint8Array, at: number): Result<LinkFrame> {
  if (packet.length - at < 40) return fail("truncated", "IPv6", at, `needs 40 octets, ${packet.length - at} left`);
  const end = at + 40 + u16(packet, at + 4);
  if (packet.length < end) return fail("truncated", "IPv6", at + 4, `needs ${end - at} octets, ${packet.length - at} left`);
  let header = packet[at + 6] ?? 0;
  let next = at + 40;
  while (PASSED_HEADERS.has(header) && next + 8 <= end) {
    header = packet[next] ?? 0;
    next += ((packet[next + 1] ?? 0) + 1) * 8;
  }
  if (header !== PROTOCOL_UDP) return ok({ kind: "other", why: header === 44 ? "IPv6 fragment" : `IP protocol ${header}` });
  return decodeUdp(packet.subarray(0, end), next, `[${formatIpv6(packet, at + 8)}]`, `[${formatIpv6(packet, at + 24)}]`);
}

/** @source RFC 768. A length of 0 or past the end means all that is there. */
function decodeUdp(packet: Uint8Array, at: number, from: string, to: string): Result<LinkFrame> {
  if (packet.length - at < 8) return fail("truncated", "UDP", at, `needs 8 octets, ${packet.length - at} left`);
  const length = u16(packet, at + 4);
  const end = length < 8 ? packet.length : Math.min(at + length, packet.length);
  return ok({
    kind: "udp",
    from: `${from}:${u16(packet, at)}`,
    to: `${to}:${u16(packet, at + 2)}`,
    payload: packet.subarray(at + 8, end),
  });
}

const formatIpv4 = (packet: Uint8Array, at: number): string =>
  `${packet[at]}.${packet[at + 1]}.${packet[at + 2]}.${packet[at + 3]}`;

/** Groups in hex without leading zeros, the longest run of two or more zero groups as `::`. @source RFC 5952 */
function formatIpv6(packet: Uint8Array, at: number): string {
  const groups = Array.from({ length: 8 }, (_, i) => u16(packet, at + 2 * i));
  let longest = { from: 8, length: 1 };
  for (let from = 0; from < 8; from++) {
    let length = 0;
    while (from + length < 8 && groups[from + length] === 0) length++;
    if (length > longest.length) longest = { from, length };
  }
  const hex = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(":");
  return longest.from === 8
    ? hex(groups)
    : `${hex(groups.slice(0, longest.from))}::${hex(groups.slice(longest.from + longest.length))}`;
}

const u16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
