export { decodeDragonSync } from "./dragonsync.ts";
export { decodeDroneScout } from "./dronescout.ts";
export { RECEIVER_ERROR_CODES, type ReceiverErrorCode } from "./errors.ts";
export { decodeMeshMapper } from "./mesh-mapper.ts";
export { createReceiverDecoder, type Decoded, type ReceiverDecoder, type ReceiverKind } from "./receiver-decoder.ts";
export type { DecodedRecords, Health, Presence, ReceivedAircraft, ReceiverRecord, Reception } from "./record.ts";
