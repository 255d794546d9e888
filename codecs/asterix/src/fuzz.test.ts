import assert from "node:assert/strict";
import { test } from "node:test";
import { asterixSubject } from "../../../bench/asterix-fuzzer.ts";
import { fuzz } from "../../../bench/fuzzing.ts";
import { ASTERIX_ERROR_CODES } from "./index.ts";

test("100,000 mutated datagrams make the decoder neither throw, hang nor grow, and reach every error code", (t) => {
  const { codes, seconds, slowestMs, heapGrowthMb } = fuzz(asterixSubject(), { inputs: 100_000, seed: 20_261_121 });
  t.diagnostic(`${seconds.toFixed(1)} s, slowest ${slowestMs.toFixed(1)} ms, heap growth ${heapGrowthMb.toFixed(1)} MB`);
  for (const code of ["ok", ...ASTERIX_ERROR_CODES]) assert.ok((codes[code] ?? 0) > 0, code);
  assert.ok(slowestMs < 50, `slowest datagram ${slowestMs} ms`);
  assert.ok(heapGrowthMb < 20, `heap growth ${heapGrowthMb} MB`);
});
