import Type from "typebox";
import { feedId } from "./id.ts";
import { closed, instantMs, number, oneOf, text } from "./shape.ts";

/** How a feed fares. `rejected` counts by stable code; nothing is dropped uncounted. */
export const FeedHealth = closed({
  id: feedId.schema,
  protocol: text("What its bytes speak", 32),
  transport: text("How its bytes come", 128),
  owner: Type.Optional(text("Whose it is", 128)),
  legalBasis: Type.Optional(text("Why it may be listened to", 256)),
  state: oneOf("starting", "listening", "receiving", "silent", "reconnecting", "failed", "ended"),
  detail: Type.Optional(text("What it is doing or what went wrong", 256)),
  lastHeardMs: Type.Optional(instantMs("Newest bytes")),
  bytes: Type.Integer({ minimum: 0 }),
  chunks: Type.Integer({ minimum: 0 }),
  records: Type.Integer({ minimum: 0 }),
  dropped: Type.Integer({ minimum: 0, description: "Chunks refused by the allow-list or a full queue" }),
  rejected: Type.Record(Type.String({ maxLength: 64 }), Type.Integer({ minimum: 0 })),
  recordsPerS: number("Over the last ten seconds", 0),
});
export type FeedHealth = Type.Static<typeof FeedHealth>;

/** What is recorded and what is not. */
export const RecordHealth = closed({
  state: oneOf("recording", "stopped"),
  detail: Type.Optional(text("Why not", 256)),
  damaged: Type.Optional(text("What the check of the file at the start found", 256)),
  sequence: Type.Integer({ minimum: 0, description: "Newest entry handed to the writer" }),
  committed: Type.Integer({ minimum: 0, description: "Newest entry the writer reported on disk" }),
  dropped: Type.Integer({ minimum: 0 }),
});
export type RecordHealth = Type.Static<typeof RecordHealth>;
