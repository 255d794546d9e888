import {
  Authorisation,
  feedId,
  Landmark,
  Policy,
  ProtectedPerson,
  personId,
  Reality,
  Sensor,
  sensorId,
  siteId,
  UsualPressure,
  Zone,
} from "@picket/model";
import { PROTOCOLS, type Protocol } from "@picket/translate";
import Type from "typebox";
import { DeliverConfig } from "./deliver.ts";
import { ShareConfig } from "./share.ts";
import { Transport } from "./transport.ts";

const closed = <P extends Type.TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false });
const port = Type.Integer({ minimum: 0, maximum: 65_535 });

/** One source of bytes: what it speaks, how it comes, whose it is and why it may be listened to. */
export const FeedConfig = closed({
  id: feedId.schema,
  protocol: Type.Unsafe<Protocol>({ type: "string", enum: [...PROTOCOLS] }),
  transport: Transport,
  sensor: Type.Optional(sensorId.schema),
  reality: Type.Optional(Reality),
  silentAfterS: Type.Optional(
    Type.Number({
      minimum: 1,
      maximum: 86_400,
      description: "A feed that was heard and then is not for this long is silent; 9 when absent",
    }),
  ),
  asterix: Type.Optional(
    closed({
      use: Type.Optional(
        Type.Unsafe<"plots" | "tracks">({
          type: "string",
          enum: ["plots", "tracks"],
          description: "Of a sensor that sends both; its plots where it sends any when absent",
        }),
      ),
      editions: Type.Optional(
        Type.Record(Type.String({ pattern: "^[0-9]{1,3}$" }), Type.String(), {
          description: 'By category, such as { "62": "1.20" }; the newest when absent',
        }),
      ),
      own: Type.Optional(
        closed({
          sac: Type.Integer({
            minimum: 0,
            maximum: 255,
            description: "Of what this site sends itself: dropped when it comes back",
          }),
          sic: Type.Integer({ minimum: 0, maximum: 255 }),
        }),
      ),
    }),
  ),
  nodeId: Type.Optional(
    Type.String({
      pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
      description: "The UUID that Picket has among SAPIENT nodes; made of the feed's id when absent",
    }),
  ),
  cot: Type.Optional(
    closed({
      persons: Type.Optional(
        Type.Array(
          closed({
            uid: Type.String({ minLength: 1, maxLength: 128, description: "Of a device on TAK, such as ANDROID-…" }),
            person: personId.schema,
          }),
          { maxItems: 10_000, description: "Whose places are taken from TAK; those of all other devices are left" },
        ),
      ),
    }),
  ),
  owner: Type.Optional(Type.String({ maxLength: 128 })),
  legalBasis: Type.Optional(Type.String({ maxLength: 256 })),
});
export type FeedConfig = Type.Static<typeof FeedConfig>;

const days = (description: string, maximum: number) =>
  Type.Optional(Type.Number({ minimum: 1, maximum, description: `${description}, days` }));
const time = (description: string) =>
  Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2})?Z)?$", description: `${description}, ISO 8601 UTC` });

/** How long what is kept. What came from communications is never kept longer than 180 days, people's own places no longer than 7. */
const Retention = closed({
  rawDays: days("Bytes as they came, and what plays them again; 30 unless told", 180),
  positionDays: days("Places that phones reported of their own person; 7 unless told", 7),
  historyDays: days("Commands and alerts; 180 unless told", 3650),
  holds: Type.Optional(
    Type.Array(
      closed({
        from: time("Beginning of what must be kept"),
        to: time("End of it"),
        by: Type.String({ minLength: 1, maxLength: 64, description: "Who ordered it" }),
        reason: Type.String({ minLength: 1, maxLength: 256, description: "Why" }),
        review: time("When it is looked at again"),
      }),
      { maxItems: 1000, description: "Legal holds: these times are kept whole, whatever the days say" },
    ),
  ),
});

/** Where the server listens and keeps its record. Beyond loopback it needs TLS files and an administrator. */
export const ServerConfig = closed({
  host: Type.Optional(Type.String({ description: "The address HTTP listens on; 127.0.0.1 unless told" })),
  port: Type.Optional(port),
  publicUrl: Type.Optional(Type.String({ description: "What phones open, such as https://picket.example:8443" })),
  dataDir: Type.Optional(Type.String({ description: "Where the record and the accounts are kept, relative to this file" })),
  tls: Type.Optional(
    closed({
      certificate: Type.String({ description: "PEM file, relative to this file" }),
      key: Type.String({ description: "PEM file, relative to this file" }),
    }),
  ),
  sessionHours: Type.Optional(
    Type.Number({ exclusiveMinimum: 0, maximum: 24, description: "How long a sign-in lasts; 12 unless told" }),
  ),
  retention: Type.Optional(Retention),
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
    qnh: Type.Optional(UsualPressure),
  }),
  server: Type.Optional(ServerConfig),
  feeds: Type.Optional(Type.Array(FeedConfig)),
  sensors: Type.Optional(Type.Array(Sensor)),
  zones: Type.Optional(Type.Array(Zone)),
  persons: Type.Optional(Type.Array(ProtectedPerson)),
  authorisations: Type.Optional(Type.Array(Authorisation)),
  landmarks: Type.Optional(Type.Array(Landmark)),
  policy: Type.Optional(Policy),
  share: Type.Optional(Type.Array(ShareConfig, { maxItems: 64 })),
  deliver: Type.Optional(Type.Array(DeliverConfig, { maxItems: 64 })),
});
export type Configuration = Type.Static<typeof Configuration>;
