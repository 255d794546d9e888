import { Command, type PersonId, personId, type Validated, validate } from "@picket/model";
import type { FastifyInstance } from "fastify";
import type { CommandRequest } from "../site-process.ts";
import { type HttpContext, userOf } from "./context.ts";
import { problem } from "./problem.ts";
import { PHONE_COOKIE } from "./visitor.ts";

/** Commands that the server itself gives; nobody may send them. */
const OWN: ReadonlySet<Command["kind"]> = new Set(["recordingState", "clockState", "personContact"]);
const FIELD: ReadonlySet<Command["kind"]> = new Set(["personPosition", "personWellbeing", "warningReceipt", "sighting"]);
const REMEMBERED = 10_000;

/** What people tell the site: one route for operators, one for phones. The same id twice is done once and answered alike. */
export function commandRoutes(app: FastifyInstance, context: HttpContext): void {
  const { process: site, gate, clock } = context;
  const done = new Map<string, Readonly<{ sequence: number }>>();

  const give = (body: unknown, by: string, isAllowed: (command: Command) => string | undefined) => {
    const answer = parseCommand(body, by, clock.nowMs());
    if (!answer.ok)
      throw problem(400, "invalid-command", answer.faults.map((f) => `${f.path} ${f.expected}, got ${f.got}`).join("; "));
    const refusal = isAllowed(answer.value);
    if (refusal) throw problem(403, "not-allowed", refusal);
    const { id } = answer.value;
    const before = done.get(id);
    if (before) return before;
    const { by: _by, atMs: _atMs, ...request } = answer.value;
    const sequence = site.command(request as CommandRequest, by);
    done.set(id, sequence);
    const oldest = done.keys().next().value;
    if (done.size > REMEMBERED && oldest !== undefined) done.delete(oldest);
    return sequence;
  };
  const recorded = ({ sequence }: Readonly<{ sequence: number }>) => ({
    sequence,
    recorded: site.record().committed >= sequence,
  });

  app.post("/api/commands", { bodyLimit: 4 * 1024 * 1024 }, async (request, reply) => {
    const by = userOf(context, request);
    const given = give(request.body, by, ({ kind }) => (OWN.has(kind) ? `${kind} is Picket's own word` : undefined));
    return reply.code(202).send(recorded(given));
  });

  app.post("/api/field/commands", async (request, reply) => {
    const visitor = gate.visitor(request.raw, PHONE_COOKIE);
    if (visitor?.kind !== "phone")
      throw problem(401, "not-enrolled", "This phone is not enrolled: open the link or code you were given");
    const given = give(request.body, visitor.person, (command) =>
      fieldRefusal(command, visitor.person, site.frame()?.warnings ?? []),
    );
    return reply.code(202).send(recorded(given));
  });
}

/** Puts the server's own name and time to what was sent, and checks the whole. */
function parseCommand(body: unknown, by: string, atMs: number): Validated<Command> {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    return { ok: false, faults: [{ path: "/", expected: "must be a command object", got: typeof body }] };
  }
  return validate(Command, { ...body, by, atMs });
}

/** Why a phone may not say this, or undefined. A phone speaks of its own person only. */
function fieldRefusal(
  command: Command,
  person: PersonId,
  warnings: readonly Readonly<{ id: string; person: string }>[],
): string | undefined {
  if (!FIELD.has(command.kind)) return `A phone may not send ${command.kind}`;
  const about =
    command.kind === "warningReceipt"
      ? warnings.find((warning) => warning.id === command.warning)?.person
      : command.kind === "sighting"
        ? (command.sighting.person ?? person)
        : "person" in command
          ? command.person
          : undefined;
  return about !== undefined && personId.as(about) === person ? undefined : "A phone speaks of its own person only";
}
