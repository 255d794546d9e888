import { type Alert, alertId, type Command, type Reality, type TrackId } from "@picket/model";
import type { Assessed } from "../assess/assessed.ts";
import type { Contradicted } from "../identify/identify.ts";
import { isLoud } from "../levels.ts";
import { type LossRules, WATCH_MS, WATCH_PROBABILITY, watchLost } from "../members/members.ts";
import { phrase } from "../phrases.ts";
import { type Rejections, reject } from "../rejections.ts";
import type { Standing } from "../standing/standing.ts";
import type { Picture } from "../track/track.ts";
import { type AirNow, airConditions, type Held, updateHeld, type Warned } from "./air-conditions.ts";
import { annunciate, type Sounded } from "./annunciate.ts";
import type { Condition } from "./condition.ts";
import { type Heard, heardConditions, hearUnplaced } from "./heard-conditions.ts";
import { forgetIncidents, type Incidents, incidentFor } from "./incidents.ts";
import { acknowledge, advance, close, demand, isOpen, type Row, raise, shelve, suppress, touch, unshelve } from "./row.ts";
import { type SightingGroup, sightingConditions } from "./sightings.ts";
import { contradictedConditions, helpConditions, systemConditions } from "./site-conditions.ts";

/** Plain data: what a snapshot of this stage holds. */
export type AlertStageState = {
  boot: number;
  nextId: number;
  rows: Map<string, Row>;
  held: Held;
  heard: Heard;
  sightings: SightingGroup[];
  incidents: Incidents;
  sounded: Sounded;
  /** When loud rows were raised in the last ten minutes, and whether that is a flood. */
  raisedMs: number[];
  flood: boolean;
};

export const newAlertState = (boot: number): AlertStageState => ({
  boot,
  nextId: 1,
  rows: new Map(),
  held: new Map(),
  heard: new Map(),
  sightings: [],
  incidents: new Map(),
  sounded: new Map(),
  raisedMs: [],
  flood: false,
});

const SHELF_LIMIT_MS = 8 * 3_600_000;
const ROW_LIMIT = 500;
/** A row that only a loss holds up returns when the volume was watched, or after half an hour; either is said. */
const LOSS: LossRules = { watchMs: WATCH_MS, probability: WATCH_PROBABILITY, limitMs: 1_800_000 };
const TEN_MINUTES_MS = 600_000;
/** A flood begins above ten new alarms in ten minutes and ends below five. @source ANSI/ISA-18.2-2016, alarm flood. */
const FLOOD_ABOVE = 10;
const FLOOD_BELOW = 5;

/** All that the alert list is made of. `warned`: whose warning is open. `unseen`: who has not opened it, and for how many seconds. */
export type Situation = Readonly<{
  picture: Picture;
  tracks: readonly Assessed[];
  standing: Standing;
  contradicted: readonly Contradicted[];
  warned: readonly Warned[];
  unseen: readonly Readonly<{ person: string; reality: Reality; waitedS: number }>[];
}>;

/** After a restart rows stay and what comes now gets ids of the new boot. Their tracks are not there any more: the first tick finds them lost. */
export const restartAlerts = (state: AlertStageState, boot: number): AlertStageState => ({ ...state, boot, nextId: 1 });

/** The alert list: what holds becomes or stays a row, people's commands change rows, and what deserves it sounds. */
export function alert(state: AlertStageState, situation: Situation, nowMs: number, rejections: Rejections): Alert[] {
  const { picture, tracks, standing, contradicted, warned, unseen } = situation;
  const now = airNow(picture, tracks, nowMs);
  updateHeld(state.held, now);
  hearUnplaced(state.heard, picture, nowMs);
  const closing = watchAllLost(state, picture, nowMs);
  const conditions = new Map<string, Condition>();
  for (const condition of [
    ...airConditions(state.held, standing, warned, now),
    ...heardConditions(state.heard, standing, picture),
    ...contradictedConditions(contradicted),
    ...systemConditions(picture.sensors, standing, nowMs),
    ...helpConditions(standing),
    ...sightingConditions(state.sightings, nowMs),
  ])
    conditions.set(condition.key, withUnseen(condition, unseen));
  for (const command of standing.commands) obey(state.rows, command, nowMs, rejections);
  for (const [key, row] of state.rows) {
    const why = closing.get(key);
    if (why && !conditions.has(key)) row.note = why;
    const wasUnseen = row.condition.unseen;
    advance(row, conditions.get(key), isGone(row, standing), nowMs);
    if (row.active && row.condition.unseen && !wasUnseen) demand(row, "unseen", nowMs);
  }
  for (const condition of conditions.values()) if (!isRaised(state.rows, condition)) addRow(state, condition, nowMs);
  for (const row of state.rows.values()) suppress(row, suppression(row, state, picture), nowMs);
  updateFlood(state, nowMs);
  annunciate(state.rows.values(), state.incidents, state.sounded, nowMs);
  const alerts = [...state.rows.values()].map(toAlert);
  for (const [key, row] of state.rows) if (!isOpen(row)) state.rows.delete(key);
  forgetIncidents(state.incidents, state.rows.values());
  return alerts;
}

function airNow({ ended }: Picture, tracks: readonly Assessed[], nowMs: number): AirNow {
  const merged = new Map<TrackId, TrackId>();
  for (const { id, mergedInto } of ended) if (mergedInto !== undefined) merged.set(id, mergedInto);
  return { tracks: new Map(tracks.map((track) => [track.id, track])), merged, nowMs };
}

/** Why rows whose tracks were lost may return in this tick. */
function watchAllLost({ held }: AlertStageState, picture: Picture, nowMs: number) {
  const closing = new Map<string, ReturnType<typeof phrase>>();
  for (const [key, members] of held) {
    const letGo = watchLost(members, picture, LOSS, nowMs);
    if (letGo === "watched") closing.set(key, phrase("closed.volumeWatched", { watchedS: LOSS.watchMs / 1000 }));
    if (letGo === "expired") closing.set(key, phrase("closed.lostContactExpired", { afterS: 1800 }));
  }
  return closing;
}

const isRaised = (rows: ReadonlyMap<string, Row>, { key }: Condition): boolean => {
  const row = rows.get(key);
  return row !== undefined && isOpen(row);
};

function addRow(state: AlertStageState, condition: Condition, nowMs: number): void {
  const open = [...state.rows.values()].filter(isOpen);
  if (open.length >= ROW_LIMIT) makeRoom(open, nowMs);
  const newId = () => state.nextId++;
  const incident = incidentFor(state.incidents, open, condition, newId, state.boot, nowMs);
  const id = alertId.parse(`a${state.boot}-${newId()}`);
  state.rows.set(condition.key, raise(id, incident, condition, nowMs));
  if (isLoud(condition.level)) state.raisedMs.push(nowMs);
}

/** Rows that hold are bounded by what is configured; of those that have returned unowned, the oldest go beyond the limit. */
function makeRoom(open: readonly Row[], nowMs: number): void {
  const oldest = open.find(({ active }) => !active);
  if (oldest) close(oldest, phrase("closed.bounded", { limit: ROW_LIMIT }), nowMs);
}

function withUnseen(condition: Condition, unseen: Situation["unseen"]): Condition {
  if (condition.kind !== "personThreatened" && condition.kind !== "possibleDrone") return condition;
  const waitedS = unseen.find((one) => one.person === condition.person && one.reality === condition.reality)?.waitedS;
  if (waitedS === undefined) return condition;
  const person = String(condition.title.params["person"]);
  const reasons = [phrase("reason.warningUnseen", { person, waitedS }), ...condition.reasons].slice(0, 16);
  return { ...condition, reasons, unseen: true };
}

/** The zone, person or sensor that the row was about is no longer configured. */
function isGone({ condition: { zone, person, sensor } }: Row, { site }: Standing): boolean {
  if (zone !== undefined) return !site.zones.some(({ id }) => id === zone);
  if (sensor !== undefined) return !site.sensors.some(({ id }) => id === sensor);
  return person !== undefined && !site.persons.some(({ id }) => id === person);
}

/** Why a row is not put before the operator now: what another row already says, or a flood in which only what is loud counts. */
function suppression({ condition, level }: Row, { rows, flood }: AlertStageState, { sensors }: Picture) {
  if (condition.kind === "clockBad" && rows.get(`silent:${condition.sensor}`)?.active) {
    const silent = sensors.find(({ sensor }) => sensor.id === condition.sensor);
    return phrase("reason.sensorSilent", { sensor: silent?.sensor.name ?? "", silentS: silent?.silentS ?? 0 });
  }
  return flood && !isLoud(level) && !condition.speaks ? phrase("reason.alarmFlood", { inTenMinutes: FLOOD_ABOVE }) : undefined;
}

function updateFlood(state: AlertStageState, nowMs: number): void {
  state.raisedMs = state.raisedMs.filter((atMs) => nowMs - atMs < TEN_MINUTES_MS);
  if (state.raisedMs.length > FLOOD_ABOVE) state.flood = true;
  if (state.raisedMs.length < FLOOD_BELOW) state.flood = false;
}

function obey(rows: ReadonlyMap<string, Row>, command: Command, nowMs: number, rejections: Rejections): void {
  if (command.kind !== "acknowledge" && command.kind !== "shelve" && command.kind !== "unshelve") return;
  const row = [...rows.values()].find(({ id }) => id === command.alert);
  if (!row) return reject(rejections, "unknown-alert");
  switch (command.kind) {
    case "acknowledge":
      if (command.revision < row.urgentRevision) return reject(rejections, "stale-revision");
      return acknowledge(row, command.by, command.atMs, command.revision, nowMs);
    case "shelve":
      if (command.untilMs - nowMs > SHELF_LIMIT_MS || command.untilMs <= nowMs) return reject(rejections, "shelf-too-long");
      return shelve(row, command.by, command.reason, command.untilMs, nowMs);
    case "unshelve":
      if (row.shelf) unshelve(row, nowMs);
      else touch(row, nowMs);
      return;
    default:
      command satisfies never;
  }
}

function toAlert(row: Row): Alert {
  const { condition } = row;
  return {
    id: row.id,
    incident: row.incident,
    kind: condition.kind,
    level: row.level,
    state: row.state,
    reality: condition.reality,
    revision: row.revision,
    annunciation: row.annunciation,
    raisedMs: row.raisedMs,
    ...(row.againMs !== undefined && { againMs: row.againMs }),
    changedMs: row.changedMs,
    title: condition.title,
    reasons: (row.note ? [row.note, ...condition.reasons] : [...condition.reasons]).slice(0, 16),
    refutedBy: [...condition.refutedBy],
    tracks: row.active ? [...condition.tracks] : [],
    ...(condition.count && { count: condition.count }),
    ...(condition.zone !== undefined && { zone: condition.zone }),
    ...(condition.person !== undefined && { person: condition.person }),
    ...(condition.sensor !== undefined && { sensor: condition.sensor }),
    ...(condition.sighting !== undefined && { sighting: condition.sighting }),
    ...(condition.place && { place: condition.place }),
    ...(row.active && condition.arrivalMs !== undefined && { arrivalMs: condition.arrivalMs }),
    ...(row.acknowledgement && { acknowledgement: row.acknowledgement }),
    ...(row.shelf && { shelf: row.shelf }),
    ...(row.active && condition.lostContactMs !== undefined && { lostContactMs: condition.lostContactMs }),
  };
}
