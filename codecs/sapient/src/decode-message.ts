import { fromBinary, type Message } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { fault, type SapientError } from "./errors.ts";
import { isUlid, isUuid } from "./ids.ts";
import { REFUSED_COMMANDS } from "./message-table.ts";
import { type FieldRule, ruleOf } from "./schema.ts";
import type { MessageName, SapientMessage } from "./shapes.ts";

/** A sound message. `skipped` names fields that this edition does not know, by their numbers. */
export type Decoded = Readonly<{ message: SapientMessage; skipped: readonly string[] }>;
/** The first fault and all of them: an error reply names every one at once. `from` is who sent it, when that much could be read. */
export type Refused = Readonly<{ ok: false; error: SapientError; faults: readonly SapientError[]; from?: string }>;

type Reading = { faults: SapientError[]; skipped: string[] };

/**
 * Decodes one message and holds it to the standard: mandatory fields and choices, forms of ids, values of enumerations, finite numbers.
 * A task that would move a node or let it follow something is refused here.
 *
 * @source BSI Flex 335 v2.0, message definitions and their validation.
 */
export function decodeMessage(octets: Uint8Array): Readonly<{ ok: true; value: Decoded }> | Refused {
  let wire: Message;
  try {
    wire = fromBinary(ruleOf("SapientMessage").descriptor, octets);
  } catch (error) {
    const first = fault("not-protobuf", "message", error instanceof Error ? error.message : String(error));
    return { ok: false, error: first, faults: [first] };
  }
  const reading: Reading = { faults: [], skipped: [] };
  const message = readMessage(
    "SapientMessage",
    reflect(ruleOf("SapientMessage").descriptor, wire),
    "",
    reading,
  ) as SapientMessage;
  const [first] = reading.faults;
  if (!first) return { ok: true, value: { message, skipped: reading.skipped } };
  return { ok: false, error: first, faults: reading.faults, ...(typeof message.nodeId === "string" && { from: message.nodeId }) };
}

function readMessage(name: MessageName, wire: ReflectMessage, path: string, reading: Reading): unknown {
  const message: Record<string, unknown> = {};
  const { choices, fields } = ruleOf(name);
  for (const rule of fields) {
    const value =
      rule.descriptor.fieldKind === "list" ? readList(rule, wire, path, reading) : readField(rule, wire, path, reading);
    if (value !== undefined) message[rule.name] = value;
  }
  for (const { no } of wire.getUnknown() ?? []) noteUnknown(name, no, path, reading);
  for (const { choice, members } of choices) {
    if (members.some((rule) => message[rule.name] !== undefined)) continue;
    const options = members.map(({ wireName }) => wireName).join(", ");
    reading.faults.push(fault("missing-choice", join(path, choice), `must be one of ${options}`));
  }
  return message;
}

function noteUnknown(name: MessageName, number: number, path: string, reading: Reading): void {
  const refused = name === "TaskCommand" ? REFUSED_COMMANDS[number] : undefined;
  if (refused === undefined) return void reading.skipped.push(join(path, String(number)));
  reading.faults.push(fault("refused-command", join(path, refused), "moves a node or lets it follow something: never taken"));
}

function readField(rule: FieldRule, wire: ReflectMessage, path: string, reading: Reading): unknown {
  if (wire.isSet(rule.descriptor)) return readValue(rule, wire.get(rule.descriptor), join(path, rule.wireName), reading);
  if (rule.often === "must") reading.faults.push(fault("missing", join(path, rule.wireName), "must be there"));
  return undefined;
}

function readList(rule: FieldRule, wire: ReflectMessage, path: string, reading: Reading): readonly unknown[] | undefined {
  const list = [...(wire.get(rule.descriptor) as Iterable<unknown>)];
  const item = join(path, rule.wireName);
  if (list.length === 0 && rule.often === "some") reading.faults.push(fault("missing", item, "must have at least one entry"));
  if (list.length === 0) return undefined;
  return list.map((value, index) => readValue(rule, value, `${item}[${index}]`, reading));
}

function readValue(rule: FieldRule, value: unknown, item: string, { faults, skipped }: Reading): unknown {
  if (rule.message) return readMessage(rule.message, value as ReflectMessage, item, { faults, skipped });
  if (rule.names) return readEnumeration(rule.names, rule.often, value as number, item, faults);
  switch (rule.type) {
    case "time":
      return toMs((value as ReflectMessage).message as Timestamp);
    case "uuid":
      if (!isUuid(value as string)) faults.push(fault("bad-uuid", item, `must be a UUID of version 4, got ${quote(value)}`));
      return value;
    case "ulid":
      if (!isUlid(value as string)) faults.push(fault("bad-ulid", item, `must be a ULID of 26 characters, got ${quote(value)}`));
      return value;
    case "double":
    case "float":
      if (!Number.isFinite(value)) faults.push(fault("not-finite", item, `must be a number, got ${String(value)}`));
      return value;
    default:
      return value;
  }
}

function readEnumeration(
  names: ReadonlyMap<number, string>,
  often: FieldRule["often"],
  number: number,
  item: string,
  faults: SapientError[],
): string | undefined {
  const found = names.get(number);
  if (found === undefined && (often === "must" || number !== 0))
    faults.push(fault("bad-value", item, `must be one of ${[...names.values()].join(", ")}, got number ${number}`));
  return found;
}

/** Keeps microseconds: a double has no room for more beside a date of this century. */
const toMs = ({ seconds, nanos }: Timestamp): number => Number(seconds) * 1000 + nanos / 1_000_000;

const quote = (value: unknown): string => JSON.stringify(String(value).slice(0, 40));
const join = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);
