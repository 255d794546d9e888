import Type from "typebox";
import { closed } from "./shape.ts";

/**
 * A sentence as data: `code` names a template that the reader's side holds in every language, `params` fill it.
 * Numbers stay numbers with the unit in the name (`distanceM`), so that units and language are the reader's choice.
 */
export const Phrase = closed(
  {
    code: Type.String({ pattern: "^[a-z][A-Za-z0-9.]{0,63}$", description: "Names the sentence's template" }),
    params: Type.Record(
      Type.String({ pattern: "^[a-z][A-Za-z0-9]{0,31}$" }),
      Type.Union([Type.Number(), Type.String({ maxLength: 128 })]),
    ),
  },
  "A sentence as data: template and parameters",
);
export type Phrase = Type.Static<typeof Phrase>;
