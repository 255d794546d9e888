import { readFileSync } from "node:fs";
import cookie from "@fastify/cookie";
import fastify, { type FastifyInstance } from "fastify";
import type { Accounts } from "../access/accounts.ts";
import type { FeedConfig, ServerConfig } from "../config/schema.ts";
import { capRoutes } from "./cap-routes.ts";
import { commandRoutes } from "./command-routes.ts";
import type { HttpContext } from "./context.ts";
import { feedRoutes } from "./feed-routes.ts";
import { fieldRoutes } from "./field-routes.ts";
import { liveSockets, type SocketRoute } from "./live-sockets.ts";
import { describeApi } from "./openapi.ts";
import { operationRoutes } from "./operation-routes.ts";
import { pages } from "./pages.ts";
import { pictureRoutes } from "./picture-routes.ts";
import { answerWithProblems } from "./problem.ts";
import { sessionRoutes } from "./session-routes.ts";
import { requestValidator } from "./validation.ts";

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
  app.setValidatorCompiler(requestValidator);
  // Schemas describe what is sent; what is sent is ours already.
  app.setSerializerCompiler(() => JSON.stringify);
  answerWithProblems(app);
  await app.register(cookie);
  await describeApi(app, version);
  sessionRoutes(app, context, accounts);
  commandRoutes(app, context);
  fieldRoutes(app, context, accounts);
  operationRoutes(app, context);
  capRoutes(app, context);
  await app.register(async (scope) => pictureRoutes(scope, context));
  await app.register(async (scope) => feedRoutes(scope, context, feeds));
  await pages(app, webDir);
  const closeSockets = liveSockets(app.server, context, sockets);
  app.addHook("preClose", async () => closeSockets());
  return app;
}
