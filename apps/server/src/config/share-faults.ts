import { isIP } from "node:net";
import type { Site } from "@picket/model";
import type { Release, ShareConfig } from "./share.ts";
import { tlsFaults } from "./transport-faults.ts";

type Fault = Readonly<{ keys: readonly string[]; problem: string }>;

/** What no schema can see in a share; `keys` lead to it from the share itself. */
export function shareFaults(
  { protocol, transport, asterix, release = {} }: ShareConfig,
  { zones }: Pick<Site, "zones">,
): readonly Fault[] {
  const faults: Fault[] = [...zoneFaults(release, zones)];
  const fields = release.fields ?? [];
  if (fields.length > 0 && !fields.includes("identity"))
    faults.push({
      keys: ["release", "fields"],
      problem: `must hold identity when it holds ${fields.join(", ")}: what belongs to nobody says nothing`,
    });
  if (protocol !== "cot") faults.push(...mapFaults(release));
  if (protocol === "sapient" && transport.kind !== "tcpClient")
    faults.push({ keys: ["transport", "kind"], problem: `must be tcpClient for sapient, got ${transport.kind}` });
  if (protocol === "asterix" && !asterix)
    faults.push({ keys: ["asterix"], problem: "must say the sac and sic that our tracks bear, for protocol asterix" });
  if (transport.kind === "udp" && transport.interface !== undefined && isIP(transport.interface) === 0)
    faults.push({
      keys: ["transport", "interface"],
      problem: `must be an address of this machine, got "${transport.interface}"`,
    });
  if (transport.kind === "tcpClient")
    for (const { keys, problem } of tlsFaults(transport.tls)) faults.push({ keys: ["transport", ...keys], problem });
  return faults;
}

/** Zones that a release names and the file does not have; `keys` lead from what bears the release. */
export function zoneFaults(release: Release, zones: Site["zones"]): readonly Fault[] {
  const known = new Set<string>(zones.map(({ id }) => id));
  return (release.zones ?? []).flatMap((zone, index) => {
    const problem = `must name a zone of this file, got "${zone}"`;
    return known.has(zone) ? [] : [{ keys: ["release", "zones", String(index)], problem }];
  });
}

/** What only a map can show, in a release to what is none. */
export const mapFaults = ({ sensors, outlines }: Release): readonly Fault[] =>
  Object.entries({ sensors, outlines }).flatMap(([key, isReleased]) =>
    isReleased === undefined ? [] : [{ keys: ["release", key], problem: "goes out by protocol cot only" }],
  );
