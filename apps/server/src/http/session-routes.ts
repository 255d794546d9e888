import type { FastifyInstance } from "fastify";
import Type from "typebox";
import type { Accounts } from "../access/accounts.ts";
import { createThrottle } from "../access/throttle.ts";
import type { HttpContext } from "./context.ts";
import { problem } from "./problem.ts";
import { USER_COOKIE } from "./visitor.ts";

const ATTEMPTS_OF_ONE_ADDRESS = 30;

const Credentials = Type.Object(
  { name: Type.String({ maxLength: 64 }), password: Type.String({ maxLength: 256 }) },
  { additionalProperties: false },
);
const Session = Type.Object({
  site: Type.Object({ id: Type.String(), name: Type.String() }),
  user: Type.Optional(Type.String()),
  role: Type.Optional(Type.String()),
  open: Type.Boolean({ description: "True while there are no accounts and the server stays on loopback" }),
  reality: Type.String(),
});

/** Sign in, sign out, and who am I. */
export function sessionRoutes(
  app: FastifyInstance,
  { process: site, gate, clock, isSecure, sessionMs }: HttpContext,
  accounts: Accounts,
): void {
  // By name and address together: a stranger's attempts must not lock the watch out. By address for who tries many names.
  const throttles = [
    { throttle: createThrottle(), keyOf: (address: string, name: string) => `${address} ${name}` },
    { throttle: createThrottle(ATTEMPTS_OF_ONE_ADDRESS), keyOf: (address: string) => address },
  ];

  app.get("/api/session", { schema: { summary: "Who am I, and where", response: { 200: Session } } }, async (request) => {
    const visitor = gate.visitor(request.raw, USER_COOKIE);
    const { id, name } = site.site();
    return {
      site: { id, name },
      open: gate.isOpen,
      reality: site.surroundings().reality,
      ...(visitor?.kind === "user" && { user: visitor.name, role: visitor.role }),
    };
  });

  app.post<{ Body: Type.Static<typeof Credentials> }>(
    "/api/session",
    { schema: { summary: "Sign in", body: Credentials, response: { 204: Type.Null({ description: "Signed in" }) } } },
    async (request, reply) => {
      gate.visitor(request.raw, USER_COOKIE);
      const { name, password } = request.body;
      const counted = throttles.map(({ throttle, keyOf }) => ({ throttle, key: keyOf(request.ip, name) }));
      const waitMs = Math.max(...counted.map(({ throttle, key }) => throttle.waitMs(key, clock.nowMs())));
      if (waitMs > 0) {
        reply.header("retry-after", Math.ceil(waitMs / 1000));
        throw problem(429, "too-many-attempts", `Too many failed attempts; try again in ${Math.ceil(waitMs / 60_000)} minutes`);
      }
      // Counted before the answer is known: a hundred attempts at once are a hundred.
      for (const { throttle, key } of counted) throttle.failed(key, clock.nowMs());
      const token = await accounts.signIn(name, password, clock.nowMs(), sessionMs);
      if (!token) throw problem(401, "wrong-credentials", "Name or password is wrong");
      for (const { throttle, key } of counted) throttle.succeeded(key);
      reply.setCookie(USER_COOKIE, token, {
        path: "/",
        httpOnly: true,
        sameSite: "strict",
        secure: isSecure,
        maxAge: Math.floor(sessionMs / 1000),
      });
      return reply.code(204).send();
    },
  );

  app.delete(
    "/api/session",
    { schema: { summary: "Sign out", response: { 204: Type.Null({ description: "Signed out" }) } } },
    async (request, reply) => {
      gate.visitor(request.raw, USER_COOKIE);
      const token = request.cookies[USER_COOKIE];
      if (token) accounts.signOut(token);
      return reply.clearCookie(USER_COOKIE, { path: "/" }).code(204).send();
    },
  );
}
