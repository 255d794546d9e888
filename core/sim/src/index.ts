export type { BenchMeta, BenchOptions, BenchRadar, BenchScenario } from "./bench/bench-scenario.ts";
export { BENCH_KINDS, type BenchKind, generateBench } from "./bench/generate-bench.ts";
export { type DemoFeed, demoFeeds } from "./demo/demo-feeds.ts";
export { demoScenario } from "./demo/demo-scenario.ts";
export { demoSite } from "./demo/demo-site.ts";
export { createRandom, type Random } from "./random.ts";
export { createSimulation, type Simulation, type TrueState, type WalkState, type WireEvent } from "./simulation.ts";
