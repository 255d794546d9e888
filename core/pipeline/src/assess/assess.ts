import type { Phrase } from "@picket/model";
import type { Identified } from "../identify/identified.ts";
import { phrase } from "../phrases.ts";
import type { Standing } from "../standing/standing.ts";
import type { Picture } from "../track/track.ts";
import type { Assessed } from "./assessed.ts";
import { type Behaviour, behavioursOf } from "./behaviours.ts";
import { standpointOf } from "./encounter.ts";
import { type History, noteHistory } from "./history.ts";
import { judge, MAX_REASONS, type ZoneJudged, zoneLevel } from "./level.ts";
import { isOn } from "./schedule.ts";
import { lateReasons, seenOf } from "./seen.ts";
import { findSwarms, type Swarms } from "./swarms.ts";
import { type Endangered, type Threat, threatTo } from "./threat.ts";
import { viewZone } from "./zone-view.ts";

/** Plain data: what a snapshot of this stage holds. */
export type AssessState = { history: History };
export const newAssessState = (): AssessState => ({ history: new Map() });

/** At most so many zones are listed with a track: all that matter, then the nearest. */
const MAX_ZONES = 16;

/** Judges every track against the zones that are on and the people whose place is known. */
export function assess(
  state: AssessState,
  { site: frame, sensors }: Picture,
  tracks: readonly Identified[],
  { site, persons }: Standing,
  nowMs: number,
): Assessed[] {
  noteHistory(state.history, tracks, nowMs);
  const swarms = findSwarms(tracks);
  const zones = site.zones.filter(({ schedule }) => isOn(schedule, nowMs));
  const endangered: Endangered[] = persons.flatMap((person) => {
    const at = standpointOf(person, frame, nowMs);
    const placeAgeS = person.position ? (nowMs - person.position.measuredMs) / 1000 : 0;
    return at ? [{ id: person.id, name: person.name, at, placeAgeS }] : [];
  });
  return tracks.map((identified) => {
    const track = seenOf(identified, sensors);
    const judged: ZoneJudged[] = [];
    for (const zone of zones) {
      const view = viewZone(zone, track, frame);
      if (view) judged.push({ zone, view });
    }
    const named = judged.map(({ zone: { name }, view }) => ({ name, view }));
    const behaviours = behavioursOf(track, state.history.get(track.id) ?? [], named);
    noteSwarm(behaviours, swarms, track);
    const threats: Threat[] = [];
    for (const person of endangered) {
      const threat = threatTo(person, track, behaviours, site.policy);
      if (threat) threats.push(threat);
    }
    const levels = judged.flatMap(({ zone, view }) => {
      const level = zoneLevel({ zone, view }, track, behaviours, site.policy);
      return level === undefined ? [] : [{ zone, view, level }];
    });
    const { level, reasons, refutedBy } = judge(track, levels, threats, behaviours);
    return {
      ...track,
      threats,
      zoneLevels: levels,
      assessment: {
        ...(level !== undefined && { level }),
        reasons: level === undefined ? reasons : [...lateReasons(track, sensors), ...reasons].slice(0, MAX_REASONS),
        refutedBy,
        zones: judged
          .map(({ view }) => view)
          .sort((a, b) => RELATION[a.relation] - RELATION[b.relation] || a.distanceM - b.distanceM)
          .slice(0, MAX_ZONES),
        behaviours: [...behaviours.keys()],
      },
    };
  });
}

const RELATION = { inside: 0, approaching: 1, outside: 2 };

function noteSwarm(behaviours: Map<Behaviour, Phrase>, swarms: Swarms, { id }: Identified): void {
  const swarm = swarms.get(id);
  if (swarm) behaviours.set("swarm", phrase("reason.swarm", swarm));
}
