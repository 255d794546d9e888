import { validate } from "@picket/model";
import type { FastifySchemaCompiler } from "fastify";
import type { TSchema } from "typebox";
import { Convert } from "typebox/value";

/** Checks requests by the same rules and in the same words as a configuration. Nothing is dropped or guessed, but numbers in a URL are read. */
export const requestValidator: FastifySchemaCompiler<TSchema> =
  ({ schema, httpPart }) =>
  (value: unknown) => {
    const answer = validate(schema, httpPart === "body" ? value : Convert(schema, value));
    if (answer.ok) return { value: answer.value };
    const words = answer.faults.map(({ path, expected, got }) => `${path} ${expected}, got ${got}`);
    return { error: new Error(`${httpPart}: ${words.join("; ")}`) };
  };
