import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ASTERIX_ERROR_CODES, type CategoryNumber, createAsterixDecoder, encodeBlock, type ItemsDraft } from "./index.ts";

type Vector = Readonly<{
  name: string;
  hex: string;
  expect: Readonly<{
    records: readonly Readonly<{ category: CategoryNumber; items: ItemsDraft<CategoryNumber>; outOfRange?: readonly string[] }>[];
    errors?: readonly Readonly<{ code: string; item: string; at: number }>[];
  }>;
  origin: string;
}>;

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, "../vectors/blocks.json"), "utf8")) as readonly Vector[];
const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
const decoder = createAsterixDecoder();

for (const { name, hex, expect } of vectors)
  test(`${name} decodes`, () => {
    const { records, errors } = decoder.decode(octets(hex));
    assert.deepEqual(
      records.map(({ category, items, outOfRange }) => ({ category, items, outOfRange })),
      expect.records.map((record) => ({ outOfRange: [], ...record })),
    );
    assert.deepEqual(
      errors.map(({ code, item, at }) => ({ code, item, at })),
      expect.errors ?? [],
    );
  });

for (const { name, hex, expect } of vectors) {
  const [record, second] = expect.records;
  if (!record || second || expect.errors || record.outOfRange || name.startsWith("an extent")) continue;
  test(`${name} encodes`, () => {
    assert.equal(Buffer.from(encodeBlock(record.category, [record.items])).toString("hex"), hex);
  });
}

test("every vector says where it comes from", () => {
  for (const { name, origin } of vectors) assert.match(origin, /^hand-derived from (category \d{3}|the general part)/, name);
});

test("every declared error code is reached by a vector, and no other", () => {
  const reached = vectors.flatMap(({ expect }) => expect.errors?.map(({ code }) => code) ?? []);
  assert.deepEqual([...new Set(reached)].sort(), [...ASTERIX_ERROR_CODES].sort());
});
