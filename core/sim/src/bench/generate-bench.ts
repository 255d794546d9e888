import { createRandom } from "../random.ts";
import { featureSamples } from "./bench-features.ts";
import type { BenchOptions, BenchScenario } from "./bench-scenario.ts";
import { birds } from "./scenes/birds.ts";
import { border, sweep } from "./scenes/border.ts";
import { manyClaims } from "./scenes/claims.ts";
import { fpv } from "./scenes/fpv.ts";
import { multisensor, remoteId } from "./scenes/multisensor.ts";
import { notch } from "./scenes/notch.ts";
import { quiet } from "./scenes/quiet.ts";
import { crossing, raid20, single } from "./scenes/raid.ts";
import { registration } from "./scenes/registration.ts";
import type { Recipe } from "./scenes/statement.ts";
import { mergedSwarm, swarm } from "./scenes/swarm.ts";
import { writeBench } from "./write-bench.ts";

const RECIPES = {
  S1: single,
  S2: crossing,
  S3: raid20,
  S4: swarm,
  S4m: mergedSwarm,
  S5: multisensor,
  S5b: remoteId,
  S6: birds,
  S7: border,
  S8: sweep,
  S9: notch,
  S10: fpv,
  S11: quiet,
  R1: registration,
  C1: manyClaims,
} as const satisfies Readonly<Record<string, Recipe>>;

export type BenchKind = keyof typeof RECIPES;
export const BENCH_KINDS = Object.keys(RECIPES) as readonly BenchKind[];

/** Makes a scenario like one of the bench's own: the same sensors and manner of flight, other chance. */
export function generateBench(kind: BenchKind, options: BenchOptions): BenchScenario {
  const random = createRandom(`${kind}/${options.seed}`);
  const { stem, scene } = RECIPES[kind];
  const made = scene(options, `${stem}-${options.seed}`, random);
  const scenario = writeBench(made, random.fork("looks"));
  const hasFeatures = [...made.radars.values()].some((radar) => radar.hasFeatures);
  return hasFeatures ? { ...scenario, samples: featureSamples(random.fork("samples")) } : scenario;
}
