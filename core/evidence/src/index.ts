export { canonicalJson, type JsonValue } from "./canonical-json.ts";
export {
  type ChainEntry,
  chainHead,
  type EvidenceCrypto,
  eraseEntry,
  HASH_LENGTH,
  type Hashing,
  leafHash,
  SALT_LENGTH,
} from "./chain.ts";
export { toHex } from "./hex.ts";
export { parseOpening, parseSeal } from "./parse-seal.ts";
export { type Opening, openingHead, openingText, type Seal, type SignedSeal, sealHash, signSeal } from "./seal.ts";
export { type ChainFault, type ChainFaultCode, type ChainVerdict, type SegmentEvidence, verifyChain } from "./verify-chain.ts";
