import { canonicalJson } from "./canonical-json.ts";
import type { Opening, Seal } from "./seal.ts";

/** Members that a seal may have, of any type yet. */
type Members = Readonly<Partial<Record<keyof Seal, unknown>>>;

/** Reads an opening back. `undefined` when the text is not exactly what `openingText` writes: one changed octet is enough. */
export function parseOpening(text: string): Opening | undefined {
  const opening = openingOf(parseMembers(text));
  return opening && canonicalJson(opening) === text ? opening : undefined;
}

/** Reads a seal back. `undefined` when the text is not exactly what `signSeal` writes. */
export function parseSeal(text: string): Seal | undefined {
  const members = parseMembers(text);
  const opening = openingOf(members);
  const { lastSequence, count, head, sealedMs } = members;
  if (!opening || !isCount(lastSequence) || !isCount(count) || !isHash(head) || !isTime(sealedMs)) return undefined;
  const seal: Seal = { ...opening, lastSequence, count, head, sealedMs };
  return canonicalJson(seal) === text ? seal : undefined;
}

function openingOf(members: Members): Opening | undefined {
  const { version, segment, firstSequence, openedMs, snapshotHash, previousSeal } = members;
  if (version !== 1 || !isCount(segment) || !isCount(firstSequence) || !isTime(openedMs) || !isHash(snapshotHash))
    return undefined;
  if (previousSeal !== undefined && !isHash(previousSeal)) return undefined;
  const opening: Opening = { version, segment, firstSequence, openedMs, snapshotHash };
  return previousSeal === undefined ? opening : { ...opening, previousSeal };
}

/** No members at all when the text is no JSON object: every check above then fails by itself. */
function parseMembers(text: string): Members {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Members) : {};
  } catch {
    return {};
  }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isTime = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const isHash = (value: unknown): value is string => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
