import { readFileSync } from "node:fs";
import cookie from "@fastify/cookie";
import swagger from "@fastify/swagger";
import fastify, { type FastifyInstance } from "fastify";
import type { Accounts } from "../access/accounts.ts";
import type { FeedConfig, ServerConfig } from "../config/schema.ts";
import { commandRoutes } from "./command-routes.ts";
import type { HttpContext } from "./context.ts";
import { feedRoutes } from "./feed-routes.ts";
import { fieldRoutes } from "./field-routes.ts";
import { liveSockets, type SocketRoute } from "./live-sockets.ts";
import { operationRoutes } from "./operation-routes.ts";
import { pages } from "./pages.ts";
import { pictureRoutes } from "./picture-routes.ts";
import { answerWithProblems } from "./problem.ts";
import { sessionRoutes } from "./session-routes.ts";

export type HttpOptions = Readonly<{
  context: HttpContext;
  accounts: Accounts;
  feeds: readonly FeedConfig[];
  tls: ServerConfig["tls"];
  webDir: string;
  sockets: Readonly<Record<string, SocketRoute>>;
  logLevel: string;
  version: string;
}>;

/** The whole HTTP side, ready to listen. */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { context, accounts, feeds, tls, webDir, sockets, logLevel, version } = options;
  const common = { logger: { level: logLevel }, bodyLimit: 256 * 1024, forceCloseConnections: true };
  const app: FastifyInstance = tls
    ? (fastify({
        ...common,
        https: { cert: readFileSync(tls.certificate), key: readFileSync(tls.key), minVersion: "TLSv1.2" },
      }) as unknown as FastifyInstance)
    : fastify(common);
  answerWithProblems(app);
  await app.register(cookie);
  await app.register(swagger, {
    openapi: { openapi: "3.1.0", info: { title: "Picket", version, description: "One site's air picture, alerts and people." } },
  });
  sessionRoutes(app, context, accounts);
  commandRoutes(app, context);
  fieldRoutes(app, context, accounts);
  operationRoutes(app, context);
  await app.register(async (scope) => pictureRoutes(scope, context));
  await app.register(async (scope) => feedRoutes(scope, context, feeds));
  await pages(app, webDir);
  app.get("/api/openapi.json", { schema: { hide: true } }, async () => app.swagger());
  const closeSockets = liveSockets(app.server, context, sockets);
  app.addHook("preClose", async () => closeSockets());
  return app;
}
