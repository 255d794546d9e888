import type { FieldMessage, Level, Reality, Warning } from "@picket/model";

type Told = Extract<FieldMessage, { type: "field" }>;

/**
 * What the phone knows. `toldMs` is when its own newest message came, `heardMs` when any did, a heartbeat too: both by the phone's own
 * clock, for silence is judged by it, never by the server's.
 */
export type FieldState = Readonly<{
  told: Told | undefined;
  toldMs: number | undefined;
  heardMs: number | undefined;
  isOpen: boolean;
}>;

export const NOTHING_HEARD: FieldState = { told: undefined, toldMs: undefined, heardMs: undefined, isOpen: false };

/** After this long without a word the page says that warnings cannot arrive. */
export const SILENT_MS = 3000;
/** After this long without a message of its own it says so too: a heart may beat on that tells this person nothing. */
export const UNTOLD_MS = 5000;
/** After this long it says so aloud. */
export const ALARMING_SILENCE_MS = 10_000;

export function hear(state: FieldState, message: FieldMessage, nowMs: number): FieldState {
  const isOwn = message.type === "field";
  return { told: isOwn ? message : state.told, toldMs: isOwn ? nowMs : state.toldMs, heardMs: nowMs, isOpen: true };
}

/** How long nothing was heard of what ought to be, by {@link SILENT_MS}. Undefined before the first message of its own. */
export function silenceMs({ toldMs, heardMs }: FieldState, nowMs: number): number | undefined {
  if (toldMs === undefined || heardMs === undefined) return undefined;
  return nowMs - Math.min(heardMs, toldMs + UNTOLD_MS - SILENT_MS);
}

export function isSilent(state: FieldState, nowMs: number): boolean {
  const forMs = silenceMs(state, nowMs);
  return !state.isOpen || forMs === undefined || forMs > SILENT_MS;
}

/**
 * Which warning fills the screen: what is live before any drill; then the worst that is open, then the nearest; an all-clear only when
 * nothing else is open.
 */
export function foremost(warnings: readonly Warning[]): Warning | undefined {
  const rank: Readonly<Record<Warning["state"], number>> = { active: 2, lostContact: 1, allClear: 0 };
  const level: Readonly<Record<Level, number>> = { watch: 0, caution: 1, warning: 2, critical: 3 };
  return [...warnings].sort(
    (a, b) =>
      Number(isLive(b)) - Number(isLive(a)) ||
      rank[b.state] - rank[a.state] ||
      level[b.level] - level[a.level] ||
      a.distanceM - b.distanceM,
  )[0];
}

/** How many other warnings are open beside the one that is shown. Beside a live one no drill is counted. */
export const countOthers = (warnings: readonly Warning[], shown: Warning): number =>
  warnings.filter(({ id, state, reality }) => state !== "allClear" && id !== shown.id && (reality === "live") === isLive(shown))
    .length;

/** What must be answered for: each warning's newest revision once as delivered, and the one that stands on a visible screen once as seen. */
export function dueReceipts(
  told: Readonly<{ warnings: readonly Warning[] }> | undefined,
  shown: Warning | undefined,
  done: ReadonlySet<string>,
): readonly Readonly<{ key: string; warning: Warning; receipt: "delivered" | "seen" }>[] {
  return (told?.warnings ?? []).flatMap((warning) =>
    (warning.id === shown?.id ? (["delivered", "seen"] as const) : (["delivered"] as const))
      .map((receipt) => ({ key: `${warning.id} ${warning.revision} ${receipt}`, warning, receipt }))
      .filter(({ key }) => !done.has(key)),
  );
}

/**
 * What has to sound when something got worse or newer for this person, or is heard around them: the warning only for what is live,
 * else the drill's own. An all-clear does not alarm.
 */
export function soundDue(before: Told | undefined, now: Told): "warning" | "drill" | undefined {
  const heard = new Set(before?.heard.map(({ sensor, reality }) => `${sensor} ${reality}`));
  const known = new Map((before?.warnings ?? []).map((warning) => [warning.id, warning]));
  const news = [
    ...now.heard.filter(({ sensor, reality }) => !heard.has(`${sensor} ${reality}`)),
    ...now.warnings.filter(({ id, state, revision }) => state !== "allClear" && known.get(id)?.revision !== revision),
  ];
  if (news.length === 0) return undefined;
  return news.some(isLive) ? "warning" : "drill";
}

const isLive = ({ reality }: Readonly<{ reality: Reality }>): boolean => reality === "live";

/** What the whole page may be called: what the site is, unless something that it shows is live. */
export const pageReality = (site: Reality, shown: readonly Readonly<{ reality: Reality }>[]): Reality =>
  shown.some(isLive) ? "live" : site;

/** The line that must stand above what is not real, unless the page says it already of all that is on it. */
export const realityWord = (reality: Reality, said: Reality = "live"): Exclude<Reality, "live"> | undefined =>
  reality === "live" || reality === said ? undefined : reality;
