import assert from "node:assert/strict";
import { test } from "node:test";
import { capSubject } from "../../../bench/cap-fuzzer.ts";
import { fuzz } from "../../../bench/fuzzing.ts";
import { CAP_ERROR_CODES, CAP_RULE_CODES } from "./index.ts";

test("100,000 mutated documents make no decoder throw, hang or grow, and reach every code", (t) => {
  const { codes, seconds, slowestMs, heapGrowthMb } = fuzz(capSubject(), { inputs: 100_000, seed: 20_261_121 });
  t.diagnostic(`${seconds.toFixed(1)} s, slowest ${slowestMs.toFixed(1)} ms, heap growth ${heapGrowthMb.toFixed(1)} MB`);
  for (const code of ["ok", ...CAP_ERROR_CODES, ...CAP_RULE_CODES]) assert.ok((codes[code] ?? 0) > 0, code);
  assert.ok(slowestMs < 50, `slowest input ${slowestMs} ms`);
  assert.ok(heapGrowthMb < 20, `heap growth ${heapGrowthMb} MB`);
});
