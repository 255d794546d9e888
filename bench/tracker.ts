/**
 * Runs the tracker over the bench's scenarios, each stripped of what only the scorer may know, and prints its scores beside the goals,
 * and beside the reference peer in the same run where python3 with numpy and scipy is there.
 * Usage: node bench/tracker.ts [--only S1,S3] [--look-alikes 20] [--no-shared] [--no-peer] [--strict]
 * A line of second t knows what was received 50 ms later, as the scorer grants and the peer takes; with --strict ours knows what was
 * received by t, and the peer still takes each look when it is measured.
 * Scenarios are read from $PICKET_SHARED/bench (default ../shared/bench) unless --no-shared; look-alikes of every kind but S8, whose cost
 * tracker-plots measures, and C1, which claims judges, are simulated, every other one with a meta.json that lies.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { BENCH_KINDS } from "@picket/sim";
import { scoreScenario } from "../apps/cli/src/score.ts";
import { simulateCommand } from "../apps/cli/src/simulate.ts";
import { stripScenario } from "./tracker-strip.ts";
import { type Extra, fileNameOf, groupOf, kindOf, meanAndError, type Run, tableOf } from "./tracker-table.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    "look-alikes": { type: "string", default: "0" },
    "no-shared": { type: "boolean", default: false },
    "no-peer": { type: "boolean", default: false },
    strict: { type: "boolean", default: false },
  },
});
const root = join(import.meta.dirname, "..");
const bench = join(process.env["PICKET_SHARED"] ?? join(root, "../shared"), "bench");
const work = mkdtempSync(join(tmpdir(), "picket-tracker-bench-"));
const hasPython =
  existsSync(join(bench, "peer_pmb.py")) && spawnSync("python3", ["-c", "import numpy, scipy"], { stdio: "ignore" }).status === 0;
const only = values.only?.split(",");

/** The peer's settings per kind, as the bench states them; ours has one setting for all. */
const PEER_SETTINGS: Readonly<Record<string, readonly string[]>> = {
  S2: ["--q", "0.7"],
  S4: ["--q", "1"],
  S4m: ["--q", "1"],
  S5: ["--no-rid"],
  S5b: ["--no-rid"],
  S10: ["--q", "60"],
};

async function scenarioDirs(): Promise<readonly string[]> {
  const dirs: string[] = [];
  const scenarios = join(bench, "scenarios");
  if (values["no-shared"]) console.error("look-alikes only");
  else if (existsSync(scenarios))
    for (const name of readdirSync(scenarios).sort()) {
      const dir = join(scenarios, name);
      if (existsSync(join(dir, "meta.json"))) dirs.push(dir);
      else for (const inner of readdirSync(dir)) dirs.push(join(dir, inner));
    }
  else console.log(`no scenarios in ${scenarios}: set PICKET_SHARED`);
  for (let k = 0; k < Number(values["look-alikes"]); k++)
    for (const kind of BENCH_KINDS.filter(
      (name) => name !== "S8" && name !== "C1" && (only === undefined || only.includes(name)),
    )) {
      // Registration is judged by what the same scenario gives without the bias.
      for (const lies of kind === "R1" ? [false, true] : [k % 2 === 1]) {
        const out = join(work, `${kind}-${lies ? "lied" : "like"}${k}`);
        await simulateCommand({ kind, seed: `bench-${k}`, lies, out });
        dirs.push(out);
      }
    }
  return dirs.filter((dir) => only === undefined || only.includes(kindOf(dir)));
}

/** Figures that only the reference scorer works out. */
function extraOf(dir: string, tracks: string): Extra {
  if (!hasPython) return {};
  const ran = spawnSync("python3", [join(bench, "score.py"), dir, tracks, "--json"], { encoding: "utf8" });
  if (ran.status !== 0) throw new Error(`score.py failed on ${dir}: ${ran.stderr}`);
  return JSON.parse(ran.stdout.replaceAll(/\bNaN\b/g, "null")) as Extra;
}

function runOurs(dir: string, stripped: string): Run {
  const out = join(work, `${fileNameOf(dir)}.jsonl`);
  const args = ["track", stripped, "--out", out, ...(values.strict ? ["--strict"] : [])];
  const ran = spawnSync(process.execPath, [join(root, "apps/cli/bin/picket.mjs"), ...args], { encoding: "utf8" });
  const timing = /mean (\S+) p95 (\S+) max \S+ ms per look, mean (\S+) p95 \S+ ms per second, peak (\d+) MB/.exec(ran.stderr);
  if (!timing) throw new Error(`picket track failed on ${dir}: ${ran.stderr}`);
  return {
    score: scoreScenario({ scenarioDir: dir, tracks: out }),
    extra: extraOf(dir, out),
    meanMs: Number(timing[1]),
    p95Ms: Number(timing[2]),
    secondMs: Number(timing[3]),
    peakMb: Number(timing[4]),
  };
}

function runPeer(dir: string, stripped: string): Run | undefined {
  if (!hasPython || values["no-peer"]) return undefined;
  const out = join(work, `${fileNameOf(dir)}.peer.jsonl`);
  const ran = spawnSync("python3", [join(bench, "peer_pmb.py"), stripped, out, ...(PEER_SETTINGS[kindOf(dir)] ?? [])], {
    encoding: "utf8",
  });
  if (ran.status !== 0) throw new Error(`peer_pmb.py failed on ${dir}: ${ran.stderr}`);
  const timing = JSON.parse(ran.stdout) as { mean_s: number; s_per_sim_s: number; p95_s: number; peak_mb: number };
  const score = scoreScenario({ scenarioDir: dir, tracks: out });
  const { mean_s, p95_s, s_per_sim_s, peak_mb } = timing;
  return { score, extra: {}, meanMs: 1000 * mean_s, p95Ms: 1000 * p95_s, secondMs: 1000 * s_per_sim_s, peakMb: peak_mb };
}

const groups = new Map<string, { ours: Run[]; peer: Run[] }>();
for (const dir of await scenarioDirs()) {
  const group = groups.get(groupOf(dir)) ?? { ours: [], peer: [] };
  groups.set(groupOf(dir), group);
  const stripped = stripScenario(dir, join(work, "stripped"));
  const ours = runOurs(dir, stripped);
  const peer = runPeer(dir, stripped);
  rmSync(stripped, { recursive: true });
  group.ours.push(ours);
  if (peer) group.peer.push(peer);
  console.error(`${fileNameOf(dir)}: ${ours.score.gospa.toFixed(2)}${peer ? `, peer ${peer.score.gospa.toFixed(2)}` : ""}`);
}
rmSync(work, { recursive: true });
console.log(`node ${process.versions.node}, ${cpus()[0]?.model ?? "unknown processor"}\n`);
console.log(tableOf(groups));
const ratios = [...groups.values()].flatMap(({ ours, peer }) =>
  peer.map((run, k) => (ours[k]?.score.gospa ?? Number.NaN) / run.score.gospa),
);
if (ratios.length > 0) console.log(`\nGOSPA against the peer, over all scenarios: ${meanAndError(ratios)}`);
const unbiased = groups.get("R1-like")?.ours ?? [];
const biased = groups.get("R1-lied")?.ours ?? [];
const costs = biased.map((run, k) => run.score.gospa / (unbiased[k]?.score.gospa ?? Number.NaN));
if (costs.length > 0)
  console.log(`\nGOSPA with one radar biased against the same flights without (goal ≤ 1.05): ${meanAndError(costs)}`);
const [few, many] = ["S8-n300", "S8-n3000"].map((group) => groups.get(group)?.ours[0]?.secondMs);
if (few !== undefined && many !== undefined)
  console.log(
    `\nS8, 300 to 3,000 drones: ${few.toFixed(1)} to ${many.toFixed(1)} ms a second, ×${(many / few).toFixed(1)} (goal ≤ ×11, ≤ 35 ms)`,
  );
