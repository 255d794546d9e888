import type { Alert, AlertId, Reality } from "@picket/model";
import { byUrgency, isUnacknowledged } from "../picture/alert-order.ts";
import { mayAlarm } from "../picture/page-reality.ts";
import { rankOf } from "../picture/track-kind.ts";

/** The three tones there are. A fault of the system itself never sounds like a drone. */
export type Tone = "warning" | "caution" | "fault";
/** What has sounded so far: plain data, so that every decision can be tested. */
export type SoundState = Readonly<{
  /** Newest annunciation number heard of each open alert, with the rank it had. */
  heard: ReadonlyMap<AlertId, Readonly<{ annunciation: number; rank: number }>>;
  /** Tones of the last minute: when each began and the rank it stood for. */
  recent: readonly Readonly<{ atMs: number; rank: number }>[];
  silencedUntilMs: number;
}>;
/** A tone to play now, with the alert that it is for and whether it only reminds. */
export type Annunciation = Readonly<{ tone: Tone; alert: Alert; isReminder: boolean }>;

export const NO_SOUND_YET: SoundState = { heard: new Map(), recent: [], silencedUntilMs: 0 };
export const SILENCE_MS = 60_000;
const REMIND_AFTER_MS = 15_000;
const MINUTE_MS = 60_000;
const MOST_IN_A_MINUTE = 3;
const PERSONS: ReadonlySet<Alert["kind"]> = new Set(["personThreatened", "personNeedsHelp"]);
const FAULTS: ReadonlySet<Alert["kind"]> = new Set([
  "sensorSilent",
  "sensorTurned",
  "clockBad",
  "recordingStopped",
  "recordDamaged",
  "stateLost",
]);

/**
 * Decides what sounds: the most urgent alert whose annunciation number rose. A rank above all that sounded within the minute, and a
 * person newly in danger, always sound and end a silence; anything else waits while silenced or while three tones have sounded within
 * the minute. A critical alert that nobody took is sounded again every fifteen seconds within that bound. At a live site nothing but
 * live alerts sounds.
 */
export function nextSound(
  state: SoundState,
  alerts: Iterable<Alert>,
  page: Reality,
  nowMs: number,
): Readonly<{ state: SoundState; play: Annunciation | undefined }> {
  const recent = state.recent.filter(({ atMs }) => nowMs - atMs < MINUTE_MS);
  const highest = Math.max(0, ...recent.map(({ rank }) => rank));
  const heard = new Map<AlertId, Readonly<{ annunciation: number; rank: number }>>();
  const fresh: Alert[] = [];
  let [mustSound, remind]: [boolean, Alert | undefined] = [false, undefined];
  for (const alert of [...alerts].sort(byUrgency)) {
    const before = state.heard.get(alert.id);
    const rank = rankOf(alert.level);
    heard.set(alert.id, { annunciation: alert.annunciation, rank });
    if (!isUnacknowledged(alert) || !maySound(alert, page)) continue;
    if (alert.level === "critical") remind ??= alert;
    if (before && alert.annunciation <= before.annunciation) continue;
    fresh.push(alert);
    mustSound ||= rank > highest || (before === undefined && PERSONS.has(alert.kind));
  }
  const lastMs = recent.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY;
  const wanted = fresh[0] ?? (nowMs - lastMs >= REMIND_AFTER_MS ? remind : undefined);
  const mayPlay = mustSound || (nowMs >= state.silencedUntilMs && recent.length < MOST_IN_A_MINUTE);
  if (!wanted || !mayPlay) return { state: { heard, recent, silencedUntilMs: state.silencedUntilMs }, play: undefined };
  return {
    state: {
      heard,
      recent: [...recent, { atMs: nowMs, rank: rankOf(wanted.level) }],
      silencedUntilMs: mustSound ? 0 : state.silencedUntilMs,
    },
    play: { tone: toneOf(wanted), alert: wanted, isReminder: fresh.length === 0 },
  };
}

/** Quiet for a minute; a rise in severity or a new critical alert ends it sooner. */
export const silence = (state: SoundState, nowMs: number): SoundState => ({ ...state, silencedUntilMs: nowMs + SILENCE_MS });

export function toneOf({ kind, level }: Alert): Tone {
  if (FAULTS.has(kind)) return "fault";
  return rankOf(level) >= rankOf("warning") ? "warning" : "caution";
}

/** At a live site a tone always means a real event. Watch alerts are silent. */
const maySound = (alert: Alert, page: Reality) =>
  mayAlarm(alert.reality, page) && (alert.level !== "watch" || FAULTS.has(alert.kind));
