import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input, TruthTest } from "@picket/model";
import { broadcast, receiver, SERIAL } from "../assess/own-word.fixture.ts";
import { createPipeline } from "../pipeline.ts";
import { type Flyer, noise, radar, radarScan, START_MS, smallSite, straight } from "../world.fixture.ts";

/** What is said of a broadcast second by second, while the radar sees what flies. */
function saidOf(
  claimed: Flyer,
  flying: readonly Flyer[],
  { seconds, pD = 0.9, seed = 1 }: Readonly<{ seconds: number; pD?: number; seed?: number }>,
): (TruthTest["verdict"] | undefined)[] {
  const pipeline = createPipeline(smallSite({ sensors: [radar, receiver] }), { bootNumber: 1 });
  const random = noise(seed);
  return Array.from({ length: seconds }, (_, tS) => {
    const at = claimed(tS);
    const inputs: Input[] = [radarScan(tS, flying, random, { pD }), ...(at ? [broadcast(at, tS)] : [])];
    const { tracks, alerts } = pipeline.tick(inputs, START_MS + tS * 1000 + 100);
    const refuted = alerts.some(
      ({ kind, reasons }) =>
        kind === "remoteIdContradicted" && reasons.some(({ params }) => String(params["identity"]) === SERIAL),
    );
    const borne = tracks.flatMap(({ identities }) => identities).find(({ claim }) => claim.value === SERIAL);
    return refuted ? "contradicted" : borne?.truth.verdict;
  });
}

const claimed = straight([900, 3000, 80], [4, -12, 0]);
const moved = (flyer: Flyer, [east, north]: readonly [number, number], lateS = 0): Flyer => {
  return (tS) => {
    const at = flyer(tS + lateS);
    return at && [at[0] + east, at[1] + north, at[2]];
  };
};
/** It keeps within the distance of an honest error for a quarter of a minute. */
const passing = straight([880, 2940, 90], [-4, -4, 0]);

for (const seed of [1, 2, 3, 4, 5])
  test(`a drone that passes lends a false broadcast no truth (${seed})`, () => {
    const said = saidOf(claimed, [passing, moved(claimed, [700, 400])], { seconds: 40, seed });
    const fromS = said.indexOf("contradicted");
    assert.ok(fromS > 0 && fromS <= 20, `contradicted after ${fromS} s`);
  });

for (const { name, truly } of [
  { name: "whose datum is wrong", truly: moved(claimed, [-85, 30]) },
  { name: "that is told five seconds late", truly: moved(claimed, [0, 0], 5) },
])
  for (const seed of [1, 2, 3, 4, 5])
    test(`a drone that passes takes no truth from an honest broadcast ${name} (${seed})`, () => {
      const said = saidOf(claimed, [truly, passing, moved(claimed, [700, 400])], { seconds: 60, seed, pD: 0.7 });
      assert.ok(!said.includes("contradicted"));
    });

test("a radar that sees a third of what its sheet says is believed no farther than it was seen to see", () => {
  const others = [0, 1, 2, 3, 4, 5].map((k) => straight([-2000 + 700 * k, 3500, 90], [2, -9, 0]));
  const late: Flyer = (tS) => (tS < 40 ? undefined : moved(straight([900, 3000, 80], [-2, -12, 0]), [0, 480])(tS));
  for (const seed of [1, 2, 3])
    assert.ok(!saidOf(late, [late, ...others], { seconds: 110, seed, pD: 0.3 }).includes("contradicted"));
});
