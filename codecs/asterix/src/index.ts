export { type AsterixBlock, type BlockStep, stepBlock } from "./block.ts";
export {
  type AsterixDatagram,
  type AsterixDecoder,
  type AsterixEditions,
  type AsterixRecord,
  createAsterixDecoder,
  type RawAsterixRecord,
  type RecordOf,
} from "./decode.ts";
export type { CategoryNumber, Items, ItemsDraft } from "./editions.ts";
export { encodeBlock } from "./encode.ts";
export { ASTERIX_ERROR_CODES, type AsterixError, type AsterixErrorCode } from "./errors.ts";
