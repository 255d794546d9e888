import { type EnuM, type LocalFrame, radFromDeg, toEnu } from "@picket/geo";
import type { Scenario, SimulatedMotion, SimulatedObject, Waypoint } from "@picket/model";
import { type Flight, fly } from "./motion/fly.ts";
import { popUpPilot } from "./motion/pop-up.ts";
import { type RoutePoint, routePilot } from "./motion/route.ts";
import { soarPilot } from "./motion/soar.ts";
import { flySwarm } from "./motion/swarm.ts";
import type { Trajectory } from "./motion/trajectory.ts";
import { wanderPilot } from "./motion/wander.ts";
import type { Random } from "./random.ts";

/** One object with its whole path in the scenario's frame. Members of a swarm are objects of their own. */
export type FlownObject = Readonly<{ id: string; object: SimulatedObject; trajectory: Trajectory }>;

const DRONE_ACCEL_MPS2 = 4;
const BIRD_ACCEL_MPS2 = 8;
const BALLOON_ACCEL_MPS2 = 0.5;
/** How high above the ground a person stands who is come down upon. */
const CHEST_HEIGHT_M = 1.5;

/** Flies every object of a scenario; each draws from a chance of its own. */
export function flyScenario({ objects, groundHaeM }: Scenario, frame: LocalFrame, random: Random): FlownObject[] {
  return objects.flatMap((object) => {
    const paths = flyObject(object, groundHaeM, frame, random.fork(object.id));
    return paths.map((trajectory, i) => ({ id: paths.length > 1 ? `${object.id}-${i + 1}` : object.id, object, trajectory }));
  });
}

function flyObject({ motion, fromS, toS }: SimulatedObject, groundHaeM: number, frame: LocalFrame, random: Random): Trajectory[] {
  const place = (point: { latDeg: number; lonDeg: number; heightM: number }): EnuM =>
    toEnu(frame, { latDeg: point.latDeg, lonDeg: point.lonDeg, altHaeM: groundHaeM + point.heightM });
  const span = { startS: fromS, endS: toS };
  switch (motion.kind) {
    case "route":
      return [flyRoute(motion, place, span, random)];
    case "swarm": {
      const leader = flyRoute(motion, place, span, random);
      return flySwarm(leader, motion, { ...span, accelMps2: motion.accelMps2 ?? DRONE_ACCEL_MPS2 }, random);
    }
    case "wander": {
      const pilot = wanderPilot({ headingRad: radFromDeg(motion.headingDeg), cruiseMps: motion.cruiseMps, climbs: true }, random);
      return [fly({ from: place(motion.from), ...span, accelMps2: DRONE_ACCEL_MPS2 }, pilot)];
    }
    case "popUp": {
      const target = place({ ...motion.at, heightM: CHEST_HEIGHT_M });
      const pilot = popUpPilot({ target, cruiseMps: motion.cruiseMps, topM: motion.topM });
      return [fly({ from: place(motion.from), ...span, accelMps2: motion.accelMps2, sampleS: 0.1 }, pilot)];
    }
    case "soar": {
      const from = place(motion.from);
      const { cruiseMps, radiusM, driftEastMps, driftNorthMps } = motion;
      const pilot = soarPilot({ cruiseMps, radiusM, driftMps: [driftEastMps, driftNorthMps], heightM: from[2] }, random);
      return [fly({ from, ...span, accelMps2: BIRD_ACCEL_MPS2 }, pilot)];
    }
    case "drift":
      return [flyDrift(motion, place(motion.from), span, random)];
    default:
      return motion satisfies never;
  }
}

type Route = Extract<SimulatedMotion, { kind: "route" | "swarm" }>;
type Span = Pick<Flight, "startS" | "endS">;

function flyRoute(
  { points, cruiseMps, accelMps2 = DRONE_ACCEL_MPS2, startsMoving = false }: Route,
  place: (point: Waypoint) => EnuM,
  span: Span,
  random: Random,
): Trajectory {
  const stops: RoutePoint[] = points.map((point) => ({
    posEnuM: place(point),
    speedMps: point.speedMps ?? cruiseMps,
    holdS: point.holdS ?? 0,
  }));
  const from = stops[0]?.posEnuM ?? [0, 0, 0];
  const velocity = startsMoving ? towards(from, stops[1]?.posEnuM ?? from, cruiseMps) : undefined;
  return fly({ from, ...(velocity && { velocity }), ...span, accelMps2 }, routePilot(stops, accelMps2, random.normal));
}

function towards(from: EnuM, to: EnuM, speedMps: number): EnuM {
  const [e, n, u] = [to[0] - from[0], to[1] - from[1], to[2] - from[2]] as const;
  const distanceM = Math.sqrt(e * e + n * n + u * u);
  return distanceM === 0 ? [0, 0, 0] : [(e * speedMps) / distanceM, (n * speedMps) / distanceM, (u * speedMps) / distanceM];
}

/** With the wind, in gusts that come and go within half a minute. */
function flyDrift(
  { windEastMps, windNorthMps, climbMps }: Extract<SimulatedMotion, { kind: "drift" }>,
  from: EnuM,
  span: Span,
  random: Random,
): Trajectory {
  const gust = [0, 0];
  return fly(
    { from, velocity: [windEastMps, windNorthMps, climbMps], ...span, accelMps2: BALLOON_ACCEL_MPS2 },
    (_craft, wantedMps) => {
      for (let axis = 0; axis < 2; axis++) gust[axis] = 0.998 * (gust[axis] as number) + 0.04 * random.normal();
      wantedMps[0] = windEastMps + (gust[0] as number);
      wantedMps[1] = windNorthMps + (gust[1] as number);
      wantedMps[2] = climbMps;
      return true;
    },
  );
}
