import { BlockList, isIP } from "node:net";

/**
 * Answers whether an address may send, from entries such as `192.0.2.7`, `192.0.2.0/24` or `2001:db8::/32`.
 * Without a list only this machine itself may.
 */
export function createAllowList(entries: readonly string[] | undefined): (address: string) => boolean {
  const list = new BlockList();
  for (const entry of entries ?? ["127.0.0.0/8", "::1/128"]) {
    const [address = "", prefix] = entry.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (isIP(address) === 0)
      throw new RangeError(`An allow-list entry must be an address or address/prefix, got ${JSON.stringify(entry)}`);
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return (address) => {
    const plain = address.startsWith("::ffff:") ? address.slice(7) : address;
    return list.check(plain, isIP(plain) === 6 ? "ipv6" : "ipv4");
  };
}
