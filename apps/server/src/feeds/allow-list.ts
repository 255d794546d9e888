import { BlockList, isIP } from "node:net";

/** What is wrong with an entry of an allow-list, or undefined. */
export function allowEntryFault(entry: string): string | undefined {
  const [address = "", prefix] = entry.split("/", 2);
  const bits = isIP(address) === 6 ? 128 : 32;
  const isPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
  return isIP(address) !== 0 && isPrefix ? undefined : `must be an address or address/prefix, got ${JSON.stringify(entry)}`;
}

/**
 * Answers whether an address may send, from entries such as `192.0.2.7`, `192.0.2.0/24` or `2001:db8::/32`.
 * Without a list only this machine itself may.
 */
export function createAllowList(entries: readonly string[] | undefined): (address: string) => boolean {
  const list = new BlockList();
  for (const entry of entries ?? ["127.0.0.0/8", "::1/128"]) {
    const fault = allowEntryFault(entry);
    if (fault) throw new RangeError(`An allow-list entry ${fault}`);
    const [address = "", prefix] = entry.split("/", 2);
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return (address) => {
    const plain = address.startsWith("::ffff:") ? address.slice(7) : address;
    return list.check(plain, isIP(plain) === 6 ? "ipv6" : "ipv4");
  };
}
