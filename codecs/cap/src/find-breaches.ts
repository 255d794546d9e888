import type { CapAlert } from "./alert.ts";
import type { CapBreach, CapRuleCode } from "./errors.ts";

/**
 * What an alert breaks of the rules that no schema holds: none for a sound one.
 *
 * @source CAP 1.2, section 3.2.1 (identifier, sender, restriction, addresses, references) and 3.2.4 (ceiling).
 */
export function findBreaches(alert: CapAlert): CapBreach[] {
  const breaches: CapBreach[] = [];
  const breach = (code: CapRuleCode, item: string, detail: string) =>
    breaches.push({ code, item: `alert/${item}`, at: 0, detail });
  for (const item of ["identifier", "sender"] as const)
    if (!/^[^\s,<&]+$/.test(alert[item]))
      breach(
        "bad-identifier",
        item,
        `may hold no space, comma, < or &, and must hold something, got ${JSON.stringify(alert[item])}`,
      );
  if (alert.scope === "Restricted" && !alert.restriction)
    breach("missing-restriction", "restriction", "must be there when scope is Restricted");
  if (alert.scope === "Private" && alert.addresses.length === 0)
    breach("missing-addresses", "addresses", "must be there when scope is Private");
  if (alert.msgType !== "Alert" && alert.references.length === 0)
    breach("missing-references", "references", `must name the messages that this ${alert.msgType} is about`);
  for (const { areas } of alert.infos)
    for (const { altitudeMslFt, ceilingMslFt } of areas)
      if (ceilingMslFt !== undefined && altitudeMslFt === undefined)
        breach("ceiling-without-altitude", "info/area/ceiling", "may be there only beside an altitude");
  return breaches;
}
