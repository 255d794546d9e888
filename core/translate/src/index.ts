export { editionFault } from "./asterix-editions.ts";
export {
  createTranslator,
  needsSensor,
  PROTOCOLS,
  type Protocol,
  type Translated,
  type Translator,
  type TranslatorOptions,
} from "./translator.ts";
