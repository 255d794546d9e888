import assert from "node:assert/strict";
import { test } from "node:test";
import { createFusionSession, decodeMessage, encodeMessage, SAPIENT_ERROR_CODES } from "./index.ts";
import { detection, FUSION_NODE_ID, NODE_ID, NOW_MS, registration, statusMessage, ULID } from "./sapient.fixture.ts";

const SEED = 33_520;
const ROUNDS = 10_000;

test(`no change of octets makes the decoder or a conversation throw (seed ${SEED})`, () => {
  let state = SEED;
  /** @source Press et al., Numerical Recipes, 3rd ed., 7.1.4: a quick linear congruential generator. */
  const below = (n: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * n);
  };
  const base = { timestamp: NOW_MS, nodeId: NODE_ID };
  const seeds = [
    statusMessage(),
    { ...base, registration },
    {
      ...base,
      detectionReport: {
        ...detection,
        reportId: ULID,
        classification: [{ type: "Air Vehicle", subClass: [{ type: "UAV", level: 1 }] }],
      },
    },
    { ...base, task: { taskId: ULID, control: "START", command: { request: "Status" } } } as const,
  ].map(encodeMessage);
  const session = createFusionSession(FUSION_NODE_ID);
  session.receive(seeds[1] as Uint8Array, NOW_MS);
  const codes = new Set<string>(SAPIENT_ERROR_CODES);
  let refused = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const octets = mutate(seeds[below(seeds.length)] as Uint8Array, below);
    const decoded = decodeMessage(octets);
    if (!decoded.ok) {
      refused++;
      for (const { code } of decoded.faults) assert.ok(codes.has(code), code);
    } else assert.deepEqual(decodeMessage(encodeMessage(decoded.value.message)).ok, true);
    session.receive(octets, NOW_MS + round);
  }
  assert.ok(refused > ROUNDS / 10 && refused < ROUNDS, `${refused} of ${ROUNDS} were refused`);
});

function mutate(seed: Uint8Array, below: (n: number) => number): Uint8Array {
  const at = below(seed.length);
  const changed = seed.slice();
  switch (below(4)) {
    case 0:
      changed[at] = (changed[at] ?? 0) ^ (1 << below(8));
      return changed;
    case 1:
      changed[at] = below(256);
      return changed;
    case 2:
      return seed.slice(0, at);
    default:
      return Uint8Array.of(...seed.slice(0, at), ...seed.slice(below(seed.length)));
  }
}

test("classes nested without end are refused, not followed", () => {
  let nested = Uint8Array.of();
  for (let depth = 0; depth < 5000; depth++) nested = Uint8Array.of(0x22, ...varint(nested.length), ...nested);
  const within = (tag: number, octets: Uint8Array): Uint8Array => Uint8Array.of(tag, ...varint(octets.length), ...octets);
  const decoded = decodeMessage(within(0x3a, within(0x5a, within(0x1a, nested))));
  assert.ok(!decoded.ok);
  assert.equal(decoded.error.code, "not-protobuf");
});

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}
