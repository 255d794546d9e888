import { create, toBinary } from "@bufbuild/protobuf";
import { type ReflectList, type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import { decodeMessage } from "./decode-message.ts";
import { ENUMERATIONS } from "./enumeration-table.ts";
import { type FieldRule, isEnumeration, isMessage, ruleOf } from "./schema.ts";
import type { MessageName, SapientMessage } from "./shapes.ts";

/** Encodes one message. Throws RangeError, naming the field, for whatever {@link decodeMessage} would refuse or would not know. */
export function encodeMessage(message: SapientMessage): Uint8Array {
  const wire = writeMessage("SapientMessage", message, "SapientMessage");
  const octets = toBinary(wire.desc, wire.message);
  const checked = decodeMessage(octets);
  if (!checked.ok) throw new RangeError(`${checked.error.item} ${checked.error.detail}`);
  return octets;
}

function writeMessage(name: MessageName, value: object, item: string): ReflectMessage {
  const { descriptor, fields } = ruleOf(name);
  const wire = reflect(descriptor, create(descriptor));
  const held = new Map(Object.entries(value));
  for (const rule of fields) {
    const field = held.get(rule.name);
    held.delete(rule.name);
    if (field !== undefined) writeField(wire, rule, field, `${item}.${rule.name}`);
  }
  const [stranger] = [...held].filter(([, field]) => field !== undefined);
  if (stranger) throw new RangeError(`${item} has no field ${stranger[0]}`);
  return wire;
}

function writeField(wire: ReflectMessage, rule: FieldRule, value: unknown, item: string): void {
  const { descriptor } = rule;
  if (descriptor.fieldKind === "list") {
    const list = wire.get(descriptor) as ReflectList;
    for (const entry of value as readonly unknown[]) list.add(wireValue(rule, entry, item));
    return;
  }
  const choice = rule.choice !== undefined && descriptor.oneof ? wire.oneofCase(descriptor.oneof) : undefined;
  if (choice) throw new RangeError(`${item} stands beside ${choice.name}: only one of them may`);
  wire.set(descriptor, wireValue(rule, value, item));
}

function wireValue({ type }: FieldRule, value: unknown, item: string): unknown {
  if (isMessage(type)) return writeMessage(type, value as object, item);
  if (type === "time") return reflect(TimestampSchema, create(TimestampSchema, fromMs(value as number, item)));
  if (!isEnumeration(type)) return value;
  const number = (ENUMERATIONS[type].values as Readonly<Record<string, number>>)[value as string];
  if (number === undefined)
    throw new RangeError(`${item} must be one of ${Object.keys(ENUMERATIONS[type].values).join(", ")}, got ${String(value)}`);
  return number;
}

function fromMs(unixMs: number, item: string): { seconds: bigint; nanos: number } {
  if (!Number.isFinite(unixMs)) throw new RangeError(`${item} must be Unix milliseconds, got ${unixMs}`);
  const seconds = Math.floor(unixMs / 1000);
  return { seconds: BigInt(seconds), nanos: Math.min(999_999_999, Math.round((unixMs - seconds * 1000) * 1_000_000)) };
}
