import { ok, type Result } from "@picket/bytes";
import { pagesHold } from "./authentication.ts";
import { refuse } from "./errors.ts";
import type { AuthenticationPage } from "./message.ts";
import type { AuthenticationType } from "./names.ts";

/** Transmitters whose pages are collected at once; of more, the one longest unheard is dropped. */
export const MAX_ASSEMBLED_TRANSMITTERS = 256;
const LAST_PAGE = 15;

/**
 * All data of one authentication. `method` is the sub-type that opens the data of a `specific-method`
 * (1 to 4 are DRIP Link, Wrapper, Manifest and Frame, RFC 9575); `timestampMs` is when the sender made it.
 */
export type Authentication = Readonly<{
  authenticationType: AuthenticationType;
  timestampMs: number | undefined;
  dataHex: string;
  method: number | undefined;
}>;

/** Pages of one transmitter so far. `pagesHex` has a place for each page, empty while it is missing; the rest is known from page 0 on. */
type Collection = Readonly<{
  transmitter: string;
  authenticationType: AuthenticationType;
  lastPage: number | undefined;
  lengthOctets: number;
  timestampMs: number | undefined;
  pagesHex: readonly string[];
}>;

/** Plain data that survives JSON: the collections, the longest unheard first. */
export type AuthenticationSnapshot = Readonly<{ collections: readonly Collection[] }>;

export type AuthenticationAssembler = {
  /** Adds a page and answers the whole when this page completed it, `undefined` while pages are missing or when it tells nothing new. */
  add(transmitter: string, page: AuthenticationPage): Result<Authentication | undefined>;
  snapshot(): AuthenticationSnapshot;
};

/**
 * Puts authentication pages together, per transmitter and in any order. A page of another type, or one that contradicts a page at hand,
 * begins a new collection. Pages carry no mark of the authentication they belong to: where the first page of a new one is lost, old and
 * new may still be mixed, and the signature over them will not hold.
 *
 * @source ASTM F3411-22a, Authentication message, paging.
 */
export function createAuthenticationAssembler(from?: AuthenticationSnapshot): AuthenticationAssembler {
  const collections = new Map(from?.collections.map((collection) => [collection.transmitter, collection]));
  return {
    add(transmitter, page) {
      const before = collections.get(transmitter);
      const isRepeat =
        before?.authenticationType === page.authenticationType &&
        before.pagesHex[page.page] === page.dataHex &&
        describesSame(before, page);
      if (
        !isRepeat &&
        before?.lastPage !== undefined &&
        page.page > before.lastPage &&
        before.authenticationType === page.authenticationType
      )
        return refuse("bad-authentication", "Authentication", 1, `page ${page.page} of ${before.lastPage + 1}`);
      const after = isRepeat ? before : addPage(before, transmitter, page);
      collections.delete(transmitter);
      collections.set(transmitter, after);
      const oldest = collections.keys().next().value;
      if (collections.size > MAX_ASSEMBLED_TRANSMITTERS && oldest !== undefined) collections.delete(oldest);
      return ok(isRepeat ? undefined : assemble(after));
    },
    snapshot: () => ({ collections: [...collections.values()] }),
  };
}

/** Whether a page 0 tells the same length, last page and time as the one at hand; the other pages tell nothing that could differ. */
function describesSame(before: Collection, page: AuthenticationPage): boolean {
  return (
    page.page > 0 ||
    (before.lastPage === page.lastPage && before.lengthOctets === page.lengthOctets && before.timestampMs === page.timestampMs)
  );
}

function addPage(before: Collection | undefined, transmitter: string, page: AuthenticationPage): Collection {
  const held = before?.authenticationType === page.authenticationType ? before : undefined;
  const contradicts = held !== undefined && held.pagesHex[page.page] !== "";
  const surplus = page.page === 0 && held?.pagesHex.some((hex, index) => hex !== "" && index > (page.lastPage ?? 0));
  const kept = contradicts || surplus ? undefined : held;
  const pagesHex = Array.from({ length: LAST_PAGE + 1 }, (_, index) =>
    index === page.page ? page.dataHex : (kept?.pagesHex[index] ?? ""),
  );
  const isFirst = page.page === 0;
  return {
    transmitter,
    authenticationType: page.authenticationType,
    lastPage: isFirst ? page.lastPage : kept?.lastPage,
    lengthOctets: isFirst ? (page.lengthOctets ?? 0) : (kept?.lengthOctets ?? 0),
    timestampMs: isFirst ? page.timestampMs : kept?.timestampMs,
    pagesHex,
  };
}

function assemble({ lastPage, lengthOctets, pagesHex, authenticationType, timestampMs }: Collection): Authentication | undefined {
  if (lastPage === undefined) return undefined;
  const needed = pagesHex.slice(0, lastPage + 1);
  if (needed.includes("")) return undefined;
  const dataHex = needed.join("").slice(0, 2 * Math.min(lengthOctets, pagesHold(lastPage)));
  const method =
    authenticationType === "specific-method" && dataHex !== "" ? Number.parseInt(dataHex.slice(0, 2), 16) : undefined;
  return { authenticationType, timestampMs, dataHex, method };
}
