import { Command, type PersonId, personId, type Validated, validate } from "@picket/model";
import { shapeFault, type ZoneFault, zoneFault } from "@picket/pipeline";
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import type { CommandRequest } from "../command-request.ts";
import type { Journal } from "../record/journal.ts";
import { type HttpContext, userOf } from "./context.ts";
import { problem } from "./problem.ts";
import { PHONE_COOKIE } from "./visitor.ts";

type Kind = Command["kind"];
/** Commands that the server itself gives; nobody may send them. */
const OWN: ReadonlySet<Kind> = new Set(["recordingState", "recordDamaged", "clockState", "personContact"]);
/** Ids that the server gives its own commands: a stranger's under such an id would take the place of one to come. */
const OWN_IDS = /^own-/;
const FIELD: ReadonlySet<Kind> = new Set(["personPosition", "personWellbeing", "warningReceipt", "sighting"]);
/** What is protected, who may fly and how a sensor stands is the administrator's to say; all else is the watch's work. */
const ADMINISTRATOR: ReadonlySet<Kind> = new Set([
  "zonePut",
  "zoneRemove",
  "authorisationPut",
  "authorisationRemove",
  "acceptRegistration",
]);
const REMEMBERED = 10_000;
/** An answer waits this long for the disk, so that `recorded` is true unless something is wrong. */
const RECORDED_WITHIN_MS = 1000;

const Taken = Type.Object({
  sequence: Type.Integer({ description: "The command's place in the journal" }),
  recorded: Type.Boolean({ description: "True when it is safe on disk. It counts either way." }),
});
/** The part of a command that a sender writes: the server adds who and when. */
const Sent = Type.Unsafe<unknown>({
  ...Command,
  description: "A command without `by` and `atMs`, which the server adds. The same `id` twice is done once.",
});

/** What people tell the site: one route for operators, one for phones. The same id twice is done once and answered alike. */
export function commandRoutes(app: FastifyInstance, context: HttpContext): void {
  const { process: site, gate, clock } = context;
  const done = new Map<string, number>();

  const give = async (body: unknown, by: string, refusalOf: (command: Command) => string | undefined) => {
    const answer = parseCommand(body, by, clock.nowMs());
    if (!answer.ok)
      throw problem(400, "invalid-command", answer.faults.map((f) => `${f.path} ${f.expected}, got ${f.got}`).join("; "));
    const { id, kind } = answer.value;
    if (OWN.has(kind)) throw problem(403, "not-allowed", `${kind} is Picket's own word`);
    if (OWN_IDS.test(id)) throw problem(403, "not-allowed", "Ids that begin with own- are Picket's own");
    if (answer.value.kind === "sighting" && answer.value.sighting.carried)
      throw problem(403, "not-allowed", "Only a feed carries what another system reports");
    const refusal = refusalOf(answer.value);
    if (refusal) throw problem(403, "not-allowed", refusal);
    const fault = areaFault(answer.value);
    if (fault) throw problem(400, `zone-${fault.code}`, `The ${fault.key} ${fault.problem}`);
    let sequence = done.get(id);
    if (sequence === undefined) {
      const { by: _by, atMs: _atMs, ...request } = answer.value;
      ({ sequence } = site.command(request as CommandRequest, by));
      done.set(id, sequence);
      const oldest = done.keys().next().value;
      if (done.size > REMEMBERED && oldest !== undefined) done.delete(oldest);
    }
    return { sequence, recorded: await isRecorded(site.journal, sequence) };
  };
  // The whole command is checked in `give`, once the server's own part is there.
  const options = (summary: string) => ({
    schema: { summary, body: Sent, response: { 202: Taken } },
    validatorCompiler: () => () => true,
  });

  app.post("/api/commands", { ...options("Tell the site something"), bodyLimit: 4 * 1024 * 1024 }, async (request, reply) => {
    const by = userOf(context, request);
    const given = await give(request.body, by, ({ kind }) => {
      if (ADMINISTRATOR.has(kind)) userOf(context, request, "administrator");
      return undefined;
    });
    return reply.code(202).send(given);
  });

  app.post("/api/field/commands", options("Tell the site something from a phone"), async (request, reply) => {
    const visitor = gate.visitor(request.raw, PHONE_COOKIE);
    if (visitor?.kind !== "phone")
      throw problem(401, "not-enrolled", "This phone is not enrolled: open the link or code you were given");
    const name = site.site().persons.find(({ id }) => id === visitor.person)?.name ?? visitor.person;
    const given = await give(withObserver(request.body, visitor.person, name), visitor.person, (command) =>
      fieldRefusal(command, visitor.person, site.hub.warnings()),
    );
    return reply.code(202).send(given);
  });
}

/** Puts the server's own name and time to what was sent, and checks the whole. */
function parseCommand(body: unknown, by: string, atMs: number): Validated<Command> {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    return {
      ok: false,
      faults: [{ path: "/", expected: "must be a command object", got: Array.isArray(body) ? "a list" : typeof body }],
    };
  }
  return validate(Command, { ...body, by, atMs });
}

/** What is wrong with the zone or area that a command gives, or undefined. */
function areaFault(command: Command): ZoneFault | undefined {
  if (command.kind === "zonePut") return zoneFault(command.zone);
  return command.kind === "authorisationPut" ? shapeFault(command.authorisation.area) : undefined;
}

/** A phone's sighting is its own person's, whatever name was typed. Anything else is left as it came. */
function withObserver(body: unknown, person: PersonId, by: string): unknown {
  const { sighting } = (body ?? {}) as Readonly<{ sighting?: unknown }>;
  if (typeof sighting !== "object" || sighting === null) return body;
  return { ...(body as object), sighting: { person, ...sighting, by } };
}

/** Resolves true once the entry is on disk; false when recording has stopped or the disk takes too long. */
function isRecorded(journal: Journal, sequence: number): Promise<boolean> {
  if (journal.committed >= sequence || journal.state.kind === "stopped") return Promise.resolve(journal.committed >= sequence);
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      forgetCommit();
      forgetState();
      resolve(journal.committed >= sequence);
    };
    const timer = setTimeout(finish, RECORDED_WITHIN_MS);
    const forgetCommit = journal.onCommit((committed) => committed >= sequence && finish());
    const forgetState = journal.onState(({ kind }) => kind === "stopped" && finish());
  });
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
