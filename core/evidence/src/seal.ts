import { canonicalJson } from "./canonical-json.ts";
import type { EvidenceCrypto, Hashing } from "./chain.ts";
import { toHex } from "./hex.ts";

/**
 * How a segment begins, written before its first entry. Its hash is the head that entry number `firstSequence` links to, so that a
 * running segment already binds the snapshot it started from and the seal before it. Hashes are in hexadecimal.
 */
export type Opening = Readonly<{
  version: 1;
  segment: number;
  firstSequence: number;
  openedMs: number;
  /** H(snapshot): the state from which the segment's entries are replayed. */
  snapshotHash: string;
  /** Hash of the seal before; absent in the first segment of a journal. */
  previousSeal?: string;
}>;

/** How a segment ends: its opening, and all that followed in one head. `lastSequence` is `firstSequence - 1` when nothing did. */
export type Seal = Opening & Readonly<{ lastSequence: number; count: number; head: string; sealedMs: number }>;

/** A seal as it is kept: its canonical text and the signature over the octets of that text. */
export type SignedSeal = Readonly<{ text: string; signature: Uint8Array }>;

const utf8 = new TextEncoder();

export const openingText = (opening: Opening): string =>
  canonicalJson({
    version: opening.version,
    segment: opening.segment,
    firstSequence: opening.firstSequence,
    openedMs: opening.openedMs,
    snapshotHash: opening.snapshotHash,
    previousSeal: opening.previousSeal,
  });

/** The head before the first entry of a segment. */
export const openingHead = ({ sha256 }: Hashing, opening: Opening): Uint8Array => sha256(utf8.encode(openingText(opening)));

/** Closes a segment: everything in it, its order and its end are from now on under the site's signature. */
export function signSeal({ sign }: Pick<EvidenceCrypto, "sign">, seal: Seal): SignedSeal {
  const text = canonicalJson(seal);
  return { text, signature: sign(utf8.encode(text)) };
}

/** What the next opening calls `previousSeal`. */
export const sealHash = ({ sha256 }: Hashing, seal: SignedSeal): string => toHex(sha256(utf8.encode(seal.text)));
