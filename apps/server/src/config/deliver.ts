import { Level, outletId } from "@picket/model";
import Type from "typebox";
import { Release } from "./share.ts";
import { ClientTls, Secret } from "./transport.ts";

const closed = <P extends Type.TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false });
const text = (maxLength: number, description: string) => Type.String({ minLength: 1, maxLength, description });

/** Where a delivery's messages go. */
const DeliverTransport = Type.Union([
  closed({
    kind: Type.Literal("directory"),
    path: text(4096, "One file a message; relative to this file"),
    keep: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 100_000, description: "How many of our files stay there; 1000 unless told" }),
    ),
  }),
  closed({
    kind: Type.Literal("httpPost"),
    url: Type.String({ pattern: "^https?://", description: "What each message is posted to" }),
    timeoutS: Type.Optional(Type.Number({ minimum: 0.1, maximum: 60, description: "For a whole answer; 10 unless told" })),
    bearer: Type.Optional(Secret),
    user: Type.Optional(Type.String({ minLength: 1 })),
    password: Type.Optional(Secret),
    tls: Type.Optional(ClientTls),
  }),
  closed({
    kind: Type.Literal("httpFeed"),
    token: Type.Optional(Secret),
  }),
]);
export type DeliverTransport = Type.Static<typeof DeliverTransport>;

const CapOptions = closed({
  sender: Type.String({
    pattern: "^[^\\s,<&]{1,256}$",
    description: "Who we are among those who warn, such as watch@site.example; no space, comma, < or &",
  }),
  scope: Type.Optional(
    Type.Unsafe<"Public" | "Restricted" | "Private">({
      type: "string",
      enum: ["Public", "Restricted", "Private"],
      description: "Restricted unless told",
    }),
  ),
  restriction: Type.Optional(text(256, "Of a restricted message; that it is for the partner unless told")),
  addresses: Type.Optional(Type.Array(text(256, "Of a private message: who it is for"), { minItems: 1, maxItems: 100 })),
  contact: Type.Optional(text(256, "Whom to ask")),
  web: Type.Optional(Type.String({ pattern: "^https?://", maxLength: 1024, description: "Where more is said" })),
  expiresS: Type.Optional(
    Type.Number({ minimum: 60, maximum: 86_400, description: "A message that is not renewed holds this long; 600 unless told" }),
  ),
});

/** One delivery of warnings: what goes out, to whom, and where. */
export const DeliverConfig = closed({
  id: outletId.schema,
  protocol: Type.Unsafe<"cap">({ type: "string", enum: ["cap"] }),
  partner: text(128, "Who gets it, as it stands in the record"),
  transport: DeliverTransport,
  fromLevel: Type.Optional(Level),
  release: Type.Optional(Release),
  cap: CapOptions,
});
export type DeliverConfig = Type.Static<typeof DeliverConfig>;
