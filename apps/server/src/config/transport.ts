import Type from "typebox";

const closed = <P extends Type.TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false });
const port = Type.Integer({ minimum: 0, maximum: 65_535 });
const peerPort = Type.Integer({ minimum: 1, maximum: 65_535 });
const host = Type.String({ minLength: 1, maxLength: 253 });
const allow = Type.Optional(Type.Array(Type.String({ description: "Address or address/prefix that may send" })));
const seconds = (minimum: number, maximum: number, description: string) => Type.Number({ minimum, maximum, description });

/** Where a password or token stands. In clear in the configuration only for who chooses it by that word. */
export const Secret = Type.Union([
  closed({ file: Type.String({ minLength: 1, description: "A file with nothing else in it" }) }),
  closed({ env: Type.String({ minLength: 1, description: "The name of an environment variable" }) }),
  closed({ inClear: Type.String({ minLength: 1 }) }),
]);
export type Secret = Type.Static<typeof Secret>;

/** Certificates of a connection we make. Without `ca` those that Node trusts count; who answers is always checked. */
export const ClientTls = closed({
  ca: Type.Optional(Type.String({ description: "PEM file of the authority, or of the self-signed certificate, to trust" })),
  certificate: Type.Optional(Type.String({ description: "PEM file that says who we are" })),
  key: Type.Optional(Type.String({ description: "PEM file of that certificate's key" })),
  serverName: Type.Optional(Type.String({ description: "The name in the peer's certificate, when it is not the host's" })),
});
export type ClientTls = Type.Static<typeof ClientTls>;

/** Certificates of connections that others make to us. */
export const ServerTls = closed({
  certificate: Type.String({
    minLength: 1,
    description: "PEM file that says who we are, with those between it and its authority",
  }),
  key: Type.String({ minLength: 1, description: "PEM file of that certificate's key" }),
  ca: Type.Optional(
    Type.String({ minLength: 1, description: "PEM file of an authority: only senders with a certificate of it are heard" }),
  ),
});
export type ServerTls = Type.Static<typeof ServerTls>;

/** How a feed's bytes come in. */
export const Transport = Type.Union([
  closed({ kind: Type.Literal("udp"), port, host: Type.Optional(Type.String()), multicast: Type.Optional(Type.String()), allow }),
  closed({
    kind: Type.Literal("tcpClient"),
    host,
    port: peerPort,
    tls: Type.Optional(ClientTls),
    idleTimeoutS: Type.Optional(seconds(1, 86_400, "Connects anew when nothing came for this long; never when absent")),
  }),
  closed({
    kind: Type.Literal("tcpServer"),
    port,
    host: Type.Optional(host),
    allow,
    maxConnections: Type.Optional(Type.Integer({ minimum: 1, maximum: 64 })),
    tls: Type.Optional(ServerTls),
    idleTimeoutS: Type.Optional(seconds(1, 86_400, "A sender that is quiet for this long is let go; never when absent")),
  }),
  closed({
    kind: Type.Literal("httpPoll"),
    url: Type.String({ pattern: "^https?://", description: "What is asked for, again and again" }),
    intervalS: Type.Optional(seconds(0.2, 3600, "From one question to the next; 1 when absent")),
    timeoutS: Type.Optional(seconds(0.1, 60, "For a whole answer; 5 when absent")),
    bearer: Type.Optional(Secret),
    user: Type.Optional(Type.String({ minLength: 1 })),
    password: Type.Optional(Secret),
    tls: Type.Optional(ClientTls),
  }),
  closed({
    kind: Type.Literal("mqtt"),
    url: Type.String({ pattern: "^mqtts?://", description: "Such as mqtts://broker.example:8883" }),
    topics: Type.Array(Type.String({ minLength: 1, maxLength: 1024 }), { minItems: 1, maxItems: 32 }),
    qos: Type.Optional(Type.Unsafe<0 | 1>({ type: "integer", enum: [0, 1] })),
    version: Type.Optional(Type.Unsafe<"3.1.1" | "5">({ type: "string", enum: ["3.1.1", "5"] })),
    clientId: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    user: Type.Optional(Type.String({ minLength: 1 })),
    password: Type.Optional(Secret),
    tls: Type.Optional(ClientTls),
    keepaliveS: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
    retained: Type.Optional(Type.Boolean({ description: "Take what the broker kept from before too, marked as such" })),
  }),
  closed({
    kind: Type.Literal("zmq"),
    url: Type.String({ pattern: "^tcp://[^/]+:\\d+$", description: "A publisher, such as tcp://192.0.2.7:4224" }),
    prefixes: Type.Optional(
      Type.Array(Type.String({ maxLength: 128 }), {
        minItems: 1,
        maxItems: 16,
        description: "What messages begin with; all when absent",
      }),
    ),
    idleTimeoutS: Type.Optional(seconds(1, 86_400, "Connects anew when nothing came for this long; never when absent")),
  }),
  closed({
    kind: Type.Literal("serial"),
    path: Type.String({ minLength: 1, description: "Such as /dev/serial/by-id/usb-…" }),
    baud: Type.Optional(Type.Integer({ minimum: 50, maximum: 4_000_000 })),
  }),
  closed({
    kind: Type.Literal("capture"),
    path: Type.String({ description: "A pcap or pcapng file, or one that picket capture wrote" }),
    framing: Type.Optional(
      Type.Unsafe<"stream" | "datagram">({
        type: "string",
        enum: ["stream", "datagram"],
        description: "datagram when it was captured from udp, mqtt, http or httpPoll; stream when absent",
      }),
    ),
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
