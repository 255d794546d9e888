import type { FastifyInstance, FastifyRequest } from "fastify";
import Type from "typebox";
import { readSecret } from "../config/secret.ts";
import type { WarningFeed } from "../outlets.ts";
import { type HttpContext, userOf } from "./context.ts";
import { isSameSecret } from "./is-same-secret.ts";
import { problem } from "./problem.ts";

/** Warnings for others to fetch: an index in Atom, and each message in CAP. A token opens its own feed only. */
export function capRoutes(app: FastifyInstance, context: HttpContext): void {
  const { process: site, publicUrl } = context;
  const feedOf = (request: FastifyRequest, id: string): WarningFeed => {
    const feed = site.warningFeed(id);
    const shown = request.headers.authorization;
    if (feed?.token && shown !== undefined) {
      context.gate.refuseForeign(request.raw);
      if (!isSameSecret(shown, `Bearer ${readSecret(feed.token)}`)) throw problem(403, "not-allowed", "The token is wrong.");
    } else userOf(context, request);
    if (!feed) throw problem(404, "no-such-feed", "No delivery of this id is a feed.");
    return feed;
  };
  const document = (summary: string) => ({ schema: { summary, response: { 200: Type.String() } } });

  app.get<{ Params: { id: string } }>("/api/cap/:id", document("Warnings that hold now, in Atom"), async (request, reply) => {
    const feed = feedOf(request, request.params.id);
    const address = `${publicUrl()}/api/cap/${feed.id}`;
    return reply.type("application/atom+xml; charset=utf-8").send(formatIndex(feed, address, context.clock.nowMs()));
  });
  app.get<{ Params: { id: string; message: string } }>(
    "/api/cap/:id/:message",
    document("One warning, in CAP 1.2"),
    async (request, reply) => {
      const { id, message } = request.params;
      const found = feedOf(request, id).messages.find(({ identifier }) => identifier === message);
      if (!found) throw problem(404, "no-such-message", "There is no such message, or it holds no longer.");
      return reply.type("application/cap+xml; charset=utf-8").send(found.text);
    },
  );
}

/** @source RFC 4287, 4.1. */
function formatIndex({ partner, messages }: WarningFeed, address: string, nowMs: number): string {
  const time = (ms: number) => new Date(ms).toISOString();
  const entries = messages.map(
    ({ identifier, title, sentMs }) =>
      `<entry><id>${escapeXml(`${address}/${identifier}`)}</id><title>${escapeXml(title)}</title><updated>${time(sentMs)}</updated>` +
      `<link rel="alternate" type="application/cap+xml" href="${escapeXml(`${address}/${identifier}`)}"/></entry>\n`,
  );
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n<id>${escapeXml(address)}</id>` +
    `<title>${escapeXml(`Warnings for ${partner}`)}</title><updated>${time(messages[0]?.sentMs ?? nowMs)}</updated>` +
    `<author><name>Picket</name></author><link rel="self" href="${escapeXml(address)}"/>\n${entries.join("")}</feed>\n`
  );
}

const REFERENCES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (character) => REFERENCES[character] ?? character);
