import { playRun } from "./tracker-plots-runs.ts";
import type { Plot } from "./tracker-plots-svg.ts";

const SIZES = [10, 30, 100, 300, 1000, 3000, 10_000];
/** The first seconds begin every track there is, once: they are left out. */
const WARM_S = 8;

/**
 * Milliseconds that a second of air costs (one look of every radar, 250 drones before each) against the number of drones at constant density,
 * and the exponent of the power law from 100 on.
 */
export async function growth(): Promise<{ plot: Plot; lines: readonly string[] }> {
  const points: [number, number][] = [];
  for (const targets of SIZES) {
    const { tookMs, durationS } = await playRun({ kind: "S8", seed: "growth", targets });
    const perSecond = Math.round(tookMs.length / (durationS + 1));
    const seconds = Array.from({ length: durationS + 1 }, (_, s) =>
      tookMs.slice(s * perSecond, (s + 1) * perSecond).reduce((sum, ms) => sum + ms, 0),
    );
    const warm = seconds.slice(WARM_S).toSorted((a, b) => a - b);
    points.push([targets, warm[Math.floor(warm.length / 2)] ?? Number.NaN]);
  }
  const { exponent, at } = powerLaw(points.filter(([n]) => n >= 100));
  const fitted = [100, SIZES.at(-1) ?? 100].map((n) => [n, at(n)] as const);
  return {
    plot: {
      title: "Cost of a second of air at constant density",
      xLabel: "drones",
      yLabel: "ms a second, median",
      isLogarithmic: true,
      marks: [
        { kind: "dots", label: "measured", points },
        { kind: "line", label: `n^${exponent.toFixed(2)}`, points: fitted },
      ],
    },
    lines: [`growth n^${exponent.toFixed(2)}: ${points.map(([n, ms]) => `${n}: ${ms.toFixed(2)} ms`).join(", ")}`],
  };
}

/** Least squares of ln y on ln x. */
function powerLaw(points: readonly (readonly [number, number])[]): { exponent: number; at: (x: number) => number } {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (axis: 0 | 1): number => logs.reduce((sum, point) => sum + point[axis], 0) / logs.length;
  const [mx, my] = [mean(0), mean(1)];
  const slope = logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  return { exponent: slope, at: (x) => Math.exp(my + slope * (Math.log(x) - mx)) };
}
