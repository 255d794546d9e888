/** Hashing and signing, passed in: SHA-256 and Ed25519 with the site's key. `publicKey` is the raw 32 octets. */
export type EvidenceCrypto = Readonly<{
  sha256(bytes: Uint8Array): Uint8Array;
  sign(bytes: Uint8Array): Uint8Array;
  verify(bytes: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean;
}>;

/** What of {@link EvidenceCrypto} a chain needs. */
export type Hashing = Pick<EvidenceCrypto, "sha256">;

/** One link. A `whole` entry still has its bytes and salt; of an `erased` one only the leaf is left, which still links. */
export type ChainEntry =
  | Readonly<{ kind: "whole"; sequence: number; leaf: Uint8Array; head: Uint8Array; salt: Uint8Array; bytes: Uint8Array }>
  | Readonly<{ kind: "erased"; sequence: number; leaf: Uint8Array; head: Uint8Array }>;

/** Octets of a salt: enough that the bytes of an erased entry cannot be guessed from its leaf. */
export const SALT_LENGTH = 16;
/** Octets of a leaf and of a head. */
export const HASH_LENGTH = 32;

/** Leaf = H(salt ‖ bytes). The salt has a fixed length, so that no octet can wander between the two. */
export function leafHash({ sha256 }: Hashing, salt: Uint8Array, bytes: Uint8Array): Uint8Array {
  if (salt.length !== SALT_LENGTH) throw new RangeError(`A salt has ${SALT_LENGTH} octets, got ${salt.length}`);
  return sha256(joined(salt, bytes));
}

/** Head = H(previous ‖ leaf): one hash that stands for every entry so far, in order. */
export function chainHead({ sha256 }: Hashing, previous: Uint8Array, leaf: Uint8Array): Uint8Array {
  if (previous.length !== HASH_LENGTH || leaf.length !== HASH_LENGTH)
    throw new RangeError(`A head and a leaf have ${HASH_LENGTH} octets each, got ${previous.length} and ${leaf.length}`);
  return sha256(joined(previous, leaf));
}

/** Forgets the bytes and the salt of an entry. Its leaf stays, and with it every head that follows. */
export const eraseEntry = ({ sequence, leaf, head }: ChainEntry): ChainEntry => ({ kind: "erased", sequence, leaf, head });

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
