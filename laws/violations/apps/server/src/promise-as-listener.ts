// caught by: no-misused-promises
import type { EventEmitter } from "node:events";
import { save } from "@picket/model";
export function keepOn(events: EventEmitter): void {
  events.on("seen", async () => {
    await save("drone");
  });
}
