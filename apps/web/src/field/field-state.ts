import type { FieldMessage, Level, Reality, Warning } from "@picket/model";

type Told = Extract<FieldMessage, { type: "field" }>;

/** What the phone knows. `heardMs` is by the phone's own clock: silence is judged by it, never by the server's. */
export type FieldState = Readonly<{
  told: Told | undefined;
  heardMs: number | undefined;
  isOpen: boolean;
}>;

export const NOTHING_HEARD: FieldState = { told: undefined, heardMs: undefined, isOpen: false };

/** After this long without a word the page says that warnings cannot arrive. */
export const SILENT_MS = 3000;
/** After this long it says so aloud. */
export const ALARMING_SILENCE_MS = 10_000;

export function hear(state: FieldState, message: FieldMessage, nowMs: number): FieldState {
  return { told: message.type === "field" ? message : state.told, heardMs: nowMs, isOpen: true };
}

export const isSilent = ({ heardMs, isOpen }: FieldState, nowMs: number): boolean =>
  !isOpen || heardMs === undefined || nowMs - heardMs > SILENT_MS;

/** Which warning fills the screen: the worst that is open, then the nearest; an all-clear only when nothing else is open. */
export function foremost(warnings: readonly Warning[]): Warning | undefined {
  const rank: Readonly<Record<Warning["state"], number>> = { active: 2, lostContact: 1, allClear: 0 };
  const level: Readonly<Record<Level, number>> = { watch: 0, caution: 1, warning: 2, critical: 3 };
  return [...warnings].sort(
    (a, b) => rank[b.state] - rank[a.state] || level[b.level] - level[a.level] || a.distanceM - b.distanceM,
  )[0];
}

/** What must be answered for: each warning's newest revision once as delivered, and once as seen when it is on a visible screen. */
export function dueReceipts(
  told: Readonly<{ warnings: readonly Warning[] }> | undefined,
  done: ReadonlySet<string>,
  isVisible: boolean,
): readonly Readonly<{ key: string; warning: Warning; receipt: "delivered" | "seen" }>[] {
  const receipts = isVisible ? (["delivered", "seen"] as const) : (["delivered"] as const);
  return (told?.warnings ?? []).flatMap((warning) =>
    receipts
      .map((receipt) => ({ key: `${warning.id} ${warning.revision} ${receipt}`, warning, receipt }))
      .filter(({ key }) => !done.has(key)),
  );
}

/** Does it have to sound: something got worse or newer for this person, or is heard around them. An all-clear does not alarm. */
export function mustSound(before: Told | undefined, now: Told): boolean {
  const heard = new Set(before?.heard.map(({ sensor, reality }) => `${sensor} ${reality}`));
  if (now.heard.some(({ sensor, reality }) => !heard.has(`${sensor} ${reality}`))) return true;
  const known = new Map((before?.warnings ?? []).map((warning) => [warning.id, warning]));
  return now.warnings.some((warning) => {
    const was = known.get(warning.id);
    return warning.state !== "allClear" && (was === undefined || was.revision !== warning.revision);
  });
}

/** The line that must stand above everything that is not real. */
export const realityWord = (reality: Reality | undefined): "simulated" | "exercise" | "replay" | "test" | undefined =>
  reality === undefined || reality === "live" ? undefined : reality;
