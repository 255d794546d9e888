import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandom } from "./random.ts";

const DRAWS = 200_000;

test("the same seed gives the same numbers, another seed others", () => {
  const draw = (seed: string | number) => Array.from({ length: 5 }, createRandom(seed).uniform);
  assert.deepEqual(draw(7), draw("7"));
  assert.notDeepEqual(draw(7), draw(8));
  // Pinned: what a seed means must never change.
  assert.deepEqual(draw(7), [0.6753939561731032, 0.13111549982222137, 0.655313861493739, 0.4118829373735954, 0.3611356180563349]);
});

test("a fork does not move what its parent draws", () => {
  const parent = createRandom(1);
  const alone = createRandom(1);
  parent.fork("child").uniform();
  assert.equal(parent.uniform(), alone.uniform());
  assert.notEqual(createRandom(1).fork("a").uniform(), createRandom(1).fork("b").uniform());
});

test("uniform numbers fill [0, 1) evenly", () => {
  const { uniform } = createRandom("uniform");
  const bins = new Array<number>(20).fill(0);
  for (let i = 0; i < DRAWS; i++) {
    const value = uniform();
    assert.ok(value >= 0 && value < 1);
    bins[Math.floor(value * 20)]!++;
  }
  const expected = DRAWS / 20;
  const chi2 = bins.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  assert.ok(chi2 < 19 + 4 * Math.sqrt(38), `chi² of 19 degrees of freedom is ${chi2}`); // mean 19, variance 38
});

test("normal numbers have mean 0, variance 1 and a normal's tails", () => {
  const { normal } = createRandom("normal");
  let sum = 0;
  let squares = 0;
  let beyondTwo = 0;
  for (let i = 0; i < DRAWS; i++) {
    const value = normal();
    sum += value;
    squares += value * value;
    if (Math.abs(value) > 2) beyondTwo++;
  }
  assert.ok(Math.abs(sum / DRAWS) < 4 / Math.sqrt(DRAWS));
  assert.ok(Math.abs(squares / DRAWS - 1) < 4 * Math.sqrt(2 / DRAWS));
  const tail = 0.0455;
  assert.ok(Math.abs(beyondTwo / DRAWS - tail) < 4 * Math.sqrt((tail * (1 - tail)) / DRAWS));
});

for (const mean of [0.3, 5, 40, 700]) {
  test(`Poisson counts of mean ${mean} have that mean and variance`, () => {
    const { poisson } = createRandom(`poisson ${mean}`);
    const counts = Array.from({ length: 20_000 }, () => poisson(mean));
    const average = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - average) ** 2, 0) / (counts.length - 1);
    assert.ok(Math.abs(average - mean) < 4 * Math.sqrt(mean / counts.length), `mean ${average}`);
    // The variance of a sample variance is (μ4 − σ⁴)/n, and for Poisson μ4 = m + 3m².
    assert.ok(Math.abs(variance - mean) < 4 * Math.sqrt((mean + 2 * mean * mean) / counts.length), `variance ${variance}`);
  });
}

test("a shuffle keeps every item and puts each anywhere", () => {
  const { shuffle } = createRandom("shuffle");
  const firsts = [0, 0, 0, 0];
  for (let i = 0; i < 20_000; i++) {
    const items = [0, 1, 2, 3];
    shuffle(items);
    assert.deepEqual(items.toSorted(), [0, 1, 2, 3]);
    firsts[items[0] as number]!++;
  }
  for (const count of firsts) assert.ok(Math.abs(count - 5000) < 4 * Math.sqrt(20_000 * 0.25 * 0.75));
});
