export { NACP_M } from "./accuracy.ts";
export { createAdsbDecoder, createSbsDecoder, type Decoded, type StreamDecoder } from "./adsb-decoder.ts";
export type { Aircraft, AircraftReport, PositionSource } from "./aircraft.ts";
export { categoryOf, type EmitterCategory, isSurfaceCategory } from "./category.ts";
export { type DecodedReport, decodeAircraftReport, MAX_AIRCRAFT } from "./decode-report.ts";
export { ADSB_ERROR_CODES, type AdsbErrorCode } from "./errors.ts";
export { type DecodedSbs, decodeSbsLine, type SbsMessage } from "./sbs.ts";
