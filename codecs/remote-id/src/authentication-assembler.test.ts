import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type AuthenticationPage,
  type AuthenticationSnapshot,
  createAuthenticationAssembler,
  MAX_ASSEMBLED_TRANSMITTERS,
} from "./index.ts";

/** Splits data into its pages, as a sender does. */
function paginate(
  dataHex: string,
  timestampMs = 1_700_000_000_000,
  authenticationType: AuthenticationPage["authenticationType"] = "uas-id-signature",
): readonly AuthenticationPage[] {
  const lengthOctets = dataHex.length / 2;
  const lastPage = Math.max(0, Math.ceil((lengthOctets - 17) / 23));
  return Array.from({ length: lastPage + 1 }, (_, page) => {
    const from = page === 0 ? 0 : 34 + (page - 1) * 46;
    const width = page === 0 ? 34 : 46;
    return {
      kind: "authentication",
      protocolVersion: 2,
      authenticationType,
      page,
      lastPage: page === 0 ? lastPage : undefined,
      lengthOctets: page === 0 ? lengthOctets : undefined,
      timestampMs: page === 0 ? timestampMs : undefined,
      dataHex: dataHex.slice(from, from + width).padEnd(width, "0"),
    };
  });
}

test("pages in any order, repeated or not, give the data once", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 255 }),
      fc.array(fc.nat(), { minLength: 16, maxLength: 16 }),
      fc.boolean(),
      (data, order, isRestored) => {
        const dataHex = Buffer.from(data).toString("hex");
        const pages = paginate(dataHex);
        const shuffled = pages.map((page, i) => ({ page, rank: order[i % 16] ?? 0 })).sort((a, b) => a.rank - b.rank);
        let assembler = createAuthenticationAssembler();
        const answers = [...shuffled, ...shuffled].map(({ page }) => {
          if (isRestored)
            assembler = createAuthenticationAssembler(JSON.parse(JSON.stringify(assembler.snapshot())) as AuthenticationSnapshot);
          return assembler.add("a", page);
        });
        const whole = answers.flatMap((answer) => (answer.ok && answer.value ? [answer.value] : []));
        assert.deepEqual(whole, [
          { authenticationType: "uas-id-signature", timestampMs: 1_700_000_000_000, dataHex, method: undefined },
        ]);
      },
    ),
  );
});

test("a new authentication that takes the place of an unfinished one begins anew", () => {
  const assembler = createAuthenticationAssembler();
  const before = paginate("11".repeat(60), 1_700_000_000_000);
  const after = paginate("22".repeat(60), 1_700_000_060_000);
  const answers = [before[0], before[1], after[0], after[1], after[2]].map((page) => page && assembler.add("a", page));
  const whole = answers.flatMap((answer) => (answer?.ok && answer.value ? [answer.value.dataHex] : []));
  assert.deepEqual(whole, ["22".repeat(60)]);
});

test("a page that contradicts the one at hand begins anew", () => {
  const assembler = createAuthenticationAssembler();
  const before = paginate("11".repeat(60));
  const after = paginate("22".repeat(60));
  const answers = [before[0], before[1], after[1], after[2], before[0], after[0], after[1], after[2]].map(
    (page) => page && assembler.add("a", page),
  );
  const whole = answers.flatMap((answer) => (answer?.ok && answer.value ? [answer.value.dataHex] : []));
  assert.deepEqual(
    whole,
    [`${"11".repeat(17)}${"22".repeat(43)}`, "22".repeat(60)],
    "only the first page tells two authentications apart",
  );
});

test("a page of another type begins anew", () => {
  const assembler = createAuthenticationAssembler();
  const [first] = paginate("11".repeat(30));
  const [, second] = paginate("11".repeat(30), 0, "specific-method");
  assert.ok(first && second);
  assembler.add("a", first);
  assert.deepEqual(assembler.add("a", second), { ok: true, value: undefined });
  assert.deepEqual(assembler.add("a", first), { ok: true, value: undefined });
});

test("a specific method tells its sub-type", () => {
  const [page] = paginate("04aabb", 1_700_000_000_000, "specific-method");
  assert.ok(page);
  const answer = createAuthenticationAssembler().add("a", page);
  assert.equal(answer.ok && answer.value?.method, 4);
});

test("a page past the last is refused, and what was there stays", () => {
  const assembler = createAuthenticationAssembler();
  const [first, second, third] = paginate("11".repeat(60));
  const [shortFirst, shortSecond] = paginate("33".repeat(30));
  assert.ok(first && second && third && shortFirst && shortSecond);
  assembler.add("a", shortFirst);
  const refused = assembler.add("a", third);
  assert.equal(!refused.ok && refused.error.code, "bad-authentication");
  const whole = assembler.add("a", shortSecond);
  assert.equal(whole.ok && whole.value?.dataHex, "33".repeat(30));
});

test("a later page kept from before page 0 goes when page 0 leaves no room for it", () => {
  const assembler = createAuthenticationAssembler();
  const pages = paginate("11".repeat(60));
  const [shortFirst, shortSecond] = paginate("33".repeat(30));
  assert.ok(pages[2] && shortFirst && shortSecond);
  assembler.add("a", pages[2]);
  assembler.add("a", shortFirst);
  const whole = assembler.add("a", shortSecond);
  assert.equal(whole.ok && whole.value?.dataHex, "33".repeat(30));
});

test("transmitters are apart, and of too many the one longest unheard goes", () => {
  const assembler = createAuthenticationAssembler();
  const [first, second] = paginate("11".repeat(30));
  assert.ok(first && second);
  for (let i = 0; i <= MAX_ASSEMBLED_TRANSMITTERS; i++) assembler.add(`m${i}`, first);
  assert.equal(assembler.snapshot().collections.length, MAX_ASSEMBLED_TRANSMITTERS);
  assert.deepEqual(assembler.add("m0", second), { ok: true, value: undefined });
  const whole = assembler.add("m5", second);
  assert.equal(whole.ok && whole.value?.dataHex, "11".repeat(30));
});
