export type { BenchMeta, BenchRadar, BenchScenario } from "./bench/bench-scenario.ts";
export { BENCH_KINDS, type BenchKind, type BenchOptions, generateBench } from "./bench/generate-bench.ts";
export { createRandom, type Random } from "./random.ts";
