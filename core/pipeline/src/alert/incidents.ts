import { type IncidentId, incidentId, type Reality } from "@picket/model";
import type { Category, Condition } from "./condition.ts";
import type { Row } from "./row.ts";

/** One event as people remember it, and how far it has already sounded. Plain data. */
export type Incident = {
  category: Category;
  reality: Reality;
  newestRowMs: number;
  /** Rank of the highest level that has sounded; −1 before the first. */
  soundedRank: number;
  soundedMs: number;
  /** How many of the steps of growth have been passed. */
  growthSteps: number;
};
export type Incidents = Map<IncidentId, Incident>;

/** What begins within this time of the newest row belongs to the same event: a raid comes from many sides at once. */
const SAME_EVENT_MS = 60_000;
const SAME_PLACE_M = 1000;

/** The open incident that a new condition belongs to (it shares a track, is near, or began with it), or a new one. */
export function incidentFor(
  incidents: Incidents,
  rows: Iterable<Row>,
  condition: Condition,
  newId: () => number,
  boot: number,
  nowMs: number,
): IncidentId {
  const tracks = new Set<string>(condition.tracks);
  let found: IncidentId | undefined;
  for (const row of rows) {
    const incident = incidents.get(row.incident);
    if (!incident || incident.category !== condition.category || incident.reality !== condition.reality) continue;
    if (row.condition.tracks.some((id) => tracks.has(id)) || isNear(row.condition, condition)) {
      found = row.incident;
      break;
    }
    if (nowMs - incident.newestRowMs <= SAME_EVENT_MS) found ??= row.incident;
  }
  const id = found ?? incidentId.parse(`i${boot}-${newId()}`);
  const { category, reality } = condition;
  const incident = incidents.get(id) ?? { category, reality, newestRowMs: nowMs, soundedRank: -1, soundedMs: 0, growthSteps: 0 };
  incident.newestRowMs = nowMs;
  incidents.set(id, incident);
  return id;
}

/** Incidents without a row are over. */
export function forgetIncidents(incidents: Incidents, rows: Iterable<Row>): void {
  const open = new Set<IncidentId>();
  for (const { incident } of rows) open.add(incident);
  for (const id of incidents.keys()) if (!open.has(id)) incidents.delete(id);
}

function isNear({ at: a }: Condition, { at: b }: Condition): boolean {
  if (!a || !b) return false;
  const [de, dn] = [a[0] - b[0], a[1] - b[1]];
  return de * de + dn * dn <= SAME_PLACE_M * SAME_PLACE_M;
}
