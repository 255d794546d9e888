import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CATEGORIES } from "./editions.ts";
import type { Field } from "./field.ts";
import { type CategoryNumber, createAsterixDecoder, encodeBlock } from "./index.ts";
import type { Category, Compound, Entry, Part } from "./table.ts";

/** Anything the wire can say for a field, already at a step of it. */
function anyValue(field: Field): fc.Arbitrary<unknown> {
  const { kind, bits, lsb, range } = field;
  const least = kind === "signed" ? -(2 ** (bits - 1)) : 0;
  const text = (characters: string): fc.Arbitrary<string> => {
    const maxLength = bits / (kind === "ia5" ? 6 : 8);
    return fc.string({ unit: fc.constantFrom(...characters), maxLength }).map((word) => word.trimEnd());
  };
  switch (kind) {
    case "hex":
      return fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: bits / 4, maxLength: bits / 4 });
    case "octal":
      return fc.string({ unit: fc.constantFrom(..."01234567"), minLength: 4, maxLength: 4 });
    case "ascii":
      return text("AZaz09 /-");
    case "ia5":
      return text("AZ09 ");
    default: {
      const steps = fc.maxSafeInteger().map((n) => least + (Math.abs(n) % 2 ** bits));
      const divisor = 1 / lsb;
      const value = steps.map((n) => (Number.isInteger(divisor) ? n / divisor : n * lsb));
      return range ? value.filter((v) => v >= range[0] && v <= range[1]) : value;
    }
  }
}

const anyFields = (fields: readonly Field[]): fc.Arbitrary<Record<string, unknown>> => {
  const sure = fields.filter((field) => field.kind !== "spare" && field.when === undefined);
  const choices = fields.filter((field) => field.when !== undefined);
  const record = fc.record(Object.fromEntries(sure.map((field) => [field.name, anyValue(field)])), { noNullPrototype: true });
  if (choices.length === 0) return record;
  const selector = fields[fields.findIndex((field) => field.when === 0) - 1]?.name ?? "";
  return fc
    .tuple(
      record,
      fc.record(Object.fromEntries(choices.map((field) => [field.name, anyValue(field)])), { noNullPrototype: true }),
    )
    .map(([values, both]) => {
      const chosen = choices.find((field) => field.when === values[selector]);
      return { ...values, ...(chosen ? { [chosen.name]: both[chosen.name] } : {}) };
    });
};

const anyEntry = (entry: Entry): fc.Arbitrary<unknown> => (entry.kind === "group" ? anyFields(entry.fields) : anyValue(entry));
const anyParts = ({ parts }: Pick<Compound, "parts">): fc.Arbitrary<unknown> =>
  fc.record(Object.fromEntries(Object.entries(parts).map(([key, { of }]) => [key, anyPart(of)])), {
    requiredKeys: [],
    noNullPrototype: true,
  });

function anyPart(of: Part): fc.Arbitrary<unknown> {
  switch (of.kind) {
    case "group":
      return anyFields(of.fields);
    case "extended":
      return fc
        .tuple(fc.integer({ min: 1, max: of.extents.length }), ...of.extents.map(anyFields))
        .map(([count, ...extents]) => Object.assign({}, ...extents.slice(0, count)));
    case "compound":
      return anyParts(of);
    case "repetitive":
      return fc.array(anyEntry(of.entry), { minLength: 1, maxLength: 4 });
    case "explicit":
      return of.content && Object.keys(of.content.parts).length > 0
        ? anyParts(of.content)
        : fc.uint8Array({ maxLength: 9 }).map((octets) => ({ octets: Buffer.from(octets).toString("hex") }));
    default:
      return anyValue(of);
  }
}

const anyRecord = ({ items }: Category): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .record(
      Object.fromEntries(
        Object.entries(items).map(([key, { of }]) => [key, "bits" in of ? anyFields([of]) : anyPart(of)] as const),
      ),
      { requiredKeys: [], noNullPrototype: true },
    )
    .filter((record) => Object.keys(record).length > 0);

for (const table of Object.values<Category>(CATEGORIES))
  test(`whatever a record of category ${table.category} says, it says again after encoding and decoding`, () => {
    const decoder = createAsterixDecoder();
    fc.assert(
      fc.property(fc.array(anyRecord(table), { minLength: 1, maxLength: 3 }), (records) => {
        const { records: again, errors } = decoder.decode(encodeBlock(table.category as CategoryNumber, records));
        assert.deepEqual(errors, []);
        assert.deepEqual(
          again.map(({ items }) => items),
          records,
        );
        for (const { outOfRange } of again) assert.deepEqual(outOfRange, []);
      }),
      { numRuns: 100, seed: 1 },
    );
  });
