import type { Frame, Input, Site } from "@picket/model";
import { alert } from "./alert/alert.ts";
import { heardNear } from "./alert/heard-conditions.ts";
import { hearSightings } from "./alert/sightings.ts";
import { assess } from "./assess/assess.ts";
import { toAssessedTrack } from "./assess/assessed.ts";
import { identify, verdictsOf } from "./identify/identify.ts";
import { restoreStages, snapshotStages } from "./stages.ts";
import { applyStanding } from "./standing/standing.ts";
import { openWarnings, unseenPeople, warn } from "./warn/warn.ts";

export type Pipeline = {
  /** Takes everything that came since the last tick, in journal order. `nowMs` never goes backwards: an earlier one counts as the last. */
  tick(inputs: readonly Input[], nowMs: number): Frame;
  /** Bytes from which a pipeline of the same boot goes on byte for byte, and one of a later boot starts with nothing old shown as live. */
  snapshot(): Uint8Array;
  /** The configuration as people have changed it since. */
  site(): Site;
  /** Inputs that could not be used since the first boot, counted by code. */
  rejected(): Readonly<Record<string, number>>;
};

/**
 * `isStateLost`: the boot before left more than the snapshot holds, or all of it is gone. `isAnew`: another version's snapshot of the same
 * boot gives what stood then, and the frames are computed anew.
 */
type PipelineOptions = Readonly<{ bootNumber: number; isStateLost?: boolean; isAnew?: boolean }>;

/**
 * Picket's decisions, top to bottom. Deterministic: the same site, snapshot, inputs and clock marks give the same frames. Each stage
 * owns its state; nobody else writes it.
 */
export function createPipeline(site: Site, options: PipelineOptions, snapshot?: Uint8Array): Pipeline {
  const stages = restoreStages(site, options.bootNumber, snapshot, options);
  const { standing, rejections } = stages;
  return {
    tick(inputs, markMs) {
      const nowMs = stages.begin(markMs);
      const now = applyStanding(standing, inputs, nowMs, rejections);
      const picture = stages.track.run(inputs, now, nowMs, verdictsOf(stages.identify));
      const identified = identify(stages.identify, picture, inputs, now, nowMs, rejections);
      const tracks = assess(stages.assess, picture, identified.tracks, now, nowMs);
      const sightings = hearSightings(stages.alert.sightings, now, nowMs);
      const alerts = alert(
        stages.alert,
        {
          picture,
          tracks,
          standing: now,
          contradicted: identified.contradicted,
          warned: openWarnings(stages.warn),
          unseen: unseenPeople(stages.warn, nowMs),
        },
        nowMs,
        rejections,
      );
      const warnings = warn(stages.warn, picture, tracks, now, nowMs, rejections);
      return {
        nowMs,
        tick: stages.clock.tick,
        tracks: tracks.map((track) => toAssessedTrack(track, picture.site, nowMs)),
        ended: [...picture.ended],
        traces: [...picture.traces, ...identified.unborne],
        alerts,
        warnings,
        sensors: picture.sensors.map(({ state }) => state),
        persons: [...now.persons],
        heard: heardNear(stages.alert.heard, now, picture),
        sightings,
        zones: now.zonesChanged ? [...now.site.zones] : [],
        zonesChanged: now.zonesChanged,
      };
    },
    snapshot: () => snapshotStages(stages),
    site: () => standing.site,
    rejected: () => Object.fromEntries(rejections),
  };
}
