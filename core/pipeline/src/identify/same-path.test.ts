import assert from "node:assert/strict";
import { test } from "node:test";
import { noise } from "../world.fixture.ts";
import { type ClaimRecord, newRecord, notePlace, SENDER_LLR, STRANGER_LLR } from "./claim-record.ts";
import { flownPathLlr, samePathLlr } from "./same-path.ts";
import { aloneSince, PLOT, type Trail } from "./trails.ts";

type Path = (tS: number) => readonly [number, number];
/** It turns half-way, as drones do. */
const flown: Path = (tS) => (tS < 8 ? [12 * tS, 2000 - 6 * tS] : [96 + 4 * (tS - 8), 1952 - 13 * (tS - 8)]);
const PER_M2 = 4e-6;

/** How far off a told place is, m, for how long, s, and what is stated of it, m. */
type Error = Readonly<{ sigmaM: number; lastsS: number; statedM: number }>;
const WHITE: Error = { sigmaM: 5, lastsS: 0, statedM: 5 };

/** A record of what was told each second, and the plots of an object that was seen for ten seconds before, one a second, of a radar that sees 8 m by 20 m. */
function paths(
  told: Path,
  seen: Path,
  seconds: number,
  seed = 1,
  error: Error = WHITE,
): Readonly<{ record: ClaimRecord; trail: Trail }> {
  const random = noise(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const record = newRecord("live", 0);
  const trail: number[] = [];
  const keeps = error.lastsS > 0 ? Math.exp(-1 / error.lastsS) : 0;
  let [offE, offN] = [error.sigmaM * normal(), error.sigmaM * normal()];
  for (let tS = -10; tS <= seconds; tS++) {
    const at = seen(tS + 0.4);
    trail.push(1000 * tS + 400, at[0] + 20 * normal(), at[1] + 8 * normal(), 400, 0, 64, 1);
    if (tS < 0) continue;
    const [eastM, northM] = told(tS);
    offE = keeps * offE + Math.sqrt(1 - keeps * keeps) * error.sigmaM * normal();
    offN = keeps * offN + Math.sqrt(1 - keeps * keeps) * error.sigmaM * normal();
    const place = { eastM: eastM + offE, northM: northM + offN, upM: 80, upSigmaM: 10, heightKnown: true };
    const times = { measuredMs: 1000 * tS, receivedMs: 1000 * tS + 300 };
    notePlace(
      record,
      { sensor: "rid" as never, ...times, ...place, eastMps: 0, northMps: 0, sigmaM: error.statedM, hits: 1 },
      false,
    );
  }
  return { record, trail };
}

function llrOf(...given: Parameters<typeof paths>): number | undefined {
  const { record, trail } = paths(...given);
  return samePathLlr(record, trail, PER_M2);
}

function flownLlrOf(...given: Parameters<typeof paths>): number {
  const { record, trail } = paths(...given);
  return flownPathLlr(record, trail, PER_M2);
}

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed + 1);
const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * values.length)] ?? Number.NaN;

for (const { name, told } of [
  { name: "who says where he is", told: flown },
  { name: "whose datum is 90 m off", told: (tS: number) => [flown(tS)[0] + 70, flown(tS)[1] - 57] as const },
  { name: "who is told five seconds late", told: (tS: number) => flown(tS - 5) },
])
  test(`the path of a sender ${name} is his own, and never a stranger's`, () => {
    const llrs = SEEDS.map((seed) => llrOf(told, flown, 16, seed) ?? Number.NaN);
    assert.ok(quantile(llrs, 0.5) > 0, `${quantile(llrs, 0.5)}`);
    assert.ok(Math.min(...llrs) > STRANGER_LLR, `${Math.min(...llrs)}`);
    for (const seconds of [6, 10, 16]) {
      const whole = SEEDS.map((seed) => flownLlrOf(told, flown, seconds, seed));
      assert.ok(Math.min(...whole) > STRANGER_LLR, `by the whole flight, after ${seconds} s: ${Math.min(...whole)}`);
    }
  });

test("who says truly where he is has odds of a hundred to one within ten seconds", () => {
  assert.ok(
    quantile(
      SEEDS.map((seed) => llrOf(flown, flown, 10, seed) ?? Number.NaN),
      0.5,
    ) > SENDER_LLR,
  );
});

test("a drone that passes at twelve metres a second against the sender is mostly known for a stranger within a quarter of a minute", () => {
  const told: Path = (tS) => [12 * tS, 2000 - 9 * tS];
  const passing: Path = (tS) => [60, 2040 - 9 * tS];
  const llrs = SEEDS.map((seed) => llrOf(told, passing, 16, seed) ?? Number.NaN);
  assert.ok(quantile(llrs, 0.6) < STRANGER_LLR, `${quantile(llrs, 0.6)}`);
});

test("of a sender whose places are smoother than he states a stranger is known as soon as of one who states it", () => {
  const told: Path = (tS) => [12 * tS, 2000 - 9 * tS];
  const passing: Path = (tS) => [60, 2040 - 9 * tS];
  const known = (error: Error): number =>
    quantile(
      SEEDS.map((seed) => llrOf(told, passing, 12, seed, error) ?? Number.NaN),
      0.5,
    );
  const [vague, exact] = [known({ sigmaM: 2, lastsS: 0, statedM: 30 }), known({ sigmaM: 2, lastsS: 0, statedM: 2 })];
  assert.ok(vague < STRANGER_LLR && vague < 0.7 * exact, `${vague}, stated as it is ${exact}`);
});

for (const lastsS of [2, 4, 15])
  test(`a receiver's error that lives for ${lastsS} s makes nobody a stranger to himself`, () => {
    const llrs = SEEDS.map((seed) => llrOf(flown, flown, 16, seed, { sigmaM: 7, lastsS, statedM: 10 }) ?? Number.NaN);
    assert.ok(Math.min(...llrs) > STRANGER_LLR, `${Math.min(...llrs)}`);
    const whole = SEEDS.map((seed) => flownLlrOf(flown, flown, 16, seed, { sigmaM: 7, lastsS, statedM: 10 }));
    assert.ok(Math.min(...whole) > STRANGER_LLR, `by the whole flight: ${Math.min(...whole)}`);
  });

test("a stranger who turns about the sender's place is known by his flight, when drift leaves it open", () => {
  const told: Path = (tS) => [10 * tS, 2000];
  const about: Path = (tS) => [10 * tS + 45 * Math.sin(tS / 2), 2000 + 45 * Math.cos(tS / 2)];
  const median = (llr: typeof llrOf): number =>
    quantile(
      SEEDS.map((seed) => llr(told, about, 16, seed) ?? Number.NaN),
      0.5,
    );
  assert.ok(median(llrOf) > STRANGER_LLR && median(flownLlrOf) < STRANGER_LLR, `${median(llrOf)}, ${median(flownLlrOf)}`);
});

test("of an object's plots those count as its flight since something else was last near", () => {
  const trail = [1, 0, 1, 1].flatMap((alone, k) => [1000 * k, 0, 0, 1, 0, 1, alone]);
  assert.deepEqual(aloneSince(trail), trail.slice(2 * PLOT));
  assert.deepEqual(aloneSince(trail.slice(0, 2 * PLOT)), []);
});

test("an object that flies the same path 800 m away is a stranger as soon as the paths can be compared", () => {
  const beside: Path = (tS) => [flown(tS)[0] + 600, flown(tS)[1] + 529];
  for (const seed of SEEDS) assert.ok((llrOf(flown, beside, 4, seed) ?? 0) < STRANGER_LLR);
});

test("nothing is said of paths that have been known for less than three seconds", () => {
  assert.equal(llrOf(flown, flown, 2), undefined);
});
