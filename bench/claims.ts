/**
 * Puts many broadcast claims to the test, honest ones and false ones, as a site would, and prints how many honest ones were contradicted and
 * how soon the false ones were: C1 of core/sim, in every fourth run as stated, with a pD of 0.75, and each of both with a meta.json that lies.
 * Usage: node bench/claims.ts [--runs 350] [--from 0] [--kind C1]
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { simulateCommand } from "../apps/cli/src/simulate.ts";
import { CLAIM_PREFIX, readLooks, readScenario } from "../apps/cli/src/track-scenario.ts";
import { createTruthTester } from "../apps/cli/src/track-truth.ts";
import { stripScenario } from "./tracker-strip.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "350" },
    from: { type: "string", default: "0" },
    kind: { type: "string", default: "C1" },
  },
});

/** A false claim is to be contradicted so soon. */
const GOAL_S = 10;
/** As near as an honest claim's sender may be, by its offset and lateness. */
const BESIDE_M = 250;

type Claim = Readonly<{ truth: string; spoof: boolean; kind: string; offset: readonly [number, number, number] }>;
type Truth = Readonly<{
  rids: Readonly<Record<string, Claim>>;
  places: readonly Readonly<{ t: number; id: string; x: number; y: number }>[];
}>;

/** When a claim was first broadcast to a receiver that heard it, and the seconds at which it was contradicted. */
type Judged = { fromS: number; contradictedS: number[] };

async function judge(dir: string): Promise<ReadonlyMap<string, Judged>> {
  const scenario = readScenario(dir);
  const tester = createTruthTester(scenario);
  const judged = new Map<string, Judged>();
  let second = 0;
  const tick = (untilS: number): void => {
    for (; second <= untilS; second++)
      for (const { rid, verdict } of tester.verdicts(second))
        if (verdict === "contradicted") judged.get(rid)?.contradictedS.push(second);
  };
  for await (const look of readLooks(dir, scenario)) {
    tick(Math.ceil(look.receivedMs / 1000) - 1);
    for (const { claim } of look.detections) {
      const rid = claim?.slice(CLAIM_PREFIX.length);
      if (rid === undefined) continue;
      const known = judged.get(rid) ?? { fromS: Number.POSITIVE_INFINITY, contradictedS: [] };
      judged.set(rid, { ...known, fromS: Math.min(known.fromS, look.measuredMs / 1000) });
    }
    tester.look(look);
  }
  tick(scenario.durationS);
  return judged;
}

const WAYS = [{}, { lies: true }, { detectionProbability: 0.75 }, { detectionProbability: 0.75, lies: true }] as const;
const work = mkdtempSync(join(tmpdir(), "picket-claims-bench-"));
let honest = 0;
let wronged = 0;
const tookS = { "alone there": [] as number[], "beside another drone": [] as number[] };
for (let run = Number(values.from), left = Number(values.runs); left > 0; run++, left--) {
  const [out, stripped] = [join(work, "made"), join(work, "stripped")];
  const { detectionProbability, lies } = { detectionProbability: 0.85, lies: false, ...WAYS[run % WAYS.length] };
  await simulateCommand({ kind: values.kind, seed: `claims-${run}`, detectionProbability, lies, out });
  const truth = readTruth(out);
  for (const [rid, { fromS, contradictedS }] of await judge(stripScenario(out, stripped))) {
    const claim = truth.rids[rid];
    if (!claim) throw new Error(`run ${run} has no ${rid}`);
    const [firstS = Number.POSITIVE_INFINITY] = contradictedS;
    const awayM = claim.spoof ? nearestM(truth, claim, fromS) : 0;
    if (claim.spoof) tookS[awayM <= BESIDE_M ? "beside another drone" : "alone there"].push(firstS - fromS);
    else honest++;
    if (claim.spoof ? firstS - fromS <= GOAL_S : contradictedS.length === 0) continue;
    if (!claim.spoof) wronged++;
    const place = claim.spoof ? `, ${Math.round(awayM)} m from another drone` : "";
    console.error(
      `run ${run}, ${rid}, ${claim.kind}${place}: from ${fromS} s, contradicted at ${firstS} s for ${contradictedS.length} s`,
    );
  }
}
rmSync(work, { recursive: true });
console.log(
  `honest claims judged: ${honest}; wrongly contradicted: ${wronged}, at 95 % no more than ${percent(mostShare(wronged, honest))}`,
);
tell("false claims", Object.values(tookS).flat());
for (const [where, seconds] of Object.entries(tookS)) tell(where, seconds);

function tell(who: string, seconds: number[]): void {
  seconds.sort((a, b) => a - b);
  const quantile = (q: number): string =>
    `${100 * q} % ${(seconds[Math.min(seconds.length - 1, Math.floor(q * seconds.length))] ?? Number.NaN).toFixed(1)}`;
  const within = (s: number): string => {
    const share = seconds.filter((took) => took <= s).length / seconds.length;
    return `${percent(share)} ± ${percent(Math.sqrt((share * (1 - share)) / seconds.length))} within ${s} s`;
  };
  console.log(
    `${who}: ${seconds.length}, contradicted ${within(GOAL_S)}, ${within(2 * GOAL_S)}; seconds ${[0.5, 0.9, 0.95, 0.99, 1].map(quantile).join(", ")}`,
  );
}

function readTruth(dir: string): Truth {
  const { rids } = JSON.parse(readFileSync(join(dir, "answers.json"), "utf8")) as Pick<Truth, "rids">;
  const lines = gunzipSync(readFileSync(join(dir, "truth.jsonl.gz")))
    .toString()
    .trimEnd()
    .split("\n");
  return { rids, places: lines.map((line) => JSON.parse(line) as Truth["places"][number]) };
}

/** How near another drone comes to where a lie says it is, in the time in which it is to be found out. */
function nearestM({ places }: Truth, { truth, offset }: Claim, fromS: number): number {
  const during = places.filter(({ t }) => t >= fromS && t <= fromS + GOAL_S);
  const lies = new Map(during.filter(({ id }) => id === truth).map((at) => [at.t, at]));
  return Math.min(
    ...during.map(({ id, t, x, y }) => {
      const lie = lies.get(t);
      return lie && id !== truth ? Math.hypot(lie.x + offset[0] - x, lie.y + offset[1] - y) : Number.POSITIVE_INFINITY;
    }),
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/** The share at which so few of so many come about once in twenty. */
function mostShare(few: number, many: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 50; step++) {
    const share = (low + high) / 2;
    let [term, sum] = [Math.exp(many * Math.log1p(-share)), 0];
    for (let i = 0; i <= few; i++) {
      sum += term;
      term *= ((many - i) / (i + 1)) * (share / (1 - share));
    }
    if (sum > 0.05) low = share;
    else high = share;
  }
  return high;
}
