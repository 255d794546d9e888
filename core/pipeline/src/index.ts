export { type ParamKind, PHRASES, type PhraseCode, type PhraseParams, phrase } from "./phrases.ts";
export { createPipeline, type Pipeline } from "./pipeline.ts";
export type { RejectionCode } from "./rejections.ts";
export { isOwnSnapshot } from "./stages.ts";
export { areaOf } from "./standing/areas.ts";
export { shapeFault, type ZoneFault, zoneFault } from "./standing/zone-fault.ts";
