import { type EnuM, wrapHalfTurnRad } from "@picket/geo";
import { kinematicsInto } from "../motion/trajectory.ts";
import type { Random } from "../random.ts";
import { polarFrom } from "./bench-radar.ts";
import type { BenchBroadcast, BenchFinder, BenchReceiver, BenchTarget, FinderReality } from "./bench-scenario.ts";

/** One bearing; `truth` is who sent: a target, its controller on the ground (`OP-` and its id), or `null` for nobody. */
export type BenchBearing = Readonly<{ az: number; saz: number; truth: string | null }>;

/** How often a controller is heard and not its aircraft, where a scenario has controllers. */
const CONTROLLER_SHARE = 0.5;

/** One look of a direction finder. */
export function listen(
  finder: BenchFinder,
  reality: FinderReality,
  targets: readonly BenchTarget[],
  tS: number,
  random: Random,
): BenchBearing[] {
  const state = new Float64Array(6);
  const bearings: BenchBearing[] = [];
  for (const { id, trajectory } of targets) {
    if (!reality.emitters.includes(id) || !kinematicsInto(trajectory, tS, state)) continue;
    const operator = reality.operators.get(id);
    const isOperator = operator !== undefined && random.chance(CONTROLLER_SHARE);
    if (isOperator) state.set(operator);
    const { r, az } = polarFrom(finder.pos, state);
    if (r > finder.rmax || !random.chance(finder.pd)) continue;
    const isGross = random.chance(reality.gross);
    const heard = isGross ? random.between(-Math.PI, Math.PI) : az + reality.biasRad + finder.saz * random.normal();
    bearings.push({ az: wrapHalfTurnRad(heard), saz: finder.saz, truth: isOperator ? `OP-${id}` : id });
  }
  for (let left = random.poisson(finder.clutter_per_scan); left > 0; left--)
    bearings.push({ az: random.between(-Math.PI, Math.PI), saz: finder.saz, truth: null });
  random.shuffle(bearings);
  return bearings;
}

/** One stated position, and which receivers got it. */
export type Heard = Readonly<{
  tS: number;
  receivers: readonly BenchReceiver[];
  line: Readonly<{
    x: number;
    y: number;
    z: number;
    sx: number;
    sy: number;
    sz: number;
    rid: string;
    tx?: string;
    stamp?: number;
    truth: string;
    spoof?: true;
  }>;
}>;

/** A message a second over the life of its sender, each heard by every receiver in range that does not lose it. */
export function broadcastsOf(
  broadcast: BenchBroadcast,
  receivers: readonly BenchReceiver[],
  durationS: number,
  random: Random,
): Heard[] {
  const { target, offset, latencyS, phaseS, errors, stated, rid, tx, kind } = broadcast;
  const heard: Heard[] = [];
  const now = new Float64Array(6);
  const said = new Float64Array(6);
  const error: [number, number, number] = [0, 1, 2].map(() => random.normal()) as [number, number, number];
  const keeps = errors.lastsS > 0 ? Math.exp(-1 / errors.lastsS) : 0;
  for (let tS = phaseS; tS <= durationS; tS += 1) {
    for (let axis = 0; axis < 3; axis++)
      error[axis] = keeps * (error[axis] as number) + Math.sqrt(1 - keeps * keeps) * random.normal();
    if (!kinematicsInto(target.trajectory, tS, now) || !kinematicsInto(target.trajectory, tS - latencyS, said)) continue;
    const near = receivers.filter(({ pos, range = Infinity, pd = 1 }) => isNear(now, pos, range) && random.chance(pd));
    const stamp = rounded(tS, 1e3);
    heard.push({
      tS: stamp,
      receivers: near,
      line: {
        x: rounded((said[0] as number) + offset[0] + errors.horizontalM * error[0], 10),
        y: rounded((said[1] as number) + offset[1] + errors.horizontalM * error[1], 10),
        z: rounded((said[2] as number) + offset[2] + errors.verticalM * error[2], 10),
        ...stated,
        rid,
        ...(tx !== undefined && { tx, stamp }),
        truth: target.id,
        ...(kind === "spoof" && { spoof: true }),
      },
    });
  }
  return heard;
}

function isNear([x = 0, y = 0, z = 0]: Float64Array, pos: EnuM | undefined, rangeM: number): boolean {
  if (!pos) return true;
  const [e, n, u] = [x - pos[0], y - pos[1], z - pos[2]];
  return e * e + n * n + u * u <= rangeM * rangeM;
}

const rounded = (value: number, perUnit: number): number => Math.round(value * perUnit) / perUnit;
