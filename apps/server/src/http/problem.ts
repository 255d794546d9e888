import { STATUS_CODES } from "node:http";
import type { FastifyError, FastifyInstance } from "fastify";

/** An answer that is an error, as RFC 9457 has it: `type` is stable, `detail` is for a person. */
export class Problem extends Error {
  readonly status: number;
  readonly type: string;
  constructor(status: number, type: string, detail: string) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.type = type;
  }
}

export const problem = (status: number, type: string, detail: string): Problem => new Problem(status, type, detail);

/** Fastify takes these for no JSON at all: keys that would reach into what every object shares. */
const wordsOf = (error: FastifyError | Problem): string =>
  "code" in error && error.code === "FST_ERR_CTP_INVALID_JSON_BODY"
    ? "The body must be JSON, and nothing in it may be called __proto__, nor constructor with a prototype"
    : error.message;

/** Makes every error of the API a problem document. What went wrong inside is logged, not told. */
export function answerWithProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | Problem, request, reply) => {
    const isInvalid = "code" in error && error.code === "FST_ERR_VALIDATION";
    const status = error instanceof Problem ? error.status : (error.statusCode ?? 500);
    const type = error instanceof Problem ? error.type : isInvalid ? "invalid-request" : status < 500 ? "refused" : "internal";
    if (status >= 500) request.log.error(error);
    const detail = status >= 500 ? "Picket could not do this; the log says why." : wordsOf(error);
    return reply
      .code(status)
      .type("application/problem+json")
      .send({ type: `urn:picket:${type}`, title: STATUS_CODES[status], status, detail });
  });
  app.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .type("application/problem+json")
      .send({
        type: "urn:picket:no-such-page",
        title: STATUS_CODES[404],
        status: 404,
        detail: `There is nothing at ${request.url.split("?")[0]}`,
      }),
  );
}
