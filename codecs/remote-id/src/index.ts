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
export {
  AUTHENTICATION_TYPES,
  type AuthenticationType,
  CLASSIFICATION_TYPES,
  type ClassificationType,
  DESCRIPTION_TYPES,
  type DescriptionType,
  EU_CATEGORIES,
  EU_CLASSES,
  type EuCategory,
  type EuClass,
  type HeightReference,
  ID_TYPES,
  type IdType,
  OPERATIONAL_STATUSES,
  OPERATOR_ID_TYPES,
  OPERATOR_LOCATION_TYPES,
  type OperationalStatus,
  type OperatorIdType,
  type OperatorLocationType,
  UA_TYPES,
  type UaType,
} from "./names.ts";
export { decodeActionBody, encodeActionBody } from "./nan.ts";
export { publicOperatorId } from "./operator-id.ts";
export { decodePack, decodePackAt, encodePack, MAX_PACK_MESSAGES, type MessagePack } from "./pack.ts";
export { HORIZONTAL_ACCURACY_M, SPEED_ACCURACY_MPS, VERTICAL_ACCURACY_M } from "./scales.ts";
export {
  createTransmitterMerger,
  FORGET_AFTER_MS,
  MAX_UAS,
  type MergerSnapshot,
  type TransmitterMerger,
} from "./transmitter-merger.ts";
export { type Heard, MAX_TRANSMITTERS_PER_UAS, type Reception, type Transmitter, type Uas } from "./uas.ts";
