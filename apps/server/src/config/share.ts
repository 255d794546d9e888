import { outletId, Reality, zoneId } from "@picket/model";
import Type from "typebox";
import { ClientTls } from "./transport.ts";

const closed = <P extends Type.TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false });
const port = Type.Integer({ minimum: 1, maximum: 65_535 });
const host = Type.String({ minLength: 1, maxLength: 253 });

/** How a share's bytes go out. */
const ShareTransport = Type.Union([
  closed({
    kind: Type.Literal("udp"),
    host: Type.String({ minLength: 1, maxLength: 253, description: "An address, or a multicast group such as 239.2.3.1" }),
    port,
    interface: Type.Optional(Type.String({ description: "Of this machine, by its address: where multicast leaves" })),
    ttl: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 255, description: "How many routers multicast may pass, 1 being none; 1 unless told" }),
    ),
  }),
  closed({ kind: Type.Literal("tcpClient"), host, port, tls: Type.Optional(ClientTls) }),
]);
export type ShareTransport = Type.Static<typeof ShareTransport>;

const ReleasedField = Type.Unsafe<"identity" | "selfId" | "operatorId" | "operatorPlace">({
  type: "string",
  enum: ["identity", "selfId", "operatorId", "operatorPlace"],
});
export type ReleasedField = Type.Static<typeof ReleasedField>;

/** What a partner gets. Personal fields are off until they are named here one by one. */
export const Release = closed({
  realities: Type.Optional(
    Type.Array(Reality, { minItems: 1, uniqueItems: true, description: "What stands behind it; only live unless told" }),
  ),
  zones: Type.Optional(
    Type.Array(zoneId.schema, {
      minItems: 1,
      maxItems: 1000,
      description: "Only what is in these or nears them; all unless told",
    }),
  ),
  unconfirmed: Type.Optional(
    Type.Boolean({
      description: "Tracks that are not confirmed yet too, though they alarm nobody here; false unless told",
    }),
  ),
  alerts: Type.Optional(Type.Boolean({ description: "Alerts of zones; true unless told" })),
  sensors: Type.Optional(
    Type.Boolean({ description: "Where sensors stand, what they reach and whether they watch, by cot; false unless told" }),
  ),
  outlines: Type.Optional(Type.Boolean({ description: "The outlines of zones on the map, by cot; false unless told" })),
  persons: Type.Optional(
    Type.Boolean({ description: "Names, places and warnings of protected persons, and who reported what; false unless told" }),
  ),
  fields: Type.Optional(
    Type.Array(ReleasedField, {
      uniqueItems: true,
      description: "Of what an aircraft broadcasts of itself and its operator; none unless told",
    }),
  ),
});
export type Release = Type.Static<typeof Release>;

const CotOptions = closed({
  encoding: Type.Optional(
    Type.Unsafe<"xml" | "protobuf">({
      type: "string",
      enum: ["xml", "protobuf"],
      description: "xml unless told; over tcpClient protobuf is used once the server offers it",
    }),
  ),
  staleS: Type.Optional(
    Type.Number({ minimum: 10, maximum: 30, description: "A marker that is not renewed goes after this; 20 unless told" }),
  ),
  language: Type.Optional(
    Type.Unsafe<"en" | "es">({ type: "string", enum: ["en", "es"], description: "Of remarks; en unless told" }),
  ),
});

const SapientOptions = closed({
  nodeId: Type.Optional(
    Type.String({
      pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
      description: "The UUID that Picket registers with; made of the ids of site and share when absent",
    }),
  ),
  statusIntervalS: Type.Optional(
    Type.Number({ minimum: 1, maximum: 60, description: "From one status to the next; 5 unless told" }),
  ),
  language: Type.Optional(
    Type.Unsafe<"en" | "es">({ type: "string", enum: ["en", "es"], description: "Of descriptions; en unless told" }),
  ),
});

const AsterixOptions = closed({
  sac: Type.Integer({ minimum: 0, maximum: 255, description: "System area code that our tracks bear" }),
  sic: Type.Integer({ minimum: 0, maximum: 255, description: "System identification code that our tracks bear" }),
});

/** One partner's share: who gets what, in which words, over which line. */
export const ShareConfig = closed({
  id: outletId.schema,
  protocol: Type.Unsafe<"asterix" | "cot" | "sapient">({ type: "string", enum: ["asterix", "cot", "sapient"] }),
  partner: Type.String({ minLength: 1, maxLength: 128, description: "Who gets it, as it stands in the record" }),
  transport: ShareTransport,
  release: Type.Optional(Release),
  cot: Type.Optional(CotOptions),
  sapient: Type.Optional(SapientOptions),
  asterix: Type.Optional(AsterixOptions),
});
export type ShareConfig = Type.Static<typeof ShareConfig>;
