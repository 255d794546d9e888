import { readFileSync } from "node:fs";

const LOCAL_ADDRESS = 1;
const DROPS = 12;

/**
 * How many datagrams Linux has dropped for want of room on the sockets of a local port since they were opened, or undefined where the
 * system does not tell.
 *
 * @source proc_net_udp: the columns of /proc/net/udp, `drops` last.
 */
export function udpDrops(port: number, family: "udp4" | "udp6", read = readTable): number | undefined {
  const hexPort = port.toString(16).toUpperCase().padStart(4, "0");
  const rows = read(family === "udp6" ? "/proc/net/udp6" : "/proc/net/udp")
    ?.split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[LOCAL_ADDRESS]?.endsWith(`:${hexPort}`));
  return rows?.reduce((sum, columns) => sum + Number(columns[DROPS] ?? 0), 0);
}

function readTable(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
