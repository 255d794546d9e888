import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Input, validate } from "@picket/model";
import { make, NOON_MS, RADAR } from "./asterix.fixture.ts";

const SEED = 48;
const ROUNDS = 6000;

test(`whatever a datagram says, what it comes to is what the model allows (seed ${SEED})`, () => {
  const path = join(import.meta.dirname, "../../../codecs/asterix/vectors/blocks.json");
  const seeds = (JSON.parse(readFileSync(path, "utf8")) as { hex: string }[]).map(({ hex }) => Buffer.from(hex, "hex"));
  assert.ok(seeds.length > 5);
  let state = SEED;
  /** @source Marsaglia, "Xorshift RNGs", JSS 8(14), 2003. */
  const below = (limit: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
  // A feed that stands for a sensor takes records of any SAC and SIC.
  const translators = [undefined, "plots", "tracks"].map((use) =>
    make({ sensor: RADAR, ...(use && { asterix: { use: use as "plots" | "tracks" } }) }),
  );
  let inputs = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const octets = Uint8Array.from(seeds[below(seeds.length)] ?? []);
    // Not in the header: a length that does not hold is the decoder's own test.
    for (let left = 1 + below(6); left > 0; left--) octets[3 + below(Math.max(1, octets.length - 3))] = below(256);
    const translator = translators[round % translators.length];
    for (const input of translator?.bytes(octets, NOON_MS + round, "192.0.2.7:8600", round).inputs ?? []) {
      const answer = validate(Input, input);
      assert.ok(answer.ok, `${Buffer.from(octets).toString("hex")}: ${JSON.stringify(answer)}`);
      inputs++;
    }
  }
  assert.ok(inputs > ROUNDS / 10, `${inputs} inputs`);
});
