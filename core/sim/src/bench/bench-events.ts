import { endS, kinematicsInto } from "../motion/trajectory.ts";
import { isHidden, isInNotch, isInView, polarFrom, visibility } from "./bench-radar.ts";
import type { BenchRadar, BenchScene, BenchTarget, RadarReality } from "./bench-scenario.ts";

/** Something that makes a target hard to hold, from one whole second to another. */
export type BenchEvent = Readonly<{ id: string; kind: "hover" | "notch" | "shadow" | "outage"; t0: number; t1: number }>;

const HOVERS_BELOW_MPS = 1;
const LEAST_S = 5;

/** With what probability the likeliest radar sees a target at a second. */
export function bestVisibility(scene: BenchScene, state: Float64Array, tS: number): number {
  let best = 0;
  for (const { radar, reality } of radarsOf(scene))
    if (!isSilent(reality, tS)) best = Math.max(best, visibility(radar, reality, state));
  return best;
}

/** Every event of five seconds or more, by target, kind and time. */
export function eventsOf(scene: BenchScene): BenchEvent[] {
  return scene.targets.flatMap((target) => [
    ...runs(scene, target, "hover", isHovering),
    ...runs(scene, target, "notch", (state, tS) => explains(scene, state, tS, isInNotch)),
    ...runs(scene, target, "outage", (state, tS) => isOutOfOrder(scene, state, tS)),
    ...runs(scene, target, "shadow", (state, tS) => explains(scene, state, tS, isHidden)),
  ]);
}

function isHovering(state: Float64Array): boolean {
  const [, , , ve = 0, vn = 0] = state;
  return ve * ve + vn * vn < HOVERS_BELOW_MPS * HOVERS_BELOW_MPS;
}

type Trait = (state: Float64Array, tS: number) => boolean;

function runs(scene: BenchScene, { id, trajectory }: BenchTarget, kind: BenchEvent["kind"], has: Trait): BenchEvent[] {
  const events: BenchEvent[] = [];
  const state = new Float64Array(6);
  const lastS = Math.min(scene.meta.duration, Math.floor(endS(trajectory)));
  let t0: number | undefined;
  for (let t = Math.ceil(trajectory.startS); t <= lastS + 1; t++) {
    const is = t <= lastS && kinematicsInto(trajectory, t, state) && has(state, t);
    if (is) t0 ??= t;
    else if (t0 !== undefined) {
      if (t - 1 - t0 >= LEAST_S) events.push({ id, kind, t0, t1: t - 1 });
      t0 = undefined;
    }
  }
  return events;
}

/** Every radar that has the target in its field of view fails to see it, and at least one for this reason. */
function explains(
  scene: BenchScene,
  state: Float64Array,
  tS: number,
  reason: (radar: BenchRadar, seen: ReturnType<typeof polarFrom>) => boolean,
): boolean {
  if (bestVisibility(scene, state, tS) > 0.5) return false;
  return radarsOf(scene).some(({ radar, reality }) => {
    const seen = polarFrom(radar.pos, state);
    return !isSilent(reality, tS) && isInView(radar, seen) && reason(radar, seen);
  });
}

/** A silent radar would have seen it, and no other does. */
function isOutOfOrder(scene: BenchScene, state: Float64Array, tS: number): boolean {
  if (bestVisibility(scene, state, tS) > 0) return false;
  return radarsOf(scene).some(({ radar, reality }) => isSilent(reality, tS) && visibility(radar, reality, state) > 0);
}

export const isSilent = ({ silent }: RadarReality, tS: number): boolean =>
  silent !== undefined && tS >= silent[0] && tS < silent[1];

const radarsOf = ({ meta, radars }: BenchScene): { radar: BenchRadar; reality: RadarReality }[] =>
  meta.sensors.flatMap((radar) => {
    const reality = radars.get(radar.id);
    return radar.kind === "polar3d" && reality ? [{ radar, reality }] : [];
  });
