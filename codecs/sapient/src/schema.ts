import { create, createFileRegistry, type DescField, type DescMessage } from "@bufbuild/protobuf";
import {
  Edition,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FileDescriptorProtoSchema,
  file_google_protobuf_timestamp,
} from "@bufbuild/protobuf/wkt";
import { ENUMERATIONS } from "./enumeration-table.ts";
import { MANDATORY_CHOICES, MESSAGES } from "./message-table.ts";
import type { MessageName } from "./shapes.ts";

const PACKAGE = "sapient_msg.bsi_flex_335_v2_0";
const FILE = "sapient_message.proto";
const { BOOL, BYTES, DOUBLE, ENUM, FLOAT, INT32, MESSAGE, STRING } = FieldDescriptorProto_Type;
const TYPES = {
  string: STRING,
  ulid: STRING,
  uuid: STRING,
  double: DOUBLE,
  float: FLOAT,
  int32: INT32,
  bool: BOOL,
  bytes: BYTES,
} as const;

/** One field of the table beside its descriptor. */
export type FieldRule = Readonly<{
  wireName: string;
  name: string;
  type: string;
  often: "must" | "may" | "some" | "each";
  choice: string | undefined;
  descriptor: DescField;
  /** The message that it holds, or the names of the enumeration by their numbers; neither for a simple type. */
  message: MessageName | undefined;
  names: ReadonlyMap<number, string> | undefined;
}>;

/** A choice of which one must be made, by the wire names of what may be chosen. */
type ChoiceRule = Readonly<{ choice: string; members: readonly FieldRule[] }>;
export type MessageRule = Readonly<{ descriptor: DescMessage; fields: readonly FieldRule[]; choices: readonly ChoiceRule[] }>;

const rules: ReadonlyMap<MessageName, MessageRule> = describe();

export function ruleOf(name: MessageName): MessageRule {
  const rule = rules.get(name);
  if (!rule) throw new TypeError(`The table must have a message ${name}`);
  return rule;
}

export function isMessage(type: string): type is MessageName {
  return Object.hasOwn(MESSAGES, type);
}

export function isEnumeration(type: string): type is keyof typeof ENUMERATIONS {
  return Object.hasOwn(ENUMERATIONS, type);
}

type Row = readonly [number: number, type: string, often: FieldRule["often"], choice?: string];

function rowsOf(name: MessageName): (readonly [string, Row])[] {
  return Object.entries(MESSAGES[name]);
}

/** Turns the tables into descriptors. Edition 2023 keeps apart what is 0 and what is not there, and keeps numbers that no enumeration has. */
function describe(): ReadonlyMap<MessageName, MessageRule> {
  const file = create(FileDescriptorProtoSchema, {
    name: FILE,
    package: PACKAGE,
    syntax: "editions",
    edition: Edition.EDITION_2023,
    dependency: [file_google_protobuf_timestamp.proto.name],
    messageType: (Object.keys(MESSAGES) as MessageName[]).map((name) => messageProto(name)),
    enumType: Object.entries(ENUMERATIONS).map(([name, { prefix, values }]) => ({
      name,
      value: Object.entries({ UNSPECIFIED: 0, ...values }).map(([value, number]) => ({ name: `${prefix}${value}`, number })),
    })),
  });
  const registry = createFileRegistry(file, (name) => (name === file.name ? undefined : file_google_protobuf_timestamp));
  const described = (Object.keys(MESSAGES) as MessageName[]).map((name) => {
    const descriptor = registry.getMessage(`${PACKAGE}.${name}`);
    if (!descriptor) throw new TypeError(`The schema must describe ${name}`);
    const fields = rowsOf(name).map((row) => fieldRule(descriptor, row));
    const choices = (MANDATORY_CHOICES[name] ?? []).map((choice) => ({
      choice,
      members: fields.filter((field) => field.choice === choice),
    }));
    return [name, { descriptor, fields, choices }] as const;
  });
  return new Map(described);
}

function messageProto(name: MessageName) {
  const choices = [...new Set(rowsOf(name).flatMap(([, row]) => row[3] ?? []))];
  return {
    name,
    oneofDecl: choices.map((choice) => ({ name: choice })),
    field: rowsOf(name).map(([wireName, [number, type, often, choice]]) => ({
      name: wireName,
      number,
      label: often === "some" || often === "each" ? FieldDescriptorProto_Label.REPEATED : FieldDescriptorProto_Label.OPTIONAL,
      ...typeProto(type),
      ...(choice !== undefined && { oneofIndex: choices.indexOf(choice) }),
    })),
  };
}

function typeProto(type: string) {
  if (type === "time") return { type: MESSAGE, typeName: ".google.protobuf.Timestamp" };
  if (isMessage(type)) return { type: MESSAGE, typeName: `.${PACKAGE}.${type}` };
  if (isEnumeration(type)) return { type: ENUM, typeName: `.${PACKAGE}.${type}` };
  return { type: TYPES[type as keyof typeof TYPES] };
}

function fieldRule(message: DescMessage, [wireName, [number, type, often, choice]]: readonly [string, Row]): FieldRule {
  const descriptor = message.fields.find((field) => field.number === number);
  if (!descriptor) throw new TypeError(`The schema must describe ${message.name}.${wireName}`);
  const name = wireName.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const kind = { message: isMessage(type) ? type : undefined, names: isEnumeration(type) ? namesOf(type) : undefined };
  return { wireName, name, type, often, choice, descriptor, ...kind };
}

function namesOf(type: keyof typeof ENUMERATIONS): ReadonlyMap<number, string> {
  return new Map(Object.entries(ENUMERATIONS[type].values).map(([name, number]) => [number, name]));
}
