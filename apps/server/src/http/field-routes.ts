import { ProtectedPerson, personId } from "@picket/model";
import type { FastifyInstance, FastifyReply } from "fastify";
import QRCode from "qrcode";
import Type from "typebox";
import type { Accounts } from "../access/accounts.ts";
import { type HttpContext, userOf } from "./context.ts";
import { problem } from "./problem.ts";
import { PHONE_COOKIE } from "./visitor.ts";

const Person = Type.Pick(ProtectedPerson, ["id", "name", "language"]);
const Code = Type.Object({
  url: Type.String({ description: "What the phone opens, once" }),
  qrSvg: Type.String({ description: "The same as a code to scan" }),
  expiresMs: Type.Number(),
});
const Enrolment = Type.Object({ token: Type.String({ maxLength: 128 }) }, { additionalProperties: false });

/** Makes a phone a person's: a one-time code on the operator's screen, traded by the phone for a session of its own. */
export function fieldRoutes(app: FastifyInstance, context: HttpContext, accounts: Accounts): void {
  const { process: site, gate, clock, isSecure, publicUrl } = context;
  const personOf = (id: string) => site.site().persons.find((person) => person.id === id);

  const codeRoute = { schema: { summary: "Make a one-time code for a person's phone", response: { 200: Code } } };
  app.post<{ Params: { id: string } }>("/api/persons/:id/enrolment", codeRoute, async (request) => {
    userOf(context, request);
    const id = personId.as(request.params.id);
    if (!id || !personOf(id)) throw problem(404, "no-such-person", "Nobody of this id is configured.");
    const { token, expiresMs } = accounts.beginEnrolment(id, clock.nowMs());
    const url = `${publicUrl()}/field/enrol#${token}`;
    return { url, qrSvg: await QRCode.toString(url, { type: "svg", margin: 1 }), expiresMs };
  });

  const revokeRoute = {
    schema: { summary: "Let a person's phones go", response: { 204: Type.Null({ description: "Let go" }) } },
  };
  app.delete<{ Params: { id: string } }>("/api/persons/:id/phones", revokeRoute, async (request, reply) => {
    userOf(context, request);
    const id = personId.as(request.params.id);
    if (id) accounts.revokePhones(id);
    return reply.code(204).send();
  });

  const keepPhone = (reply: FastifyReply, { token, expiresMs }: Readonly<{ token: string; expiresMs: number }>) => {
    const maxAge = Math.floor((expiresMs - clock.nowMs()) / 1000);
    reply.setCookie(PHONE_COOKIE, token, { path: "/", httpOnly: true, sameSite: "strict", secure: isSecure, maxAge });
  };

  app.post<{ Body: Type.Static<typeof Enrolment> }>(
    "/api/field/enrolment",
    { schema: { summary: "Make this phone a person's", body: Enrolment, response: { 200: Type.Object({ person: Person }) } } },
    async (request, reply) => {
      gate.visitor(request.raw, PHONE_COOKIE);
      const enrolled = accounts.enrol(request.body.token, clock.nowMs());
      const person = enrolled && personOf(enrolled.person);
      if (!enrolled || !person)
        throw problem(403, "enrolment-over", "This code was used already or is too old: ask for a new one.");
      keepPhone(reply, enrolled);
      const { id, name, language } = person;
      return { person: { id, name, language } };
    },
  );

  const FieldSession = Type.Object({ person: Person, site: Type.Object({ name: Type.String() }) });
  const sessionRoute = { schema: { summary: "Whose phone this is", response: { 200: FieldSession } } };
  app.get("/api/field/session", sessionRoute, async (request, reply) => {
    const visitor = gate.visitor(request.raw, PHONE_COOKIE);
    const person = visitor?.kind === "phone" ? personOf(visitor.person) : undefined;
    if (!person) throw problem(401, "not-enrolled", "This phone is not enrolled: open the link or code you were given.");
    const token = request.cookies[PHONE_COOKIE];
    if (token !== undefined) keepPhone(reply, { token, expiresMs: accounts.renewPhone(token, clock.nowMs()) });
    return { person: { id: person.id, name: person.name, language: person.language }, site: { name: site.site().name } };
  });
}
