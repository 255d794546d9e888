export { type CotItem, type CotStream, type CotStreamSnapshot, createCotStream } from "./cot-stream.ts";
export { decodeXml } from "./decode-xml.ts";
export {
  type CotContact,
  type CotDetail,
  type CotEmergency,
  type CotGroup,
  type CotLink,
  type CotPrecisionLocation,
  type CotRemarks,
  type CotSensor,
  type CotStatus,
  type CotTakv,
  type CotTrack,
  readDetail,
} from "./detail.ts";
export { type CotDetailDraft, detailElements } from "./detail-elements.ts";
export type { CotDrawing, CotVertex } from "./drawing.ts";
export { cancelEmergencyEvent, type EmergencyDraft, type EmergencyKind, emergencyEvent } from "./emergency.ts";
export { encodeXml, formatXmlEvent } from "./encode-xml.ts";
export { COT_ERROR_CODES, type CotErrorCode } from "./errors.ts";
export {
  type CotElement,
  type CotEvent,
  type CotMessage,
  type CotPoint,
  isPlaced,
  MAX_DEPTH,
  MAX_MESSAGE_OCTETS,
  type TakControl,
} from "./event.ts";
export { decodeDatagram, encodeMeshFrame, encodeStreamFrame } from "./frame.ts";
export { deletedUids, deleteEvent, isPing, pingEvent, pongEvent } from "./housekeeping.ts";
export {
  expireNegotiation,
  NEGOTIATION_TIMEOUT_MS,
  type Negotiation,
  type NegotiationStep,
  negotiate,
  startNegotiation,
} from "./negotiation.ts";
export { decodeTakPayload, encodeTakPayload, type TakDraft } from "./tak-payload.ts";
export { formatTimeMs, parseTimeMs } from "./time.ts";
export {
  type Affiliation,
  type AirClass,
  type AtomType,
  type Dimension,
  formatAirType,
  isTasking,
  parseAtomType,
} from "./type.ts";
