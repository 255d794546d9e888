/**
 * The demonstration's ten minutes twice, by the same chance: its radars and nodes in JSON Lines, which lose nothing, and in ASTERIX and
 * SAPIENT, both held against the truth: node bench/asterix-demo.ts [seconds] [seed]
 */
import { type Played, playDemo } from "../e2e/asterix-demo.ts";

const seconds = Number(process.argv[2] ?? 600);
const seed = process.argv[3] ?? "2";
const WORDS = ["JSON Lines", "standards"] as const;

const played = WORDS.map((words) => playDemo(words, seconds, seed));
const line = (name: string, of: (one: Played) => number | undefined, digits = 2) =>
  console.log(name.padEnd(34), ...played.map((one) => (of(one)?.toFixed(digits) ?? "-").padStart(12)));

console.log("".padEnd(34), ...WORDS.map((words) => words.padStart(12)), `   (${seconds} s, seed ${seed})`);
line("GOSPA, m", ({ score }) => score.gospa);
line("missed objects per second", ({ score }) => score.missedPerSecond);
line("false tracks per second", ({ score }) => score.falsePerSecond);
line("marks of nothing on the map", ({ marksOfNothing }) => marksOfNothing);
line("horizontal error, m", ({ score }) => score.hRmse);
line("vertical error, m", ({ score }) => score.vRmse);
line("identity switches", ({ score }) => score.idSwitches, 0);
line("first track of an object after, s", ({ score }) => score.ttft);
line("objects never tracked", ({ score }) => score.neverTracked, 0);
line("class named right, %", ({ namedRight }) => 100 * namedRight, 1);
line("refused", ({ rejected }) => rejected, 0);
line("mean tick, ms", ({ meanTickMs }) => meanTickMs);
for (const kind of new Set(played.flatMap(({ alerts }) => [...alerts.values()])))
  line(`alerts: ${kind}`, ({ alerts }) => [...alerts.values()].filter((one) => one === kind).length, 0);
