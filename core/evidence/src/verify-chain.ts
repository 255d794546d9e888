import { type ChainEntry, chainHead, type EvidenceCrypto, HASH_LENGTH, leafHash, SALT_LENGTH } from "./chain.ts";
import { toHex } from "./hex.ts";
import { parseOpening, parseSeal } from "./parse-seal.ts";
import { type Opening, openingHead, openingText, type Seal, type SignedSeal, sealHash } from "./seal.ts";

/** A segment as kept or exported. `snapshot` is absent once it was erased; `seal` is absent while the segment runs. */
export type SegmentEvidence = Readonly<{
  opening: string;
  snapshot?: Uint8Array;
  seal?: SignedSeal;
  entries: Iterable<ChainEntry>;
}>;

/**
 * The first thing that does not hold, and where. `sequence` is absent when it concerns the segment as a whole. `segment` is what its
 * own opening says, or the number expected there when that cannot be read.
 */
export type ChainFault = Readonly<{ code: ChainFaultCode; segment: number; sequence?: number; detail: string }>;
export type ChainFaultCode =
  | "bad-opening"
  | "bad-snapshot"
  | "bad-entry"
  | "bad-sequence"
  | "bad-seal"
  | "bad-signature"
  | "unlinked"
  | "unsealed";

/** `ok`: every bit that is still kept is the one that was recorded. `unsealed` counts entries of a running segment at the end. */
export type ChainVerdict =
  | Readonly<{ ok: true; segments: number; entries: number; erased: number; unsealed: number; head: string }>
  | Readonly<{ ok: false; fault: ChainFault }>;

/** Where a chain stands: what the next segment and the next entry must link to. */
type Link = { segment: number; sequence: number; sealHash: string | undefined; head: Uint8Array };

/**
 * Recomputes a journal, segment by segment and entry by entry, holding one entry at a time. It may start at any segment: what that
 * one says of the seal before it is then taken as given. `publicKey` is the site's, got by another way than with the data.
 */
export function verifyChain(
  crypto: Omit<EvidenceCrypto, "sign">,
  publicKey: Uint8Array,
  segments: Iterable<SegmentEvidence>,
): ChainVerdict {
  const seen = { segments: 0, entries: 0, erased: 0, unsealed: 0 };
  let link: Link | undefined;
  let isRunning = false;
  for (const evidence of segments) {
    if (link && isRunning) return faulty("unsealed", link.segment, undefined, "another segment follows one that has no seal");
    const opening = parseOpening(evidence.opening);
    const fault = openingFault(crypto, evidence, opening, link);
    if (!opening || fault) return fault ?? faulty("bad-opening", (link?.segment ?? 0) + 1, undefined, "not a canonical opening");
    const walked = walkEntries(crypto, opening, evidence.entries);
    if (!walked.ok) return walked;
    const wrongSeal = evidence.seal && sealFault(crypto, publicKey, evidence.seal, opening, walked);
    if (wrongSeal) return wrongSeal;
    isRunning = evidence.seal === undefined;
    link = {
      segment: opening.segment,
      sequence: opening.firstSequence + walked.count,
      sealHash: evidence.seal && sealHash(crypto, evidence.seal),
      head: walked.head,
    };
    seen.segments++;
    seen.entries += walked.count;
    seen.erased += walked.erased;
    if (isRunning) seen.unsealed = walked.count;
  }
  return { ok: true, ...seen, head: link ? toHex(link.head) : "" };
}

type Faulty = Extract<ChainVerdict, { ok: false }>;
type Walked = Readonly<{ ok: true; head: Uint8Array; count: number; erased: number }>;

const faulty = (code: ChainFaultCode, segment: number, sequence: number | undefined, detail: string): Faulty => ({
  ok: false,
  fault: sequence === undefined ? { code, segment, detail } : { code, segment, sequence, detail },
});

function openingFault(
  crypto: Pick<EvidenceCrypto, "sha256">,
  { snapshot }: SegmentEvidence,
  opening: Opening | undefined,
  link: Link | undefined,
): Faulty | undefined {
  if (!opening) return undefined;
  const { segment, firstSequence, previousSeal, snapshotHash } = opening;
  if (link && (segment !== link.segment + 1 || firstSequence !== link.sequence))
    return faulty("unlinked", link.segment + 1, link.sequence, `segment ${segment} opens at ${firstSequence}`);
  if (link && previousSeal !== link.sealHash)
    return faulty("unlinked", segment, undefined, "names another seal as the one before");
  if (snapshot && toHex(crypto.sha256(snapshot)) !== snapshotHash)
    return faulty("bad-snapshot", segment, undefined, "the snapshot is not the one the opening names");
  return undefined;
}

function walkEntries(crypto: Pick<EvidenceCrypto, "sha256">, opening: Opening, entries: Iterable<ChainEntry>): Walked | Faulty {
  let head = openingHead(crypto, opening);
  let count = 0;
  let erased = 0;
  for (const entry of entries) {
    const expected = opening.firstSequence + count;
    if (entry.sequence !== expected)
      return faulty("bad-sequence", opening.segment, expected, `found ${entry.sequence} in its place`);
    const wrong = entryMismatch(crypto, entry);
    if (wrong) return faulty("bad-entry", opening.segment, expected, wrong);
    head = chainHead(crypto, head, entry.leaf);
    if (!isSame(head, entry.head)) return faulty("bad-entry", opening.segment, expected, "its head does not follow");
    count++;
    if (entry.kind === "erased") erased++;
  }
  return { ok: true, head, count, erased };
}

function entryMismatch(crypto: Pick<EvidenceCrypto, "sha256">, entry: ChainEntry): string | undefined {
  if (entry.leaf.length !== HASH_LENGTH) return `its leaf has ${entry.leaf.length} octets`;
  if (entry.kind === "erased") return undefined;
  if (entry.salt.length !== SALT_LENGTH) return `its salt has ${entry.salt.length} octets`;
  if (!isSame(leafHash(crypto, entry.salt, entry.bytes), entry.leaf)) return "its leaf is not that of its bytes and salt";
  return undefined;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The signature is checked last, so that a fault that can be named more closely is. */
function sealFault(
  crypto: Omit<EvidenceCrypto, "sign">,
  publicKey: Uint8Array,
  signed: SignedSeal,
  opening: Opening,
  { head, count }: Walked,
): Faulty | undefined {
  const { segment } = opening;
  const seal = parseSeal(signed.text);
  if (!seal) return faulty("bad-seal", segment, undefined, "not a canonical seal");
  const wrong = sealMismatch(seal, opening, head, count);
  if (wrong) return faulty("bad-seal", segment, undefined, wrong);
  const octets = new TextEncoder().encode(signed.text);
  if (!crypto.verify(octets, signed.signature, publicKey))
    return faulty("bad-signature", segment, undefined, "not signed by this site's key");
  return undefined;
}

function sealMismatch(seal: Seal, opening: Opening, head: Uint8Array, count: number): string | undefined {
  if (openingText(seal) !== openingText(opening)) return "the seal and the opening differ";
  if (seal.count !== count) return `sealed with ${seal.count} entries, found ${count}`;
  if (seal.lastSequence !== opening.firstSequence + count - 1) return `sealed up to ${seal.lastSequence}, found ${count} entries`;
  if (seal.head !== toHex(head)) return "the sealed head is not that of the entries";
  return undefined;
}
