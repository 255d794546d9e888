export { editionFault } from "./asterix-editions.ts";
export { createTranslator } from "./create-translator.ts";
export {
  needsSensor,
  PROTOCOLS,
  type Protocol,
  type Translated,
  type Translator,
  type TranslatorOptions,
} from "./translator.ts";
