import { distanceM } from "@picket/geo";
import { leastReal, type Phrase, type Reality, type Sighting, type SightingReport } from "@picket/model";
import { phrase } from "../phrases.ts";
import type { Standing } from "../standing/standing.ts";
import type { Condition } from "./condition.ts";

/** What people reported of one event, newest last. Plain data. */
export type SightingGroup = {
  key: string;
  reality: Reality;
  reports: Sighting[];
  count: number;
  total: number;
  newestMs: number;
};

/** What was seen this near in time and place is one event. */
const SAME_EVENT_MS = 300_000;
const SAME_EVENT_DEG = 0.03;
const SAME_REPORT_M = 100;
/** A sighting is news for ten minutes after the newest report. */
const NEWS_MS = 600_000;
const REPORTS_KEPT = 5;
const GROUPS_KEPT = 50;

/** Takes in the sightings of this tick: each joins the reports of its own event, or begins one. Answers those that are news. */
export function hearSightings(groups: SightingGroup[], { commands }: Standing, nowMs: number): SightingReport[] {
  const news: SightingReport[] = [];
  for (const command of commands) {
    if (command.kind !== "sighting") continue;
    const { sighting, reality } = command;
    if (groups.some((group) => group.reality === reality && isToldAgain(group, sighting, nowMs))) continue;
    news.push({ ...sighting, reality });
    const group = groups.find((one) => one.reality === reality && isSameEvent(one, sighting)) ?? {
      key: `sighting:${reality}:${sighting.id}`,
      reality,
      reports: [],
      count: 0,
      total: 0,
      newestMs: nowMs,
    };
    if (!groups.includes(group)) groups.push(group);
    group.reports.push(sighting);
    group.reports.splice(0, Math.max(0, group.reports.length - REPORTS_KEPT));
    group.total++;
    group.count = Math.max(group.count, sighting.count);
    group.newestMs = nowMs;
  }
  groups.splice(0, Math.max(0, groups.length - GROUPS_KEPT));
  return news;
}

/** The same report of another system's, by another of its feeds or after a restart. One that moved on is another. */
const isToldAgain = ({ reports, newestMs }: SightingGroup, { carried, latDeg, lonDeg }: Sighting, nowMs: number): boolean =>
  carried !== undefined &&
  nowMs - newestMs <= NEWS_MS &&
  reports.some((other) => other.carried?.uid === carried.uid && distanceM(other, { latDeg, lonDeg }) < SAME_REPORT_M);

const isSameEvent = ({ reports }: SightingGroup, { latDeg, lonDeg, seenMs }: Sighting): boolean =>
  reports.some(
    (other) =>
      Math.abs(other.seenMs - seenMs) <= SAME_EVENT_MS &&
      Math.abs(other.latDeg - latDeg) + Math.abs(other.lonDeg - lonDeg) <= SAME_EVENT_DEG,
  );

/** A sighting always raises a watch that speaks, and by itself never more. */
export function sightingConditions(groups: SightingGroup[], nowMs: number): Condition[] {
  const fresh = groups.filter(({ newestMs }) => nowMs - newestMs <= NEWS_MS);
  groups.splice(0, groups.length, ...fresh);
  return fresh.flatMap(({ key, reality, reports, count, total }) => {
    const newest = reports.at(-1);
    if (!newest) return [];
    return [
      {
        key,
        category: "people" as const,
        kind: "sighting" as const,
        level: "watch" as const,
        reality: leastReal("live", reality),
        title: sightingTitle(newest, count, total),
        reasons: reports.flatMap((report) => sightingReasons(report, nowMs)).slice(0, 16),
        refutedBy: [phrase("refute.watchedBySensor", {})],
        tracks: [],
        count: { about: count, atLeast: 1 },
        sighting: newest.id,
        place: { latDeg: newest.latDeg, lonDeg: newest.lonDeg },
        speaks: true,
      },
    ];
  });
}

function sightingTitle({ by, bearingDeg }: Sighting, count: number, total: number): Phrase {
  if (total > 1) return phrase("alert.sightingMany", { reports: total, count });
  return bearingDeg === undefined
    ? phrase("alert.sighting", { by, count })
    : phrase("alert.sightingBearing", { by, count, bearingDeg });
}

function sightingReasons({ by, count, looks, moving, note, seenMs }: Sighting, nowMs: number): Phrase[] {
  const said = phrase("reason.sighted", { by, agoS: (nowMs - seenMs) / 1000, count, looks: looks ?? "unsure", moving });
  return note === undefined ? [said] : [said, phrase("reason.sightingNote", { by, note })];
}
