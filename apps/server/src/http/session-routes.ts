import type { FastifyInstance } from "fastify";
import Type from "typebox";
import type { Accounts } from "../access/accounts.ts";
import { createThrottle } from "../access/throttle.ts";
import type { HttpContext } from "./context.ts";
import { problem } from "./problem.ts";
import { USER_COOKIE } from "./visitor.ts";

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
  const throttle = createThrottle();

  app.get("/api/session", { schema: { response: { 200: Session } } }, async (request) => {
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
    { schema: { body: Credentials } },
    async (request, reply) => {
      gate.visitor(request.raw, USER_COOKIE);
      const { name, password } = request.body;
      const keys = [`name ${name}`, `address ${request.ip}`];
      const waitMs = Math.max(...keys.map((key) => throttle.waitMs(key, clock.nowMs())));
      if (waitMs > 0) {
        reply.header("retry-after", Math.ceil(waitMs / 1000));
        throw problem(429, "too-many-attempts", `Too many failed attempts; try again in ${Math.ceil(waitMs / 60_000)} minutes`);
      }
      const token = await accounts.signIn(name, password, clock.nowMs(), sessionMs);
      if (!token) {
        for (const key of keys) throttle.failed(key, clock.nowMs());
        throw problem(401, "wrong-credentials", "Name or password is wrong");
      }
      for (const key of keys) throttle.succeeded(key);
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

  app.delete("/api/session", async (request, reply) => {
    gate.visitor(request.raw, USER_COOKIE);
    const token = request.cookies[USER_COOKIE];
    if (token) accounts.signOut(token);
    return reply.clearCookie(USER_COOKIE, { path: "/" }).code(204).send();
  });
}
