import { Authorisation, feedId, Landmark, Policy, ProtectedPerson, Reality, Sensor, sensorId, siteId, Zone } from "@picket/model";
import Type from "typebox";

const closed = <P extends Type.TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false });
const port = Type.Integer({ minimum: 0, maximum: 65_535 });
const allow = Type.Optional(Type.Array(Type.String({ description: "Address or address/prefix that may send" })));

/** How a feed's bytes come in. */
export const Transport = Type.Union([
  closed({ kind: Type.Literal("udp"), port, host: Type.Optional(Type.String()), multicast: Type.Optional(Type.String()), allow }),
  closed({
    kind: Type.Literal("capture"),
    path: Type.String({ description: "A pcap or pcapng file" }),
    speed: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1000 })),
    loop: Type.Optional(Type.Boolean()),
  }),
  closed({
    kind: Type.Literal("http"),
    token: Type.Optional(Type.String({ minLength: 16, description: "What the sender shows as Bearer" })),
  }),
  closed({ kind: Type.Literal("stdin") }),
]);
export type Transport = Type.Static<typeof Transport>;

/** One source of bytes: what it speaks, how it comes, whose it is and why it may be listened to. */
export const FeedConfig = closed({
  id: feedId.schema,
  protocol: Type.Unsafe<"remote-id" | "detections">({ type: "string", enum: ["remote-id", "detections"] }),
  transport: Transport,
  sensor: Type.Optional(sensorId.schema),
  reality: Type.Optional(Reality),
  owner: Type.Optional(Type.String({ maxLength: 128 })),
  legalBasis: Type.Optional(Type.String({ maxLength: 256 })),
});
export type FeedConfig = Type.Static<typeof FeedConfig>;

/** Where the server listens and keeps its record. Beyond loopback it needs TLS files and an administrator. */
export const ServerConfig = closed({
  host: Type.Optional(Type.String()),
  port: Type.Optional(port),
  publicUrl: Type.Optional(Type.String({ description: "What phones open, such as https://picket.example:8443" })),
  dataDir: Type.Optional(Type.String()),
  tls: Type.Optional(closed({ certificate: Type.String(), key: Type.String() })),
  sessionHours: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 24 })),
});
export type ServerConfig = Type.Static<typeof ServerConfig>;

/** The whole configuration file. */
export const Configuration = closed({
  site: closed({
    id: siteId.schema,
    name: Type.String({ maxLength: 64 }),
    latDeg: Type.Number({ minimum: -90, maximum: 90 }),
    lonDeg: Type.Number({ minimum: -180, maximum: 180 }),
    groundHaeM: Type.Optional(Type.Number({ minimum: -500, maximum: 9000 })),
  }),
  server: Type.Optional(ServerConfig),
  feeds: Type.Optional(Type.Array(FeedConfig)),
  sensors: Type.Optional(Type.Array(Sensor)),
  zones: Type.Optional(Type.Array(Zone)),
  persons: Type.Optional(Type.Array(ProtectedPerson)),
  authorisations: Type.Optional(Type.Array(Authorisation)),
  landmarks: Type.Optional(Type.Array(Landmark)),
  policy: Type.Optional(Policy),
});
export type Configuration = Type.Static<typeof Configuration>;
