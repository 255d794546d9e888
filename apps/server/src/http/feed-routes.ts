import { feedId } from "@picket/model";
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import type { FeedConfig } from "../config/schema.ts";
import type { HttpContext } from "./context.ts";
import { isSameSecret } from "./is-same-secret.ts";
import { problem } from "./problem.ts";

const MOST_BYTES = 1024 * 1024;

/** Feeds that come as HTTP requests: the body is the bytes, whatever the protocol. Without a token only this machine may send. */
export function feedRoutes(app: FastifyInstance, { process: site, gate }: HttpContext, feeds: readonly FeedConfig[]): void {
  app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: MOST_BYTES }, (_request, body, done) => done(null, body));
  app.removeContentTypeParser(["application/json", "text/plain"]);

  app.post<{ Params: { id: string }; Body: Buffer }>(
    "/api/feeds/:id/bytes",
    {
      bodyLimit: MOST_BYTES,
      schema: {
        summary: "Hand bytes to a feed",
        description: "The body is what the feed's protocol says, such as lines of the JSON Lines detection format.",
        consumes: ["application/octet-stream"],
        body: Type.Unsafe<Buffer>({ type: "string", format: "binary" }),
        response: { 202: Type.Null({ description: "Taken" }) },
      },
      validatorCompiler: () => () => true,
    },
    async (request, reply) => {
      gate.refuseForeign(request.raw);
      const id = feedId.as(request.params.id);
      const feed = feeds.find((candidate) => candidate.id === id && candidate.transport.kind === "http");
      if (!id || feed?.transport.kind !== "http") throw problem(404, "no-such-feed", "No feed of this id takes bytes over HTTP.");
      const { token } = feed.transport;
      const isLocal = ["127.0.0.1", "::1", "::ffff:127.0.0.1"].includes(request.ip);
      if (token ? !isSameSecret(request.headers.authorization ?? "", `Bearer ${token}`) : !isLocal) {
        throw problem(
          403,
          "not-allowed",
          token ? "The token is missing or wrong." : "Without a token only this machine may send.",
        );
      }
      if (!Buffer.isBuffer(request.body)) throw problem(400, "no-body", "The body is the feed's bytes, and there is none.");
      if (!site.post(id, request.body, request.ip)) throw problem(503, "feed-not-running", "The feed is not running.");
      return reply.code(202).send();
    },
  );
}
