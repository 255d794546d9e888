import type { Reality } from "@picket/model";
import { rankOf } from "../levels.ts";
import type { Incident, Incidents } from "./incidents.ts";
import { demand, type Row } from "./row.ts";

/** When something sounded, newest last, per reality: a drill must never use up what is live. Plain data. */
export type Sounded = Map<Reality, number[]>;

/** An operator hears at most so many sounds in a minute and in ten, whatever happens. */
const MOST_IN_MINUTE = 3;
const MOST_IN_TEN = 10;
const MINUTE_MS = 60_000;
const TEN_MINUTES_MS = 600_000;
const CRITICAL = rankOf("critical");
/** A group that grows past one of these calls again. */
const GROWTH_STEPS = [5, 10, 20, 50, 100, 200];

/**
 * Lets rows sound. What makes its incident worse than it has sounded yet sounds at once, always. Everything else (another zone or person
 * at a level that has sounded, growth, return) sounds at once while the minute has room, after keeping room for the rises that may still
 * come, and otherwise as soon as it has: the row itself is shown all the while. A row that sounded within the last minute sounds again
 * only for a worse level than that, also when it has returned and come back in between, or for somebody who does not open the warning.
 */
export function annunciate(rows: Iterable<Row>, incidents: Incidents, sounded: Sounded, nowMs: number): void {
  const all = [...rows];
  for (const [id, incident] of incidents)
    noteGrowth(
      all.filter(({ incident: of }) => of === id),
      incident,
      nowMs,
    );
  const wanting = all.filter(({ want }) => want !== undefined).sort(byUrgency);
  for (const row of wanting) {
    const incident = incidents.get(row.incident);
    if (!incident) continue;
    const times = recent(sounded, incident.reality, nowMs);
    const rank = rankOf(row.level);
    if (rank <= incident.soundedRank && !hasRoom(row, incident, times, nowMs)) continue;
    times.push(nowMs);
    incident.soundedRank = Math.max(incident.soundedRank, rank);
    incident.soundedMs = nowMs;
    delete row.want;
    row.annunciation++;
    row.soundedMs = nowMs;
    row.soundedRank = rank;
    row.revision++;
    row.urgentRevision = row.revision;
    row.changedMs = nowMs;
  }
}

/** New people before new zones, and both before what only grows or comes again. */
function byUrgency(a: Row, b: Row): number {
  const order = { rise: 0, new: 1, unseen: 2, growth: 3, again: 4 } as const;
  return (
    rankOf(b.level) - rankOf(a.level) ||
    Number(b.condition.person !== undefined) - Number(a.condition.person !== undefined) ||
    order[a.want ?? "again"] - order[b.want ?? "again"] ||
    a.raisedMs - b.raisedMs ||
    (a.condition.key < b.condition.key ? -1 : 1)
  );
}

function recent(sounded: Sounded, reality: Reality, nowMs: number): number[] {
  const times = (sounded.get(reality) ?? []).filter((atMs) => nowMs - atMs < TEN_MINUTES_MS);
  sounded.set(reality, times);
  return times;
}

function hasRoom(row: Row, incident: Incident, times: readonly number[], nowMs: number): boolean {
  if (row.want !== "unseen" && rankOf(row.level) <= row.soundedRank && nowMs - row.soundedMs < MINUTE_MS) return false;
  if (row.want === "growth" && nowMs - incident.soundedMs < MINUTE_MS) return false;
  const kept = CRITICAL - Math.max(rankOf("caution"), incident.soundedRank);
  const inMinute = times.filter((atMs) => nowMs - atMs < MINUTE_MS).length;
  return inMinute + kept < MOST_IN_MINUTE && times.length + kept < MOST_IN_TEN;
}

/** When an incident's tracks pass a step of growth, its worst row calls again, at most once a minute. */
function noteGrowth(rows: readonly Row[], incident: Incident, nowMs: number): void {
  const size = sizeOf(rows);
  const steps = GROWTH_STEPS.filter((step) => size >= step).length;
  if (steps <= incident.growthSteps || incident.soundedRank < 0 || nowMs - incident.soundedMs < MINUTE_MS) return;
  const [worst] = rows
    .filter(({ active, state, condition }) => active && state !== "shelved" && condition.tracks.length > 0)
    .sort((a, b) => rankOf(b.level) - rankOf(a.level) || b.condition.tracks.length - a.condition.tracks.length);
  if (!worst || rankOf(worst.level) < rankOf("caution")) return;
  incident.growthSteps = steps;
  demand(worst, "growth", nowMs);
}

/** How many objects the rows of an incident hold together: each track once. */
function sizeOf(rows: readonly Row[]): number {
  const tracks = new Set<string>();
  let groups = 0;
  for (const { active, condition } of rows) {
    if (!active) continue;
    for (const id of condition.tracks) tracks.add(id);
    groups = Math.max(groups, (condition.count?.about ?? 0) - condition.tracks.length);
  }
  return tracks.size + groups;
}
