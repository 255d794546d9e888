export { type Decoded, decodeMessage, type Refused } from "./decode-message.ts";
export {
  createEdgeSession,
  type EdgeOptions,
  type EdgeSession,
  type EdgeTurn,
  type NodeStatus,
  type UpperEvent,
} from "./edge-session.ts";
export { encodeMessage } from "./encode-message.ts";
export { SAPIENT_ERROR_CODES, type SapientError, type SapientErrorCode } from "./errors.ts";
export {
  createFrameDecoder,
  encodeFrame,
  type FrameDecoder,
  type FrameItem,
  type FrameState,
  MAX_FRAME_OCTETS,
} from "./frame.ts";
export {
  createFusionSession,
  type EdgeEvent,
  type FusionOptions,
  type FusionSession,
  type FusionState,
  type FusionTurn,
  silenceOf,
} from "./fusion-session.ts";
export { formatUlid, formatUuid, isUlid, isUuid } from "./ids.ts";
export type {
  Alert,
  DetectionReport,
  Location,
  RangeBearing,
  Registration,
  SapientMessage,
  Shape,
  StatusReport,
  Task,
} from "./shapes.ts";
