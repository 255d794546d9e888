import type { TrackState } from "@picket/tracker";
import { type PlayedRun, playRun } from "./tracker-plots-runs.ts";
import type { Plot } from "./tracker-plots-svg.ts";

/** Normalised squared error of every run in every second: of the estimate, and of what each look said against what was expected. */
export type Consistency = Readonly<{ plots: readonly [name: string, plot: Plot][]; lines: readonly string[] }>;

const FROM_S = 15;
const DIMENSIONS = 3;
/** 0.95 of a chi-squared variable with two degrees of freedom lies below. */
const ELLIPSE_95 = 5.991;
const NORMAL_95 = 1.96;

/**
 * NEES and NIS over Monte Carlo runs of one manoeuvring drone in clutter (look-alikes of S1). With N runs the mean of a consistent filter lies in
 * chi²(3N)/N with probability 0.95, here by Wilson and Hilferty's approximation.
 *
 * @source Bar-Shalom, Li & Kirubarajan (2001), sections 5.4.2 and 5.4.3.
 */
export async function consistency(runs: number): Promise<Consistency> {
  const nees = new Map<number, number[]>();
  const nis = new Map<number, number[]>();
  const horizontal: number[] = [];
  const vertical: number[] = [];
  let [inEllipse, judged] = [0, 0];
  for (let k = 0; k < runs; k++) {
    const run = await playRun({ kind: "S1", seed: `plots-${k}`, keepsExpected: true });
    for (let s = FROM_S; s <= run.durationS; s++) {
      const truth = run.truth.get(s)?.[0];
      const track = mainTrack(run.tracks.get(s) ?? []);
      if (!truth || !track) continue;
      const off = [truth.x - track.posEnuM[0], truth.y - track.posEnuM[1], truth.z - track.posEnuM[2]] as const;
      push(nees, s, squared(off, positionCovariance(track)));
      horizontal.push(Math.hypot(off[0], off[1]));
      vertical.push(Math.abs(off[2]));
      judged++;
      if (squared2(off, track.covariance) <= ELLIPSE_95) inEllipse++;
    }
    takeInnovations(run, nis);
  }
  const figures = [meanOf(nees), meanOf(nis)];
  return {
    plots: [
      ["nees", timePlot(`NEES of position over ${runs} runs`, nees, runs)],
      ["nis", timePlot(`NIS of plots over ${runs} runs`, nis, runs)],
    ],
    lines: [
      `NEES ${figures[0]?.toFixed(2)}, NIS ${figures[1]?.toFixed(2)} of ${DIMENSIONS} (mean over ${runs} runs; ${share(nees, runs)} of the seconds of NEES and ${share(nis, runs)} of NIS within the 95 % band or below it)`,
      `95 % ellipse holds ${((100 * inEllipse) / judged).toFixed(1)} % of ${judged} seconds`,
      `horizontal error median ${quantile(horizontal, 0.5)} m, 95 % ${quantile(horizontal, 0.95)} m; vertical ${quantile(vertical, 0.5)} m, ${quantile(vertical, 0.95)} m`,
    ],
  };
}

const mainTrack = (tracks: readonly TrackState[]): TrackState | undefined =>
  tracks.filter(({ confirmed }) => confirmed).toSorted((a, b) => b.existence - a.existence || a.serial - b.serial)[0];

/** What each plot that is of the drone said, less what was expected, in the frame of the site. */
function takeInnovations(run: PlayedRun, into: Map<number, number[]>): void {
  for (const { look, tracks } of run.expected) {
    const second = Math.round(look.measuredMs / 1000);
    const truth = run.truth.get(second)?.[0];
    const track = mainTrack(tracks);
    if (second < FROM_S || !truth || !track) continue;
    for (const { measurement: m } of look.detections) {
      if (m.kind !== "polar" || m.elevationRad === undefined) continue;
      const [sa, ca, se, ce] = [
        Math.sin(m.azimuthRad),
        Math.cos(m.azimuthRad),
        Math.sin(m.elevationRad),
        Math.cos(m.elevationRad),
      ];
      const plot = [m.rangeM * ce * sa, m.rangeM * ce * ca, 10 + m.rangeM * se] as const;
      const axes = [
        { d: [ce * sa, ce * ca, se], sigma: m.rangeSigmaM },
        { d: [ca, -sa, 0], sigma: m.rangeM * ce * m.azimuthSigmaRad },
        { d: [-se * sa, -se * ca, ce], sigma: m.rangeM * (m.elevationSigmaRad ?? m.azimuthSigmaRad) },
      ] as const;
      // Only the plot that is truly of the drone tells of the filter; the others tell of the gate.
      const miss = axes.reduce(
        (sum, { d, sigma }) =>
          sum + ((d[0] * (plot[0] - truth.x) + d[1] * (plot[1] - truth.y) + d[2] * (plot[2] - truth.z)) / sigma) ** 2,
        0,
      );
      if (miss > 20) continue;
      const covariance = positionCovariance(track);
      for (const { d, sigma } of axes)
        for (let i = 0; i < 3; i++)
          for (let j = 0; j < 3; j++)
            covariance[3 * i + j] = (covariance[3 * i + j] ?? 0) + sigma * sigma * (d[i] ?? 0) * (d[j] ?? 0);
      const off = [plot[0] - track.posEnuM[0], plot[1] - track.posEnuM[1], plot[2] - track.posEnuM[2]] as const;
      push(into, second, squared(off, covariance));
    }
  }
}

const positionCovariance = ({ covariance: c }: TrackState): number[] => [0, 1, 2, 6, 7, 8, 12, 13, 14].map((at) => c[at] ?? 0);

/** dᵀ P⁻¹ d for 3×3. */
function squared(d: readonly [number, number, number], p: readonly number[]): number {
  const [a = 0, b = 0, c = 0, , e = 0, f = 0, , , i = 0] = p;
  const [A, B, C] = [e * i - f * f, c * f - b * i, b * f - c * e];
  const [E, F, I] = [a * i - c * c, b * c - a * f, a * e - b * b];
  const determinant = a * A + b * B + c * C;
  const [x, y, z] = d;
  return (x * x * A + y * y * E + z * z * I + 2 * (x * y * B + x * z * C + y * z * F)) / determinant;
}

function squared2([e, n]: readonly [number, number, number], c: Float64Array): number {
  const [ee, en, nn] = [c[0] ?? 0, c[1] ?? 0, c[7] ?? 0];
  return (nn * e * e - 2 * en * e * n + ee * n * n) / (ee * nn - en * en);
}

function timePlot(title: string, values: ReadonlyMap<number, readonly number[]>, runs: number): Plot {
  const seconds = [...values.keys()].toSorted((a, b) => a - b);
  const mean = seconds.map((s) => [s, average(values.get(s) ?? [])] as const);
  const band = seconds.map((s) => [s, ...bandOf(values.get(s)?.length ?? runs)] as const);
  return {
    title,
    xLabel: "seconds",
    yLabel: `mean, ${DIMENSIONS} expected`,
    y: [0, Math.max(6, ...mean.map(([, y]) => y))],
    marks: [
      { kind: "band", label: "95 % band of a consistent filter", points: band },
      { kind: "line", label: "measured", points: mean },
    ],
  };
}

/** The 95 % band of the mean of n chi-squared variables of three degrees of freedom. @source Wilson & Hilferty (1931). */
function bandOf(n: number): [number, number] {
  const degrees = DIMENSIONS * n;
  const spread = 2 / (9 * degrees);
  return [-NORMAL_95, NORMAL_95].map((z) => (degrees * (1 - spread + z * Math.sqrt(spread)) ** 3) / n) as [number, number];
}

/** Seconds whose mean is not above the band: an estimate that is surer than it says harms nobody. */
function share(values: ReadonlyMap<number, readonly number[]>, runs: number): string {
  const inside = [...values.values()].filter((all) => average(all) <= bandOf(all.length || runs)[1]).length;
  return `${((100 * inside) / values.size).toFixed(0)} %`;
}

const push = (map: Map<number, number[]>, key: number, value: number): void => {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
};
const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const meanOf = (values: ReadonlyMap<number, readonly number[]>): number => average([...values.values()].flat());
const quantile = (values: readonly number[], share: number): string =>
  (values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? Number.NaN).toFixed(1);
