/** Points of one second: ids and positions (x, y, z triples), velocities likewise, NaN where there are none. */
export type Points = Readonly<{ ids: readonly string[]; posM: Float64Array; velMps: Float64Array }>;

/** A line of a truth file. Ids may be numbers or text; they are compared as text. */
export type TruthLine = Readonly<
  { t: number; id: string | number; cls: string; x: number; y: number; z: number; pd?: number } & Velocity
>;

/** A line of a track file: a position, a verdict on a claimed identity, or both. */
export type TrackLine = Readonly<
  { t: number; id: string | number; x?: number; y: number; z: number } & Velocity & {
      cls?: string;
      count?: number;
      claim?: boolean;
      rid?: string;
      truth_test?: "genuine" | "unconfirmed" | "contradicted";
    }
>;

type Velocity = Readonly<{ vx?: number; vy?: number; vz?: number }>;

/** A line counts for a whole second when it is this near to it. */
const NEAR_S = 0.05;

/** The whole second that a line speaks of, or `undefined`. Halves go to the even second, as in the reference scorer. */
export function secondOf(t: number): number | undefined {
  const floor = Math.floor(t);
  const half = t - floor;
  const second = half > 0.5 || (half === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
  return Math.abs(t - second) > NEAR_S ? undefined : second;
}

/** A truth line, or a track line that is a position and not only a verdict. */
export const isPosition = (line: TruthLine | TrackLine): boolean =>
  line.x !== undefined && !("claim" in line && line.claim === true);

/** Lines by second; with `cls`, those of this class only. */
export function pointsBySecond(lines: readonly (TruthLine | TrackLine)[], cls?: string): Map<number, Points> {
  const groups = new Map<number, (TruthLine | TrackLine)[]>();
  for (const line of lines) {
    const second = secondOf(line.t);
    if (second === undefined || (cls !== undefined && line.cls !== cls) || !isPosition(line)) continue;
    const group = groups.get(second);
    if (group) group.push(line);
    else groups.set(second, [line]);
  }
  return new Map([...groups].map(([second, group]) => [second, toPoints(group)]));
}

function toPoints(lines: readonly (TruthLine | TrackLine)[]): Points {
  const posM = new Float64Array(3 * lines.length);
  const velMps = new Float64Array(3 * lines.length);
  lines.forEach((line, k) => {
    posM.set([line.x ?? Number.NaN, line.y, line.z], 3 * k);
    velMps.set([line.vx ?? Number.NaN, line.vy ?? Number.NaN, line.vz ?? Number.NaN], 3 * k);
  });
  return { ids: lines.map((line) => String(line.id)), posM, velMps };
}
