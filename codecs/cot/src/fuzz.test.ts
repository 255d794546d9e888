import assert from "node:assert/strict";
import { test } from "node:test";
import { cotSubject } from "../../../bench/cot-fuzzer.ts";
import { fuzz } from "../../../bench/fuzzing.ts";
import { COT_ERROR_CODES } from "./index.ts";

/** Reached only by inputs longer than the fuzzer makes; other tests do. */
const OUT_OF_REACH: readonly string[] = ["too-long"];

test("100,000 mutated inputs make no decoder throw, hang or grow, and reach every error code", (t) => {
  const { codes, seconds, slowestMs, heapGrowthMb } = fuzz(cotSubject(), { inputs: 100_000, seed: 20_261_121 });
  t.diagnostic(`${seconds.toFixed(1)} s, slowest ${slowestMs.toFixed(1)} ms, heap growth ${heapGrowthMb.toFixed(1)} MB`);
  for (const code of ["ok", ...COT_ERROR_CODES]) if (!OUT_OF_REACH.includes(code)) assert.ok((codes[code] ?? 0) > 0, code);
  assert.ok(slowestMs < 50, `slowest input ${slowestMs} ms`);
  assert.ok(heapGrowthMb < 20, `heap growth ${heapGrowthMb} MB`);
});
