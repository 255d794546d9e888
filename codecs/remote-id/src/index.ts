export { decodeAdvertisingData, encodeAdvertisingData } from "./advertising.ts";
export {
  type Authentication,
  type AuthenticationAssembler,
  type AuthenticationSnapshot,
  createAuthenticationAssembler,
  MAX_ASSEMBLED_TRANSMITTERS,
} from "./authentication-assembler.ts";
export { decodeBeaconBody, encodeBeaconElement } from "./beacon.ts";
export type { Carrier, RemoteIdFrame } from "./carrier.ts";
export { absoluteMs, tenthsAfterHour } from "./clock.ts";
export { decodeMessage, decodeMessageAt, encodeMessage } from "./codec-message.ts";
export { type CarrierFrame, decodeRemoteIdFrame } from "./decode-frame.ts";
export { REMOTE_ID_ERROR_CODES, type RemoteIdErrorCode } from "./errors.ts";
export {
  type AuthenticationPage,
  type BasicId,
  type Draft,
  type Location,
  MESSAGE_OCTETS,
  type MessageDraft,
  type OperatorId,
  type RemoteIdMessage,
  type SelfId,
  type System,
} from "./message.ts";
export type {
  AuthenticationType,
  ClassificationType,
  DescriptionType,
  EuCategory,
  EuClass,
  HeightReference,
  IdType,
  OperationalStatus,
  OperatorIdType,
  OperatorLocationType,
  UaType,
} from "./names.ts";
export { decodeActionBody, encodeActionBody } from "./nan.ts";
export { publicOperatorId } from "./operator-id.ts";
export { decodePack, decodePackAt, encodePack, MAX_PACK_MESSAGES, type MessagePack } from "./pack.ts";
export {
  createTransmitterMerger,
  FORGET_AFTER_MS,
  MAX_UAS,
  type MergerSnapshot,
  type TransmitterMerger,
} from "./transmitter-merger.ts";
export { type Heard, MAX_TRANSMITTERS_PER_UAS, type Reception, type Transmitter, type Uas } from "./uas.ts";
