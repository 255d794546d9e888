import { heldAt, playRun } from "./tracker-plots-runs.ts";
import type { Plot } from "./tracker-plots-svg.ts";

const BINS = 10;
const FROM_S = 10;
const LEAST = 1e-6;

/**
 * How often a track that is given a probability of being a drone is one, over look-alikes of S6 (drones, birds, aircraft), and the mean loss
 * -ln p of the true class; a guess by shares alone loses the classes' entropy.
 */
export async function reliability(runs: number): Promise<{ plot: Plot; lines: readonly string[] }> {
  const bins = Array.from({ length: BINS }, () => ({ said: 0, drones: 0, count: 0 }));
  const share = new Map<string, number>();
  let [loss, count] = [0, 0];
  for (let k = 0; k < runs; k++) {
    const run = await playRun({ kind: "S6", seed: `classes-${k}` });
    for (let s = FROM_S; s <= run.durationS; s++)
      for (const { truth, track } of heldAt(run, s)) {
        const { multirotor, fixedWing, bird, mannedAircraft } = track.classProbabilities;
        const drone = multirotor + fixedWing;
        const right = truth.cls === "drone" ? drone : truth.cls === "bird" ? bird : mannedAircraft;
        loss -= Math.log(Math.max(LEAST, right));
        count++;
        share.set(truth.cls, (share.get(truth.cls) ?? 0) + 1);
        const bin = bins[Math.min(BINS - 1, Math.floor(BINS * drone))];
        if (!bin) continue;
        bin.said += drone;
        bin.drones += truth.cls === "drone" ? 1 : 0;
        bin.count++;
      }
  }
  const points = bins.filter((bin) => bin.count > 0).map((bin) => [bin.said / bin.count, bin.drones / bin.count] as const);
  const error = bins.reduce((sum, bin) => sum + Math.abs(bin.said - bin.drones), 0) / count;
  const entropy = [...share.values()].reduce((sum, n) => sum - (n / count) * Math.log(n / count), 0);
  return {
    plot: {
      title: "Reliability of the probability of a drone",
      xLabel: "said",
      yLabel: "share that were drones",
      x: [0, 1],
      y: [0, 1],
      marks: [
        {
          kind: "line",
          label: "as it should be",
          points: [
            [0, 0],
            [1, 1],
          ],
        },
        { kind: "dots", label: `${count} track-seconds of ${runs} runs`, points },
      ],
    },
    lines: [
      `class log-loss ${(loss / count).toFixed(3)} nats (${entropy.toFixed(3)} for a guess by shares), expected calibration error ${error.toFixed(4)}, ${count} track-seconds`,
    ],
  };
}
