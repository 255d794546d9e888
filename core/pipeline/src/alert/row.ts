import type { Alert, AlertId, AlertState, IncidentId, Level, Phrase } from "@picket/model";
import { higher, isLoud, rankOf } from "../levels.ts";
import { phrase } from "../phrases.ts";
import type { Condition } from "./condition.ts";

/** Why a row would sound: it is new, worse, about somebody who has not opened their warning, larger, or so again after it had returned. */
export type Want = "new" | "rise" | "unseen" | "growth" | "again";

/** One row of the alert list, as this stage keeps it. Plain data. */
export type Row = {
  id: AlertId;
  incident: IncidentId;
  /** Its content, as of the newest tick in which the condition held. */
  condition: Condition;
  /** Whether the condition holds now. */
  active: boolean;
  /** The highest since it became active: it does not fall before the row has returned. */
  level: Level;
  state: AlertState;
  revision: number;
  /** The revision at which it last wanted to sound: an acknowledgement of an older one is of another alert than this has become. */
  urgentRevision: number;
  annunciation: number;
  raisedMs: number;
  againMs?: number;
  changedMs: number;
  soundedMs: number;
  /** Rank of the level at which it last sounded. */
  soundedRank: number;
  want?: Want;
  acknowledgement?: NonNullable<Alert["acknowledgement"]>;
  shelf?: NonNullable<Alert["shelf"]>;
  /** Rank of the level that was put on the shelf: something worse comes off it by itself. */
  shelvedRank?: number;
  /** Why it is not shown as the others are, or why it closed. */
  note?: Phrase;
};

/** An alarm that nobody owned is closed after a day, with that as the reason. */
const UNOWNED_LIMIT_MS = 86_400_000;

export function raise(id: AlertId, incident: IncidentId, condition: Condition, nowMs: number): Row {
  return {
    id,
    incident,
    condition,
    active: true,
    level: condition.level,
    state: "activeUnacknowledged",
    revision: 0,
    urgentRevision: 0,
    annunciation: 0,
    raisedMs: nowMs,
    changedMs: nowMs,
    soundedMs: 0,
    soundedRank: -1,
    ...(sounds(condition) && { want: "new" as const }),
  };
}

const sounds = ({ level, speaks }: Condition): boolean => speaks === true || isLoud(level);

/**
 * Moves a row on by one tick. ISA-18.2: while the condition holds the alarm is active; when it no longer does, an acknowledged alarm is
 * cleared and any other waits, returned, until somebody has acknowledged it. `gone` says that the thing it was about was removed.
 *
 * @source ANSI/ISA-18.2-2016, alarm state transition diagram.
 */
export function advance(row: Row, condition: Condition | undefined, gone: boolean, nowMs: number): void {
  if (row.shelf && nowMs >= row.shelf.untilMs) unshelve(row, nowMs);
  if (condition) hold(row, condition, nowMs);
  else if (row.active) release(row, nowMs);
  if (gone && isOpen(row) && row.state !== "outOfService") setState(row, row.acknowledgement ? "cleared" : "outOfService", nowMs);
  if (gone) row.note = phrase(row.state === "cleared" ? "closed.outOfService" : "reason.outOfService", {});
  if (!row.active && isOpen(row) && row.state !== "shelved" && nowMs - row.changedMs >= UNOWNED_LIMIT_MS)
    close(row, phrase("closed.unownedExpired", { afterH: UNOWNED_LIMIT_MS / 3_600_000 }), nowMs);
}

export const isOpen = ({ state }: Row): boolean => state !== "cleared";

function hold(row: Row, condition: Condition, nowMs: number): void {
  const before = row.condition;
  const wasActive = row.active;
  row.condition = condition;
  row.active = true;
  if (!wasActive) {
    row.level = condition.level;
    row.againMs = nowMs;
    if (row.state !== "shelved") {
      delete row.acknowledgement;
      setState(row, "activeUnacknowledged", nowMs);
      if (sounds(condition)) want(row, "again");
    } else if (rankOf(condition.level) > (row.shelvedRank ?? 0)) demand(row, "rise", nowMs);
    return;
  }
  if (rankOf(condition.level) > rankOf(row.level)) {
    row.level = higher(row.level, condition.level);
    demand(row, "rise", nowMs);
  } else if (condition.isProven && !before.isProven) {
    demand(row, "rise", nowMs);
  } else if (before.lostContactMs !== undefined && condition.isAnother) {
    row.againMs = nowMs;
    demand(row, "again", nowMs);
  } else if (condition.kind !== before.kind || condition.lostContactMs !== before.lostContactMs) {
    touch(row, nowMs);
  } else if (condition.tracks.length !== before.tracks.length) {
    touch(row, nowMs);
  }
}

function release(row: Row, nowMs: number): void {
  row.active = false;
  if (row.state === "shelved") return;
  if (row.acknowledgement) close(row, row.note ?? phrase("closed.returned", {}), nowMs);
  else setState(row, "returnedUnacknowledged", nowMs);
}

/** The row must be seen anew: whoever had acknowledged or shelved it had seen something less. */
export function demand(row: Row, why: Want, nowMs: number): void {
  delete row.acknowledgement;
  delete row.shelf;
  delete row.note;
  setState(row, "activeUnacknowledged", nowMs);
  want(row, why);
}

function want(row: Row, why: Want): void {
  // A row that has not sounded yet goes on wanting what it first wanted, or something stronger.
  row.want = row.want === "new" || row.want === "rise" ? row.want : why;
  row.urgentRevision = row.revision;
}

export function acknowledge(row: Row, by: string, atMs: number, revision: number, nowMs: number): void {
  row.acknowledgement = { by, atMs, revision };
  delete row.want;
  if (row.active) setState(row, row.state === "suppressedByDesign" ? "suppressedByDesign" : "activeAcknowledged", nowMs);
  else close(row, row.note ?? phrase("closed.returned", {}), nowMs);
}

export function shelve(row: Row, by: string, reason: string, untilMs: number, nowMs: number): void {
  row.shelf = { by, reason, untilMs };
  row.shelvedRank = rankOf(row.level);
  delete row.want;
  setState(row, "shelved", nowMs);
}

/** Off the shelf an alarm that still holds sounds again; one that does not is closed. */
export function unshelve(row: Row, nowMs: number): void {
  delete row.shelf;
  if (!row.active) return close(row, phrase("closed.returned", {}), nowMs);
  setState(row, "activeUnacknowledged", nowMs);
  if (sounds(row.condition)) want(row, "again");
}

export function close(row: Row, why: Phrase, nowMs: number): void {
  row.active = false;
  row.note = why;
  delete row.want;
  delete row.shelf;
  setState(row, "cleared", nowMs);
}

/** Takes an active row out of, or puts it back into, the list of those that call for action. */
export function suppress(row: Row, why: Phrase | undefined, nowMs: number): void {
  if (why && (row.state === "activeUnacknowledged" || row.state === "activeAcknowledged")) {
    row.note = why;
    setState(row, "suppressedByDesign", nowMs);
  } else if (!why && row.state === "suppressedByDesign") {
    delete row.note;
    setState(row, row.acknowledgement ? "activeAcknowledged" : "activeUnacknowledged", nowMs);
  }
}

function setState(row: Row, state: AlertState, nowMs: number): void {
  if (row.state === state) return touch(row, nowMs);
  row.state = state;
  touch(row, nowMs);
}

export function touch(row: Row, nowMs: number): void {
  row.revision++;
  row.changedMs = nowMs;
}
