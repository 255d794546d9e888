import { createPublicKey, hash, type KeyObject, sign, verify } from "node:crypto";
import type { EvidenceCrypto } from "@picket/evidence";

/** Everything before the 32 raw octets in the DER form of an Ed25519 public key. @source RFC 8410, section 10.1. */
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

/** SHA-256 and Ed25519 verification by OpenSSL. */
export const hashing: Omit<EvidenceCrypto, "sign"> = {
  sha256: (bytes) => hash("sha256", bytes, "buffer"),
  verify: (bytes, signature, publicKey) => verify(null, bytes, publicKeyObject(publicKey), signature),
};

/** As {@link hashing}, and signs with `privateKey`. */
export const evidenceCrypto = (privateKey: KeyObject): EvidenceCrypto => ({
  ...hashing,
  sign: (bytes) => sign(null, bytes, privateKey),
});

/** The raw 32 octets by which a site is known to those who verify. */
export const rawPublicKey = (key: KeyObject): Uint8Array =>
  new Uint8Array(createPublicKey(key).export({ format: "der", type: "spki" }).subarray(SPKI_PREFIX.length));

const publicKeyObject = (raw: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: "der", type: "spki" });
