import { type Input, leastReal, type RawReference, type Reality, type Scan, type Sensor } from "@picket/model";
import type { EdgeEvent, Registration } from "@picket/sapient";
import { awayOf, nodeOf, registeredWord, type SapientNode, statusWord, viewOf, type Word } from "./sapient-node.ts";
import { northOf } from "./sapient-place.ts";
import { isPlausible, timesOfStamp } from "./sapient-time.ts";

/** What a node's word is taken with: who it is, and what was known of it before. */
export type WordContext = Readonly<{
  sensor: Sensor;
  registration: Registration;
  receivedMs: number;
  raw: RawReference;
  reality: Reality;
  node?: SapientNode;
  hasSeen: boolean;
}>;

/** What it means for the site, and what is known of the node from now on. */
export type Said = Readonly<{ inputs: readonly Input[]; node: SapientNode; hasSeen: boolean }>;

const MOST_CHARACTERS = 200;
/** What an alert says of the node itself; others are news of what it watches. */
const ALERT_STATES: Readonly<Record<string, Word["state"]>> = { ERROR: "degraded", FATAL: "failed" };

/** A node's word on itself: its registration, a status, or an alert, which stands until its next status. Others say nothing here. */
export function wordOf(event: EdgeEvent, context: WordContext): Said | undefined {
  const { hasSeen, node: before, registration, sensor } = context;
  switch (event.kind) {
    case "registered": {
      const node = nodeOf(registration, undefined, 0);
      return { inputs: [reportOf(registeredWord(node, sensor), node, context)], node, hasSeen };
    }
    case "status": {
      const { sentMs, status } = event;
      const node = nodeOf(registration, status.mode, awayOf(status, sensor, before?.awayM ?? 0, before?.zone));
      const word = statusWord(status, node);
      const sector = viewOf(status, northOf("TRUE", sensor, context.receivedMs));
      const isOfNow = isPlausible(sentMs, context.receivedMs);
      const looked = isOfNow && word.state !== "failed" && !hasSeen ? [lookOf(sentMs, sector, node, context)] : [];
      return { inputs: [reportOf(word, node, context), ...looked], node, hasSeen: false };
    }
    case "alert": {
      const { alertType = "INFORMATION", description = alertType, status } = event.alert;
      if (!before || status === "CLEAR") return undefined;
      const detail = `It raises an alert: ${description}`.slice(0, MOST_CHARACTERS);
      return {
        inputs: [reportOf({ state: ALERT_STATES[alertType] ?? "working", detail }, before, context)],
        node: before,
        hasSeen,
      };
    }
    default:
      return undefined;
  }
}

const reportOf = (word: Word, { reality, silentAfterMs }: SapientNode, context: WordContext): Input => ({
  kind: "sensorReport",
  sensor: context.sensor.id,
  receivedMs: context.receivedMs,
  reality: leastReal(context.reality, reality),
  ...word,
  silentAfterMs,
});

/** A node that is well and reported nothing since its last status has looked, and seen nothing. An old status proves nothing of now. */
const lookOf = (sentMs: number, sector: Scan["sector"], node: SapientNode, context: WordContext): Input => ({
  kind: "scan",
  sensor: context.sensor.id,
  ...timesOfStamp(sentMs, context.receivedMs),
  reality: leastReal(context.reality, node.reality),
  ...(sector && { sector }),
  detections: [],
  raw: context.raw,
});
