import { Authorisation, type Command, type Input, type PersonState, type Site, validate, Zone } from "@picket/model";
import { type Rejections, reject } from "../rejections.ts";
import { zoneProblem } from "./areas.ts";
import { hearOfPerson, type People, peopleNow } from "./people.ts";
import { type SeenCommands, takeOnce } from "./seen-commands.ts";

/** What stands until somebody changes it. Plain data. */
export type StandingState = {
  site: Site;
  seen: SeenCommands;
  people: People;
  zonesTold: boolean;
  recordingStopped: boolean;
  recordDamaged?: RecordDamaged;
  clockAheadMs?: number;
  clockSetBack?: ClockSetBack;
  stateLost?: StateLost;
};

/** What a start kept of the state before it: all but what came last, only what stands, or nothing. Known since its first tick. */
export type StateLost = { kept: "allButNewest" | "standing" | "nothing"; sinceMs?: number };

/** What the check of the record at a start found, and when. */
type RecordDamaged = Readonly<{ finding: string; atMs: number }>;

/** The clock of the boot before this one was ahead by so much; found at `atMs`. */
type ClockSetBack = Readonly<{ backSpanMs: number; atMs: number }>;

/** What the other stages see of it in one tick: `commands` are those that came for the first time, in order. */
export type Standing = Readonly<{
  site: Site;
  persons: readonly PersonState[];
  commands: readonly Command[];
  zonesChanged: boolean;
  recordingStopped: boolean;
  recordDamaged?: RecordDamaged;
  /** The machine's own wall clock is wrong by this much, milliseconds ahead; absent while it is good. */
  clockAheadMs?: number;
  clockSetBack?: ClockSetBack;
  stateLost?: StateLost;
}>;

export const newStanding = (site: Site): StandingState => ({
  site,
  seen: new Map(),
  people: new Map(),
  zonesTold: false,
  recordingStopped: false,
});

/** After a restart everything stands as it was; nobody is connected yet, and the zones are told again. */
export function restartStanding(state: StandingState, site: Site): StandingState {
  const { zones, authorisations } = state.site;
  for (const known of state.people.values()) known.connected = false;
  return { ...state, site: { ...site, zones, authorisations }, zonesTold: false };
}

/** What stands in a state of another version, which may hold anything: what is no zone or authorisation now is left out. */
export function salvageStanding(saved: unknown, site: Site): StandingState {
  const { site: was, seen, people } = (saved ?? {}) as Readonly<Record<keyof StandingState, unknown>>;
  const { zones, authorisations } = (was ?? {}) as Readonly<Record<keyof Site, unknown>>;
  return {
    ...newStanding({
      ...site,
      zones: salvage(Zone, zones)?.filter((zone) => !zoneProblem(zone)) ?? site.zones,
      authorisations: salvage(Authorisation, authorisations) ?? site.authorisations,
    }),
    ...(seen instanceof Map && { seen }),
    ...(people instanceof Map && { people }),
  };
}

const salvage = <S extends typeof Zone | typeof Authorisation>(schema: S, list: unknown) =>
  Array.isArray(list)
    ? list.flatMap((one) => {
        const checked = validate(schema, one);
        return checked.ok ? [checked.value] : [];
      })
    : undefined;

/** Applies what people changed: the configuration, zones, authorisations and their own positions. */
export function applyStanding(state: StandingState, inputs: readonly Input[], nowMs: number, rejections: Rejections): Standing {
  const commands: Command[] = [];
  for (const input of inputs) {
    if (input.kind === "configuration") {
      state.site = input.site;
      state.zonesTold = false;
    }
    if (input.kind !== "command" || !takeOnce(state.seen, input.command)) continue;
    const command = withSeenTime(input.command);
    commands.push(command);
    applyCommand(state, command, rejections);
  }
  if (state.stateLost) state.stateLost.sinceMs ??= nowMs;
  const zonesChanged = !state.zonesTold;
  state.zonesTold = true;
  const persons = peopleNow(state.people, state.site.persons, nowMs);
  return {
    site: state.site,
    persons,
    commands,
    zonesChanged,
    recordingStopped: state.recordingStopped,
    ...(state.recordDamaged && { recordDamaged: state.recordDamaged }),
    ...(state.clockAheadMs !== undefined && { clockAheadMs: state.clockAheadMs }),
    ...(state.clockSetBack && { clockSetBack: state.clockSetBack }),
    ...(state.stateLost && { stateLost: state.stateLost }),
  };
}

function applyCommand(state: StandingState, command: Command, rejections: Rejections): void {
  const { site } = state;
  switch (command.kind) {
    case "zonePut": {
      if (zoneProblem(command.zone)) return reject(rejections, "zone-refused");
      return putZones(state, put(site.zones, command.zone));
    }
    case "zoneRemove":
      return putZones(
        state,
        site.zones.filter(({ id }) => id !== command.zone),
      );
    case "authorisationPut":
      state.site = { ...site, authorisations: put(site.authorisations, command.authorisation) };
      return;
    case "authorisationRemove":
      state.site = { ...site, authorisations: site.authorisations.filter(({ id }) => id !== command.authorisation) };
      return;
    case "personPosition":
    case "personContact":
    case "personWellbeing":
      if (!hearOfPerson(state.people, site.persons, command)) reject(rejections, "unknown-person");
      return;
    case "recordingState":
      state.recordingStopped = command.state === "stopped";
      return;
    case "recordDamaged":
      state.recordDamaged = { finding: command.finding, atMs: command.atMs };
      return;
    case "clockState":
      if (command.state === "bad") state.clockAheadMs = command.aheadMs;
      else delete state.clockAheadMs;
      return;
    default:
  }
}

function putZones(state: StandingState, zones: Zone[]): void {
  state.site = { ...state.site, zones };
  state.zonesTold = false;
}

/** The list with the item in the place of its namesake, or at the end. */
function put<T extends { id: string }>(list: readonly T[], item: T): T[] {
  const at = list.findIndex(({ id }) => id === item.id);
  return at < 0 ? [...list, item] : list.with(at, item);
}

/** Nothing was seen after it was reported, and what is older than a day has its time from a clock that is wrong. */
const OLDEST_SIGHTING_MS = 86_400_000;

function withSeenTime(command: Command): Command {
  if (command.kind !== "sighting") return command;
  const { sighting, atMs } = command;
  const seenMs = Math.min(atMs, Math.max(atMs - OLDEST_SIGHTING_MS, sighting.seenMs));
  return seenMs === sighting.seenMs ? command : { ...command, sighting: { ...sighting, seenMs } };
}
