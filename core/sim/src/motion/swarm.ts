import type { EnuM } from "@picket/geo";
import type { Random } from "../random.ts";
import { type Flight, fly } from "./fly.ts";
import { kinematicsInto, type Trajectory } from "./trajectory.ts";

/** How strongly a member answers, per second: to its place in the swarm, and to a neighbour that is too near. */
const COHESION_PER_S = 0.5;
const SEPARATION_PER_S = 1.2;
const UNREST_MPS = 0.3;

/**
 * Members that follow a leader's path, each drawn to its own place around it and pushed off by neighbours nearer than `spacingM`. They are
 * flown one after the other: each heeds those before it.
 *
 * @source Reynolds, "Flocks, herds and schools", SIGGRAPH 1987: cohesion, alignment (here with the leader) and separation.
 */
export function flySwarm(
  leader: Trajectory,
  { count, spacingM }: Readonly<{ count: number; spacingM: number }>,
  flight: Pick<Flight, "startS" | "endS" | "accelMps2">,
  random: Random,
): Trajectory[] {
  const members: Trajectory[] = [];
  const lead = new Float64Array(6);
  const other = new Float64Array(6);
  if (!kinematicsInto(leader, flight.startS, lead)) return members;
  const [e = 0, n = 0, u = 0, ve = 0, vn = 0, vu = 0] = lead;
  for (let member = 0; member < count; member++) {
    const place = placeInSwarm(member, spacingM, random);
    const from = [e + place[0], n + place[1], Math.max(5, u + place[2])] as const;
    const flown = fly({ from, velocity: [ve, vn, vu], ...flight }, ({ tS, pos }, wantedMps) => {
      if (!kinematicsInto(leader, tS, lead)) return false;
      for (let axis = 0; axis < 3; axis++) {
        const pull = (lead[axis] as number) + (place[axis] as number) - (pos[axis] as number);
        wantedMps[axis] = (lead[3 + axis] as number) + COHESION_PER_S * pull + UNREST_MPS * random.normal();
      }
      for (const before of members) {
        if (kinematicsInto(before, tS, other)) keepOff(pos, other, spacingM, wantedMps);
      }
      return true;
    });
    members.push(flown);
  }
  return members;
}

/** A loose disc that grows with the number of members, each shaken by a quarter of the spacing. */
function placeInSwarm(member: number, spacingM: number, random: Random): EnuM {
  const radiusM = spacingM * Math.sqrt(member);
  const angleRad = member * 2.399_963; // the golden angle spreads points evenly over a disc
  const shaken = () => 0.25 * spacingM * random.normal();
  return [radiusM * Math.cos(angleRad) + shaken(), radiusM * Math.sin(angleRad) + shaken(), shaken()];
}

function keepOff(pos: Float64Array, other: Float64Array, spacingM: number, wantedMps: Float64Array | number[]): void {
  const away = [0, 1, 2].map((axis) => (pos[axis] as number) - (other[axis] as number)) as [number, number, number];
  const distanceM = Math.sqrt(away[0] * away[0] + away[1] * away[1] + away[2] * away[2]);
  if (distanceM >= spacingM || distanceM === 0) return;
  const push = (SEPARATION_PER_S * (spacingM - distanceM)) / distanceM;
  for (let axis = 0; axis < 3; axis++) wantedMps[axis] = (wantedMps[axis] as number) + push * (away[axis] as number);
}
