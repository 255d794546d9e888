export {
  CATEGORIES,
  type CapAlert,
  type CapArea,
  type CapCircle,
  type CapInfo,
  type CapPoint,
  type CapReference,
  type CapResource,
  type CapTime,
  CERTAINTIES,
  MESSAGE_TYPES,
  type NamedValue,
  RESPONSE_TYPES,
  SCOPES,
  SEVERITIES,
  STATUSES,
  URGENCIES,
} from "./alert.ts";
export { type DecodedAlert, decodeAlert } from "./decode-alert.ts";
export { type Distribution, decodeDistribution } from "./decode-distribution.ts";
export { encodeAlert } from "./encode-alert.ts";
export {
  CAP_ERROR_CODES,
  CAP_RULE_CODES,
  type CapBreach,
  type CapError,
  type CapErrorCode,
  type CapRuleCode,
  LIMITS,
} from "./errors.ts";
export { findBreaches } from "./find-breaches.ts";
export { formatTime, parseTime } from "./time.ts";
export type { Read } from "./xml.ts";
