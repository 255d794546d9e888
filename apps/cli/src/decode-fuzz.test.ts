import assert from "node:assert/strict";
import { test } from "node:test";
import { REMOTE_ID_ERROR_CODES } from "@picket/remote-id";
import { fuzz } from "../../../bench/fuzzing.ts";
import { receiverSubjects } from "../../../bench/receivers-fuzzer.ts";
import { remoteIdSubject } from "../../../bench/remote-id-fuzzer.ts";

test("100,000 mutated frames make no decoder throw, hang or grow, and reach every error code", (t) => {
  const { codes, seconds, slowestMs, heapGrowthMb } = fuzz(remoteIdSubject(), { inputs: 100_000, seed: 20_261_121 });
  t.diagnostic(`${seconds.toFixed(1)} s, slowest ${slowestMs.toFixed(1)} ms, heap growth ${heapGrowthMb.toFixed(1)} MB`);
  for (const code of ["ok", ...REMOTE_ID_ERROR_CODES]) assert.ok((codes[code] ?? 0) > 0, code);
  assert.ok(slowestMs < 50, `slowest frame ${slowestMs} ms`);
  assert.ok(heapGrowthMb < 20, `heap growth ${heapGrowthMb} MB`);
});

for (const subject of receiverSubjects())
  test(`8,000 mutated messages make no ${subject.name} decoder throw, hang, grow, or reach a prototype`, (t) => {
    const { codes, seconds, slowestMs, heapGrowthMb } = fuzz(subject, { inputs: 8000, seed: 20_261_121 });
    t.diagnostic(`${seconds.toFixed(1)} s, slowest ${slowestMs.toFixed(1)} ms, heap growth ${heapGrowthMb.toFixed(1)} MB`);
    assert.ok((codes["ok"] ?? 0) > 1000 && Object.keys(codes).length >= 8, JSON.stringify(codes));
    assert.ok(slowestMs < 50, `slowest input ${slowestMs} ms`);
    assert.ok(heapGrowthMb < 20, `heap growth ${heapGrowthMb} MB`);
  });
