import type { EnuM, Triple } from "@picket/geo";
import type { Trajectory } from "./trajectory.ts";

/** What a pilot sees: the time and the craft's own position and velocity, [east, north, up]. Not to be kept: it changes in place. */
export type Craft = Readonly<{ tS: number; pos: Float64Array; vel: Float64Array }>;

/** Writes the velocity the pilot wants now, m/s; answers false to end the flight here. */
export type Pilot = (craft: Craft, wantedMps: Triple) => boolean;

export type Flight = Readonly<{
  from: EnuM;
  velocity?: EnuM;
  startS: number;
  endS: number;
  /** How hard the craft can pull, m/s². */
  accelMps2: number;
  /** Between samples of the trajectory, seconds; the pilot is asked STEPS_PER_SAMPLE times as often. */
  sampleS?: number;
}>;

const STEPS_PER_SAMPLE = 4;

/** Flies a craft that follows its pilot's wish as fast as its acceleration lets it, by semi-implicit Euler steps. */
export function fly({ from, velocity = [0, 0, 0], startS, endS, accelMps2, sampleS = 0.2 }: Flight, pilot: Pilot): Trajectory {
  const samples = Math.max(1, Math.floor((endS - startS) / sampleS + 1e-9) + 1);
  const pos = new Float64Array(3 * samples);
  const vel = new Float64Array(3 * samples);
  const craft = { tS: startS, pos: Float64Array.from(from), vel: Float64Array.from(velocity) };
  const wanted: Triple = [0, 0, 0];
  const stepS = sampleS / STEPS_PER_SAMPLE;
  let count = 0;
  while (count < samples) {
    pos.set(craft.pos, 3 * count);
    vel.set(craft.vel, 3 * count);
    count++;
    let goesOn = true;
    for (let step = 0; step < STEPS_PER_SAMPLE && goesOn; step++) {
      craft.tS = startS + ((count - 1) * STEPS_PER_SAMPLE + step) * stepS;
      goesOn = pilot(craft, wanted);
      advance(craft, wanted, accelMps2 * stepS, stepS);
    }
    if (!goesOn) break;
  }
  return { startS, stepS: sampleS, count, pos: pos.slice(0, 3 * count), vel: vel.slice(0, 3 * count) };
}

/** Turns the velocity towards the wanted one by at most `pullMps`, then moves by it. */
function advance({ pos, vel }: Craft, wanted: Triple, pullMps: number, stepS: number): void {
  let miss2 = 0;
  for (let axis = 0; axis < 3; axis++) {
    const miss = (wanted[axis] as number) - (vel[axis] as number);
    miss2 += miss * miss;
  }
  const share = miss2 > pullMps * pullMps ? pullMps / Math.sqrt(miss2) : 1;
  for (let axis = 0; axis < 3; axis++) {
    vel[axis] = (vel[axis] as number) + share * ((wanted[axis] as number) - (vel[axis] as number));
    pos[axis] = (pos[axis] as number) + (vel[axis] as number) * stepS;
  }
}
