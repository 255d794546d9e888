import assert from "node:assert/strict";
import { test } from "node:test";
import { fuzz } from "../../../bench/fuzzing.ts";
import { sapientSubject } from "../../../bench/sapient-fuzzer.ts";
import { SAPIENT_ERROR_CODES } from "./index.ts";

test("100,000 mutated messages make decoder and conversations neither throw, hang nor grow, and reach every error code", (t) => {
  const { codes, seconds, slowestMs, heapGrowthMb } = fuzz(sapientSubject(), { inputs: 100_000, seed: 33_520 });
  t.diagnostic(`${seconds.toFixed(1)} s, slowest ${slowestMs.toFixed(1)} ms, heap growth ${heapGrowthMb.toFixed(1)} MB`);
  for (const code of ["ok", ...SAPIENT_ERROR_CODES]) assert.ok((codes[code] ?? 0) > 0, code);
  assert.ok(slowestMs < 50, `slowest message ${slowestMs} ms`);
  assert.ok(heapGrowthMb < 20, `heap growth ${heapGrowthMb} MB`);
});
