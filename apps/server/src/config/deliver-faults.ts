import type { Site } from "@picket/model";
import type { DeliverConfig } from "./deliver.ts";
import type { ShareConfig } from "./share.ts";
import { mapFaults, zoneFaults } from "./share-faults.ts";
import { accessFaults, tlsFaults, urlFaults } from "./transport-faults.ts";

type Fault = Readonly<{ keys: readonly string[]; problem: string }>;

/** What no schema can see in a delivery; `keys` lead to it from the delivery itself. */
export function deliverFaults(
  { id, transport, release = {}, cap }: DeliverConfig,
  { zones }: Pick<Site, "zones">,
  share: readonly ShareConfig[],
): readonly Fault[] {
  const faults: Fault[] = [...zoneFaults(release, zones), ...mapFaults(release)];
  if (share.some((other) => other.id === id))
    faults.push({ keys: ["id"], problem: `must be unique, a share is called "${id}" too` });
  const { scope = "Restricted", addresses, restriction } = cap;
  if ((scope === "Private") !== (addresses !== undefined))
    faults.push({ keys: ["cap", "addresses"], problem: "must be there when scope is Private, and only then" });
  if (scope !== "Restricted" && restriction !== undefined)
    faults.push({ keys: ["cap", "restriction"], problem: "must be there only when scope is Restricted" });
  if (transport.kind === "httpFeed" && transport.token && "inClear" in transport.token && transport.token.inClear.length < 16)
    faults.push({ keys: ["transport", "token"], problem: "must be at least 16 characters long" });
  if (transport.kind === "httpPost") {
    const own = [...urlFaults(transport.url, transport.tls), ...accessFaults(transport), ...tlsFaults(transport.tls)];
    for (const { keys, problem } of own) faults.push({ keys: ["transport", ...keys], problem });
  }
  return faults;
}
