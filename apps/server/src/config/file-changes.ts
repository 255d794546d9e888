import { isDeepStrictEqual } from "node:util";
import { commandId, type Site } from "@picket/model";
import type { CommandRequest } from "../command-request.ts";

type Listed = Pick<Site, "zones" | "authorisations">;

/**
 * What the configuration file says otherwise than at the last start, as commands. People change zones and authorisations while Picket
 * runs, and that stands over a restart; but where the file itself was changed since, the file counts.
 */
export function fileChanges(before: Listed, now: Listed, bootNumber: number): readonly CommandRequest[] {
  let given = 0;
  const id = () => commandId.parse(`own-file-${bootNumber}-${++given}`);
  return [
    ...changed(before.zones, now.zones).map(
      ([zone, put]): CommandRequest => (put ? { kind: "zonePut", id: id(), zone: put } : { kind: "zoneRemove", id: id(), zone }),
    ),
    ...changed(before.authorisations, now.authorisations).map(
      ([authorisation, put]): CommandRequest =>
        put
          ? { kind: "authorisationPut", id: id(), authorisation: put }
          : { kind: "authorisationRemove", id: id(), authorisation },
    ),
  ];
}

/** The ids of the items that differ, each with what it is now; gone ones first. */
function changed<T extends Readonly<{ id: string }>>(
  before: readonly T[],
  now: readonly T[],
): readonly (readonly [T["id"], T?])[] {
  const known = new Map(before.map((item) => [item.id, item]));
  const kept = new Set(now.map(({ id }) => id));
  return [
    ...before.filter(({ id }) => !kept.has(id)).map(({ id }) => [id] as const),
    ...now.filter((item) => !isDeepStrictEqual(known.get(item.id), item)).map((item) => [item.id, item] as const),
  ];
}
