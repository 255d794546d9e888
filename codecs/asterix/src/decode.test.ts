import assert from "node:assert/strict";
import { test } from "node:test";
import { type AsterixDecoder, createAsterixDecoder, encodeBlock, stepBlock } from "./index.ts";

const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
const decoder = createAsterixDecoder();

test("every record says where it lies in what was given", () => {
  const plot = encodeBlock(48, [{ i010: { sac: 1, sic: 2 } }, { i161: { trn: 3 } }]);
  const { records } = decoder.decode(Uint8Array.of(...plot, ...plot));
  assert.deepEqual(
    records.map(({ at, octets: length }) => [at, length]),
    [
      [3, 3],
      [6, 4],
      [13, 3],
      [16, 4],
    ],
  );
});

test("a view into a larger buffer decodes as a copy does", () => {
  const plot = encodeBlock(48, [{ i010: { sac: 1, sic: 2 } }]);
  const view = Uint8Array.of(0xff, ...plot, 0xff).subarray(1, -1);
  assert.deepEqual(decoder.decode(view), decoder.decode(plot));
});

test("no octets hold no records", () => {
  assert.deepEqual(decoder.decode(new Uint8Array(0)), { records: [], errors: [] });
});

test("the raw decoder gives the octets of every item, in order", () => {
  const { records, errors } = decoder.decodeRaw(octets("30000b811219030fffb190"));
  assert.deepEqual(errors, []);
  assert.deepEqual(records, [
    {
      category: 48,
      edition: "1.32",
      at: 3,
      octets: 8,
      items: { i010: octets("1903"), i161: octets("0fff"), i170: octets("b190") },
      outOfRange: [],
    },
  ]);
});

test("an older edition knows no item of a newer one", () => {
  const target = encodeBlock(21, [
    { i090: { nucrnacv: 1, nucpnic: 2, nicbaro: 1, sil: 2, nacp: 3, sils: 1, sda: 2, gva: 1, pic: 5, src: 1 } },
  ]);
  const pic = (with_: AsterixDecoder): unknown => {
    const [record] = with_.decode(target).records;
    return record?.category === 21 && record.items.i090;
  };
  assert.equal(Object.hasOwn(pic(decoder) as object, "src"), true);
  assert.equal(Object.hasOwn(pic(createAsterixDecoder({ 21: "2.6" })) as object, "src"), false);
});

test("an edition that there is not is refused by name", () => {
  assert.throws(() => createAsterixDecoder({ 48: "9.9" }), /^RangeError: Editions of category 48 are 1.32, got 9.9$/);
});

test("blocks are set apart in a stream, wherever it is cut", () => {
  const stream = octets("300006800102" + "220006800102");
  assert.deepEqual(stepBlock(stream.subarray(0, 2), 0), { kind: "more", atLeast: 3 });
  assert.deepEqual(stepBlock(stream.subarray(0, 5), 0), { kind: "more", atLeast: 6 });
  assert.deepEqual(stepBlock(stream, 0), { kind: "record", value: { category: 48, at: 0, octets: 6 }, next: 6 });
  assert.deepEqual(stepBlock(stream, 6), { kind: "record", value: { category: 34, at: 6, octets: 6 }, next: 12 });
});

test("a stream whose lengths cannot be is given up to its end", () => {
  const step = stepBlock(octets("300001300006800102"), 0);
  assert.ok(step.kind === "error" && step.error.code === "bad-block-length" && step.next === 9);
});
