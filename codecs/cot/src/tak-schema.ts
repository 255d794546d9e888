import { create, createFileRegistry, type Message } from "@bufbuild/protobuf";
import { type GenMessage, messageDesc } from "@bufbuild/protobuf/codegenv2";
import {
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";

const PACKAGE = "atakmap.commoncommo.protobuf.v1";
const FILE = "tak.proto";

const TYPES = {
  string: FieldDescriptorProto_Type.STRING,
  double: FieldDescriptorProto_Type.DOUBLE,
  uint32: FieldDescriptorProto_Type.UINT32,
  uint64: FieldDescriptorProto_Type.UINT64,
} as const;

/**
 * The TAK protocol's messages, version 1: for each its fields in the order of their numbers, from 1 without a gap. A type that is not
 * a scalar is another of these messages. Later fields (submission and creation time in TakMessage) are skipped.
 *
 * @source TAK protocol payload version 1 (proto3, package atakmap.commoncommo.protobuf.v1); CotEvent 16 and 17 by TAK Server.
 */
const MESSAGES = {
  TakMessage: { takControl: "TakControl", cotEvent: "CotEvent" },
  TakControl: { minProtoVersion: "uint32", maxProtoVersion: "uint32", contactUid: "string" },
  CotEvent: {
    type: "string",
    access: "string",
    qos: "string",
    opex: "string",
    uid: "string",
    sendTime: "uint64",
    startTime: "uint64",
    staleTime: "uint64",
    how: "string",
    lat: "double",
    lon: "double",
    hae: "double",
    ce: "double",
    le: "double",
    detail: "Detail",
    caveat: "string",
    releaseableTo: "string",
  },
  Detail: {
    xmlDetail: "string",
    contact: "Contact",
    group: "Group",
    precisionLocation: "PrecisionLocation",
    status: "Status",
    takv: "Takv",
    track: "Track",
  },
  Contact: { endpoint: "string", callsign: "string" },
  Group: { name: "string", role: "string" },
  PrecisionLocation: { geopointsrc: "string", altsrc: "string" },
  Status: { battery: "uint32" },
  Takv: { device: "string", platform: "string", os: "string", version: "string" },
  Track: { speed: "double", course: "double" },
} as const;

type Messages = typeof MESSAGES;
type Scalars = { string: string; double: number; uint32: number; uint64: bigint };
/** The shape in memory of a message of the table: scalars are always there, messages may be absent. */
export type Shape<Name extends keyof Messages> = Message<`${typeof PACKAGE}.${Name}`> & {
  [Field in keyof Messages[Name] as Messages[Name][Field] extends keyof Scalars ? Field : never]: Scalars[Messages[Name][Field] &
    keyof Scalars];
} & {
  [Field in keyof Messages[Name] as Messages[Name][Field] extends keyof Messages ? Field : never]?: Shape<
    Messages[Name][Field] & keyof Messages
  >;
};

export const TakMessageSchema: GenMessage<Shape<"TakMessage">> = describeMessages();

function describeMessages(): GenMessage<Shape<"TakMessage">> {
  const messageType = Object.entries(MESSAGES).map(([name, fields]) => ({
    name,
    field: Object.entries(fields).map(([field, type], i) => ({
      name: field,
      number: i + 1,
      label: FieldDescriptorProto_Label.OPTIONAL,
      ...(type in TYPES
        ? { type: TYPES[type as keyof typeof TYPES] }
        : { type: FieldDescriptorProto_Type.MESSAGE, typeName: `.${PACKAGE}.${type}` }),
    })),
  }));
  const file = create(FileDescriptorProtoSchema, { name: FILE, package: PACKAGE, syntax: "proto3", messageType });
  const described = createFileRegistry(create(FileDescriptorSetSchema, { file: [file] })).getFile(FILE);
  if (!described) throw new TypeError("The schema must describe its own file");
  return messageDesc(described, 0);
}
