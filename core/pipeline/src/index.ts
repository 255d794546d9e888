export { type ParamKind, PHRASES, type PhraseCode, type PhraseParams, phrase } from "./phrases.ts";
