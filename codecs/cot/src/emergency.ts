import { detailElements } from "./detail-elements.ts";
import type { CotEvent, CotPoint } from "./event.ts";

const TYPES = {
  "911 Alert": "b-a-o-tbl",
  "Ring The Bell": "b-a-o-pan",
  "In Contact": "b-a-o-opn",
  "Geo-fence Breached": "b-a-g",
  Custom: "b-a-o",
} as const;
const CANCEL_TYPE = "b-a-o-can";

export type EmergencyKind = keyof typeof TYPES;

/** An alert for somebody or something on the map: whose it is, where, and until when it holds. */
export type EmergencyDraft = Readonly<{
  who: Readonly<{ uid: string; type: string; callsign: string }>;
  kind: EmergencyKind;
  point: CotPoint;
  how?: string;
  nowMs: number;
  staleMs: number;
  text?: string;
}>;

/** An alert as TAK clients sound it: under the uid that the same one's later alerts and its end will have. */
export const emergencyEvent = (draft: EmergencyDraft): CotEvent => makeEvent(draft, TYPES[draft.kind], false);

/** The end of an alert raised by {@link emergencyEvent}. */
export const cancelEmergencyEvent = (draft: EmergencyDraft): CotEvent => makeEvent(draft, CANCEL_TYPE, true);

function makeEvent({ who, kind, point, how, nowMs, staleMs, text }: EmergencyDraft, type: string, isCancel: boolean): CotEvent {
  const detail = detailElements({
    contact: { callsign: `${who.callsign}-Alert` },
    links: [{ uid: who.uid, type: who.type, relation: "p-p" }],
    emergency: { kind, isCancel, text: who.callsign },
    ...(text === undefined ? {} : { remarks: { text } }),
  });
  return {
    uid: `${who.uid}-9-1-1`,
    type,
    timeMs: nowMs,
    startMs: nowMs,
    staleMs,
    ...(how === undefined ? {} : { how }),
    point,
    detail,
  };
}
