import { createLocalFrame, enuBetweenInto, type LocalFrame, type Rotation, rotateInto, rotationBetween } from "@picket/geo";
import type { Sensor } from "@picket/model";

/** Where a sensor stands, and how the scenario's frame is turned against its own. */
export type Stand = Readonly<{ own: LocalFrame; scenario: LocalFrame; toOwn: Rotation }>;

/** Something as a sensor has it before itself: slant range, azimuth from true north, elevation, and speed away from it. */
export type View = Readonly<{ rangeM: number; azimuthRad: number; elevationRad: number; rangeRateMps: number }>;

/** A sensor without a height of its own stands on the ground; its antenna height is then not known and taken as 0. */
export function standOf({ latDeg, lonDeg, height }: Sensor, scenario: LocalFrame, groundHaeM: number): Stand {
  const aboveM = height === undefined ? 0 : height.reference === "hae" ? height.valueM - groundHaeM : height.valueM;
  const own = createLocalFrame({ latDeg, lonDeg, altHaeM: groundHaeM + aboveM });
  return { own, scenario, toOwn: rotationBetween(scenario, own) };
}

/** How an object of [e, n, u, ve, vn, vu] in the scenario's frame looks from a sensor. */
export function viewFrom({ own, scenario, toOwn }: Stand, state: Float64Array): View {
  const pos: [number, number, number] = [0, 0, 0];
  const vel: [number, number, number] = [0, 0, 0];
  enuBetweenInto(scenario, own, state, pos);
  rotateInto(toOwn, state[3] as number, state[4] as number, state[5] as number, vel);
  const groundM = Math.sqrt(pos[0] * pos[0] + pos[1] * pos[1]);
  const rangeM = Math.sqrt(groundM * groundM + pos[2] * pos[2]);
  return {
    rangeM,
    azimuthRad: Math.atan2(pos[0], pos[1]),
    elevationRad: Math.atan2(pos[2], groundM),
    rangeRateMps: rangeM > 0 ? (pos[0] * vel[0] + pos[1] * vel[1] + pos[2] * vel[2]) / rangeM : 0,
  };
}
