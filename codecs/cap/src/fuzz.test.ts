import assert from "node:assert/strict";
import { test } from "node:test";
import { fullAlert, octetsOf, smallAlert } from "./cap.fixture.ts";
import { CAP_ERROR_CODES, decodeAlert, decodeDistribution, encodeAlert } from "./index.ts";

const SEED = 20_261;
const ROUNDS = 10_000;
const PIECES = [
  "<",
  ">",
  "</",
  "/>",
  "&",
  "&amp;",
  "<!--",
  "<![CDATA[",
  "]]>",
  "<?",
  "\u0000",
  "\u00ff",
  'xmlns="',
  "<info>",
  "</info>",
  "<!DOCTYPE ",
];

test(`no change of octets makes the decoder throw or stand still (seed ${SEED})`, () => {
  const random = mulberry32(SEED);
  const below = (n: number): number => Math.floor(random() * n);
  const seeds = [octetsOf(encodeAlert(fullAlert)), smallAlert()];
  const codes = new Set<string>(CAP_ERROR_CODES);
  let refused = 0;
  let slowestMs = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const octets = mutate(seeds[below(seeds.length)] as Uint8Array, below);
    const beganMs = performance.now();
    const decoded = decodeAlert(octets);
    slowestMs = Math.max(slowestMs, performance.now() - beganMs);
    if (!decoded.ok) {
      refused++;
      assert.ok(codes.has(decoded.error.code), decoded.error.code);
    }
    assert.equal(decodeDistribution(octets).ok, false);
  }
  assert.ok(refused > ROUNDS / 4 && refused < ROUNDS, `${refused} of ${ROUNDS} were refused`);
  assert.ok(slowestMs < 500, `${slowestMs} ms`);
});

function mutate(seed: Uint8Array, below: (n: number) => number): Uint8Array {
  const at = below(seed.length);
  const to = at + below(40);
  switch (below(5)) {
    case 0: {
      const changed = seed.slice();
      changed[at] = (changed[at] ?? 0) ^ (1 << below(8));
      return changed;
    }
    case 1:
      return seed.slice(0, at);
    case 2:
      return Uint8Array.of(...seed.slice(0, at), ...seed.slice(to));
    case 3:
      return Uint8Array.of(...seed.slice(0, at), ...octetsOf(PIECES[below(PIECES.length)] ?? ""), ...seed.slice(at));
    default:
      return Uint8Array.of(...seed.slice(0, at), ...seed.slice(below(seed.length)));
  }
}

/** @source Tommy Ettinger (2017), mulberry32, public domain. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
