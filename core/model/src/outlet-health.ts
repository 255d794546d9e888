import Type from "typebox";
import { outletId } from "./id.ts";
import { closed, instantMs, oneOf, text } from "./shape.ts";

/** How a way out of the site fares: a share with a partner, or a delivery of warnings. `dropped` counts by stable code what was not sent. */
export const OutletHealth = closed({
  id: outletId.schema,
  kind: oneOf("share", "delivery"),
  protocol: text("What it speaks", 32),
  transport: text("Where it goes", 256),
  partner: text("Who gets it", 128),
  state: oneOf("starting", "working", "failing"),
  detail: Type.Optional(text("What goes wrong and what to do about it", 256)),
  lastSentMs: Type.Optional(instantMs("Newest message that left")),
  sent: Type.Integer({ minimum: 0 }),
  waiting: Type.Integer({ minimum: 0 }),
  dropped: Type.Record(Type.String({ maxLength: 64 }), Type.Integer({ minimum: 0 })),
});
export type OutletHealth = Type.Static<typeof OutletHealth>;
