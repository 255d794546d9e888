import swagger from "@fastify/swagger";
import { FieldMessage, LiveMessage } from "@picket/model";
import type { FastifyInstance, RouteOptions } from "fastify";
import Type from "typebox";
import { PHONE_COOKIE, USER_COOKIE } from "./visitor.ts";

const ProblemDocument = Type.Object(
  {
    type: Type.String({ description: "Stable, such as urn:picket:not-signed-in" }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: "For a person" }),
  },
  { description: "What is wrong, as RFC 9457 has it" },
);
const refusal = {
  description: "Refused",
  content: { "application/problem+json": { schema: ProblemDocument } },
};

/** WebSockets are none of Fastify's routes; what they say is as much a part of the API. */
const socket = (summary: string, message: Type.TSchema, cookie: string, parameters: readonly object[] = []) => ({
  get: {
    summary,
    description: "A WebSocket. The schema is that of each text message the server sends.",
    parameters,
    security: [{ [cookie]: [] }],
    responses: {
      "101": { description: "The line is open", content: { "application/json": { schema: message } } },
      "4XX": refusal,
    },
  },
});
const query = (name: string, description: string) => ({ name, in: "query", description, schema: { type: "number" } });
const SOCKETS = {
  "/api/live": socket("The picture of now: a snapshot, then what changes", LiveMessage, USER_COOKIE),
  "/api/replay": socket("A recording played again", LiveMessage, USER_COOKIE, [
    query("fromMs", "Unix milliseconds UTC"),
    query("speed", "0.1 to 1000; 1 unless told"),
  ]),
  "/api/field/live": socket("What one person's phone is told", FieldMessage, PHONE_COOKIE),
};

/** Describes every route that is registered after this, and serves the description at `/api/openapi.json`. */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  const cookie = (name: string) => ({ type: "apiKey" as const, in: "cookie" as const, name });
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Picket", version, description: "One site's air picture, alerts and people." },
      components: { securitySchemes: { [USER_COOKIE]: cookie(USER_COOKIE), [PHONE_COOKIE]: cookie(PHONE_COOKIE) } },
    },
  });
  app.addHook("onRoute", (route: RouteOptions) => {
    if (route.schema?.response) route.schema = { ...route.schema, response: { ...route.schema.response, "4xx": refusal } };
  });
  app.get("/api/openapi.json", { schema: { hide: true } }, async () => {
    const { paths, ...document } = app.swagger();
    return { ...document, paths: { ...paths, ...SOCKETS } };
  });
}
