import type { Contradicted } from "../identify/identify.ts";
import { phrase } from "../phrases.ts";
import type { Standing } from "../standing/standing.ts";
import type { SensorNow } from "../track/sensor-watch.ts";
import type { Condition } from "./condition.ts";

/** A sensor that was never heard since the site's start may still be starting itself: so long it is only shown as not watching. */
const STARTING_MS = 20_000;
/** What a start found wrong is shown so long; the row then stays until somebody has acknowledged it. */
const START_NEWS_MS = 3_600_000;

/** Sensors that are silent, have failed or whose clock is bad, a recording that stopped or is damaged, a state that was lost and a clock that is or was wrong: each is itself an alarm. */
export function systemConditions(
  sensors: readonly SensorNow[],
  { recordingStopped, recordDamaged, clockAheadMs, clockSetBack, stateLost }: Standing,
  nowMs: number,
): Condition[] {
  const conditions = sensors.flatMap((now) => [...unwatched(now), ...badClock(now), ...turned(now)]);
  if (recordingStopped)
    conditions.push({
      ...ABOUT_THE_SITE,
      key: "recording",
      kind: "recordingStopped",
      level: "caution",
      title: phrase("alert.recordingStopped", {}),
      reasons: [phrase("reason.recordingStopped", {})],
      refutedBy: [phrase("refute.recordingResumes", {})],
    });
  if (recordDamaged && nowMs - recordDamaged.atMs <= START_NEWS_MS)
    conditions.push({
      ...ABOUT_THE_SITE,
      key: "record",
      kind: "recordDamaged",
      level: "caution",
      title: phrase("alert.recordDamaged", {}),
      reasons: [phrase("reason.recordDamaged", { finding: recordDamaged.finding })],
      refutedBy: [],
    });
  if (stateLost && nowMs - (stateLost.sinceMs ?? nowMs) <= START_NEWS_MS)
    conditions.push({
      ...ABOUT_THE_SITE,
      key: "state",
      kind: "stateLost",
      level: "caution",
      title: phrase("alert.stateLost", {}),
      reasons: [phrase(STATE_LOST[stateLost.kept], {})],
      refutedBy: [],
    });
  const isSetBack = clockSetBack !== undefined && nowMs - clockSetBack.atMs <= START_NEWS_MS;
  if (clockAheadMs !== undefined || isSetBack)
    conditions.push({
      ...ABOUT_THE_SITE,
      key: "clock",
      kind: "clockBad",
      level: "caution",
      title: phrase("alert.ownClockBad", {}),
      reasons: [
        ...(clockAheadMs === undefined ? [] : [phrase("reason.ownClock", { aheadS: clockAheadMs / 1000 })]),
        ...(isSetBack ? [phrase("reason.ownClockSetBack", { backS: clockSetBack.backSpanMs / 1000 })] : []),
      ],
      refutedBy: [phrase("refute.ownClockSteps", {})],
    });
  return conditions;
}

const STATE_LOST = {
  allButNewest: "reason.stateLostNewest",
  standing: "reason.stateLostDecisions",
  nothing: "reason.stateLostAll",
} as const;

const ABOUT_THE_SITE = { category: "sensors" as const, reality: "live" as const, tracks: [] };

/** A sensor that is silent, or that says of itself that it has failed: one row. */
function unwatched(now: SensorNow): Condition[] {
  const silent = silence(now);
  return silent.length > 0 ? silent : failure(now);
}

function failure({ sensor, state: { detail }, hasFailed }: SensorNow): Condition[] {
  if (!hasFailed) return [];
  return [
    {
      ...ABOUT_THE_SITE,
      reality: sensor.reality ?? "live",
      key: `failed:${sensor.id}`,
      kind: "sensorSilent",
      level: "caution",
      title: phrase("alert.sensorFailed", { sensor: sensor.name }),
      reasons: detail === undefined ? [] : [phrase("reason.sensorFailed", { sensor: sensor.name, detail })],
      refutedBy: [phrase("refute.sensorWorks", { sensor: sensor.name })],
      sensor: sensor.id,
      place: { latDeg: sensor.latDeg, lonDeg: sensor.lonDeg },
    },
  ];
}

function silence({ sensor, state, silentS, limitMs: allowedMs }: SensorNow): Condition[] {
  const never = state.state === "neverHeard";
  if (allowedMs === undefined || silentS * 1000 <= (never ? Math.max(allowedMs, STARTING_MS) : allowedMs)) return [];
  return [
    {
      ...ABOUT_THE_SITE,
      reality: sensor.reality ?? "live",
      key: `silent:${sensor.id}`,
      kind: "sensorSilent",
      level: "caution",
      title: never
        ? phrase("alert.sensorNeverHeard", { sensor: sensor.name })
        : phrase("alert.sensorSilent", { sensor: sensor.name }),
      reasons: [
        never
          ? phrase("reason.sensorNeverHeard", { sensor: sensor.name, waitedS: silentS })
          : phrase("reason.sensorSilent", { sensor: sensor.name, silentS }),
      ],
      refutedBy: [phrase("refute.sensorHeard", { sensor: sensor.name })],
      sensor: sensor.id,
      place: { latDeg: sensor.latDeg, lonDeg: sensor.lonDeg },
    },
  ];
}

function badClock({ sensor, state, offsetMs = 0, isDated }: SensorNow): Condition[] {
  if (!state.clockBad) return [];
  const offsetS = Math.abs(offsetMs) / 1000;
  return [
    {
      ...ABOUT_THE_SITE,
      reality: sensor.reality ?? "live",
      key: `clock:${sensor.id}`,
      kind: "clockBad",
      level: "caution",
      title: phrase("alert.clockBad", { sensor: sensor.name }),
      reasons: [
        offsetMs > 0
          ? phrase("reason.clockAhead", { sensor: sensor.name, offsetS })
          : phrase("reason.clockBehind", { sensor: sensor.name, offsetS }),
        ...(isDated ? [phrase("reason.takenAsArrived", {})] : []),
      ],
      refutedBy: [phrase("refute.clockAgrees", { sensor: sensor.name })],
      sensor: sensor.id,
      place: { latDeg: sensor.latDeg, lonDeg: sensor.lonDeg },
    },
  ];
}

/** References agree that a sensor is off by more than its correction may follow without a person, or it sees none of them at all. */
function turned({ sensor, state: { registration } }: SensorNow): Condition[] {
  if (registration?.state !== "turned" && registration?.state !== "lost") return [];
  const { state, estimate, applied, references, missing = 0 } = registration;
  const row = {
    ...ABOUT_THE_SITE,
    reality: sensor.reality ?? "live",
    key: `turned:${sensor.id}`,
    kind: "sensorTurned",
    level: "caution",
    sensor: sensor.id,
    place: { latDeg: sensor.latDeg, lonDeg: sensor.lonDeg },
  } as const;
  if (state === "lost")
    return [
      {
        ...row,
        title: phrase("alert.sensorLost", { sensor: sensor.name }),
        reasons: [phrase("reason.sensorLost", { missing, sensor: sensor.name })],
        refutedBy: [phrase("refute.sensorFindsThem", { sensor: sensor.name })],
      },
    ];
  return [
    {
      ...row,
      title: phrase("alert.sensorTurned", { sensor: sensor.name }),
      reasons: [
        phrase("reason.sensorTurned", {
          sensor: sensor.name,
          references,
          offDeg: Math.abs(estimate.azimuthDeg - applied.azimuthDeg),
          offM: Math.abs(estimate.rangeM - applied.rangeM),
        }),
      ],
      refutedBy: [phrase("refute.sensorAccepted", { sensor: sensor.name })],
    },
  ];
}

/** Broadcasts that do not stand up: one row however many, so that a flood of fakes is one row. */
export function contradictedConditions(contradicted: readonly Contradicted[]): Condition[] {
  const byReality = Map.groupBy(contradicted, ({ reality }) => reality);
  return [...byReality].map(([reality, all]) => ({
    key: `remoteId:${reality}`,
    category: "broadcasts",
    kind: "remoteIdContradicted",
    level: "caution",
    reality,
    title:
      all.length > 1
        ? phrase("alert.remoteIdContradictedMany", { count: all.length })
        : phrase("alert.remoteIdContradicted", { identity: all[0]?.identity ?? "" }),
    reasons: all
      .flatMap(({ identity, reasons }) => [phrase("reason.identityContradicted", { identity }), ...reasons])
      .slice(0, 16),
    refutedBy: all.map(({ identity }) => phrase("refute.objectAtClaim", { identity })).slice(0, 16),
    tracks: all.flatMap(({ tracks }) => tracks).slice(0, 1000),
    count: { about: all.length, atLeast: all.length },
  }));
}

/** People who said that they need help, until they say that they are safe. */
export const helpConditions = ({ persons }: Standing): Condition[] =>
  persons
    .filter(({ wellbeing }) => wellbeing?.state === "needHelp")
    .map(({ id, name, position }) => ({
      key: `help:${id}`,
      category: "people",
      kind: "personNeedsHelp",
      level: "critical",
      reality: "live",
      title: phrase("alert.personNeedsHelp", { person: name }),
      reasons: [phrase("reason.needsHelp", { person: name })],
      refutedBy: [phrase("refute.personSafe", { person: name })],
      tracks: [],
      person: id,
      ...(position && { place: { latDeg: position.latDeg, lonDeg: position.lonDeg } }),
    }));
