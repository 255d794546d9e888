import assert from "node:assert/strict";
import { test } from "node:test";
import { REMOTE_ID_ERROR_CODES } from "@picket/remote-id";
import { fuzz } from "../../../bench/remote-id-fuzzer.ts";

test("100,000 mutated frames make no decoder throw, hang or grow, and reach every error code", (t) => {
  const { codes, seconds, slowestMs, heapGrowthMb } = fuzz({ frames: 100_000, seed: 20_261_121 });
  t.diagnostic(`${seconds.toFixed(1)} s, slowest ${slowestMs.toFixed(1)} ms, heap growth ${heapGrowthMb.toFixed(1)} MB`);
  for (const code of ["ok", ...REMOTE_ID_ERROR_CODES]) assert.ok((codes[code] ?? 0) > 0, code);
  assert.ok(slowestMs < 50, `slowest frame ${slowestMs} ms`);
  assert.ok(heapGrowthMb < 20, `heap growth ${heapGrowthMb} MB`);
});
