import type { CapReference } from "@picket/cap";
import { type Alert, LEVELS, type Level } from "@picket/model";
import { isStanding } from "../share/cot-alert.ts";
import { type CapDraft, capTime } from "./cap-message.ts";

/** What was said of an alert: as it was then, when, and by which messages. */
type Told = Readonly<{ alert: Alert; sentMs: number; count: number; references: readonly CapReference[] }>;
/** A plain JSON value. */
export type LedgerState = readonly Told[];

/** Which messages are due: one when an alert is raised, updates on news and before it expires, a cancel when it no longer stands. */
export type Ledger = {
  due(alerts: readonly Alert[], nowMs: number): readonly CapDraft[];
  state(): LedgerState;
};

export type LedgerOptions = Readonly<{
  site: string;
  sender: string;
  fromLevel: Level;
  expiresMs: number;
}>;

/** News that are no rise in level wait until the last message is this old. */
const LEAST_APART_MS = 30_000;
/** A message is renewed so many times before it would expire. */
const RENEWALS = 2;
/** The newest earlier messages that an update names. */
const MOST_REFERENCES = 20;

/** `from` is what an earlier run said: what still stands is said again at once, as an update. */
export function createLedger({ site, sender, fromLevel, expiresMs }: LedgerOptions, from: LedgerState = []): Ledger {
  const told = new Map<string, Told>(from.map((one) => [one.alert.id, { ...one, sentMs: 0 }]));
  const rank = (level: Level) => LEVELS.indexOf(level);

  const draft = (alert: Alert, msgType: CapDraft["msgType"], nowMs: number): CapDraft => {
    const { count = 0, references = [] } = told.get(alert.id) ?? {};
    const sent = capTime(nowMs);
    const identifier = `picket-${site}-${alert.id}-${count + 1}-${(sent.unixMs / 1000).toString(36)}`;
    const all = [...references, { sender, identifier, sent }].slice(-MOST_REFERENCES);
    if (msgType === "Cancel") told.delete(alert.id);
    else told.set(alert.id, { alert, sentMs: nowMs, count: count + 1, references: all });
    return { alert, msgType, identifier, references };
  };

  return {
    due(alerts, nowMs) {
      const standing = alerts.filter(isStanding);
      const ids = new Set<string>(standing.map(({ id }) => id));
      const drafts: CapDraft[] = [];
      for (const alert of standing) {
        const last = told.get(alert.id);
        if (!last) {
          if (rank(alert.level) >= rank(fromLevel)) drafts.push(draft(alert, "Alert", nowMs));
          continue;
        }
        const ageMs = nowMs - last.sentMs;
        const isRise = rank(alert.level) > rank(last.alert.level);
        const isRenewal = ageMs >= expiresMs / RENEWALS;
        if (isRise || isRenewal || (ageMs >= LEAST_APART_MS && isNews(alert, last.alert)))
          drafts.push(draft(alert, "Update", nowMs));
      }
      for (const [id, { alert }] of told) if (!ids.has(id)) drafts.push(draft(alert, "Cancel", nowMs));
      return drafts;
    },
    state: () => [...told.values()],
  };
}

/** Another level, another title, or something to sound again. */
const isNews = (now: Alert, before: Alert): boolean =>
  now.level !== before.level ||
  now.annunciation !== before.annunciation ||
  now.title.code !== before.title.code ||
  JSON.stringify(now.title.params) !== JSON.stringify(before.title.params);
