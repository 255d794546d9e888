import { Refusal } from "../live/api.ts";
import type { TextKey } from "./interface-table.ts";
import type { Speech } from "./speech.ts";

const MAX_SHOWN = 120;
/** Refusals that a person at the page can mend, by their problem's type. */
const TEXTS: Readonly<Record<string, TextKey>> = {
  "urn:picket:zone-crosses-itself": "zoneCrosses",
  "urn:picket:zone-floor-above-ceiling": "zoneUpsideDown",
};

/** Why an order was not done: in the reader's language where there are words for it, else the server's own. */
export function refusalText(error: unknown, speech: Pick<Speech, "text">): string {
  const known = error instanceof Refusal && error.type !== undefined ? TEXTS[error.type] : undefined;
  if (known) return speech.text(known);
  return error instanceof Error ? error.message.slice(0, MAX_SHOWN) : String(error);
}
