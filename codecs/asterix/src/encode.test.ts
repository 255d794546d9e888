import assert from "node:assert/strict";
import { test } from "node:test";
import { createAsterixDecoder, encodeBlock, type ItemsDraft } from "./index.ts";

const plot = (items: ItemsDraft<48>): string => Buffer.from(encodeBlock(48, [items])).toString("hex");

test("codes that are left out are sent as zero", () => {
  assert.equal(plot({ i010: { sac: 1, sic: 2 }, i020: { typ: 1 } }), "300007a0010220");
});

test("no more extents are sent than it takes to tell what is there", () => {
  assert.equal(plot({ i020: { typ: 1, sim: 1 } }), "3000052030");
  assert.equal(plot({ i020: { typ: 1, tst: 1 } }), "300006202180");
});

test("members that are undefined are not sent", () => {
  assert.equal(plot({ i010: { sac: 1, sic: 2 }, i040: undefined }), "300006800102");
});

test("a quantity goes to the nearest step, and a direction of a full turn to north", () => {
  assert.equal(plot({ i040: { rhoNm: 1.0019, thetaDeg: 359.9999 } }), "3000081001000000");
  assert.equal(plot({ i040: { rhoNm: 1.002, thetaDeg: 360 } }), "3000081001010000");
});

test("text is filled up with spaces", () => {
  assert.equal(plot({ i240: { aircraftIdentification: "AB1" } }), "30000b0140042c60820820");
});

test("several records share a block", () => {
  const block = encodeBlock(62, [{ i040: { trackNumber: 1 } }, { i040: { trackNumber: 2 } }]);
  const { records } = createAsterixDecoder().decode(block);
  assert.deepEqual(
    records.map((record) => record.category === 62 && record.items.i040?.trackNumber),
    [1, 2],
  );
});

test("an edition is written that is not the newest", () => {
  const block = encodeBlock(62, [{ i080: { mon: 1 } }], "1.20");
  assert.deepEqual(createAsterixDecoder({ 62: "1.20" }).decode(block).records[0]?.edition, "1.20");
});

for (const { why, encode, says } of [
  {
    why: "a range beyond the field",
    encode: () => plot({ i040: { rhoNm: 256, thetaDeg: 0 } }),
    says: /^RangeError: I048\/040\/rhoNm must be from 0 to 255.99609375, got 256$/,
  },
  {
    why: "a latitude beyond the pole",
    encode: () => encodeBlock(62, [{ i105: { latDeg: 90.1, lonDeg: 0 } }]),
    says: /^RangeError: I062\/105\/latDeg must be from -90 to 90, got 90.1$/,
  },
  {
    why: "a direction beyond a turn",
    encode: () => plot({ i040: { rhoNm: 1, thetaDeg: 361 } }),
    says: /^RangeError: I048\/040\/thetaDeg must be from 0 to 359.9945068359375, got 361$/,
  },
  {
    why: "no number",
    encode: () => plot({ i040: { rhoNm: Number.NaN, thetaDeg: 0 } }),
    says: /^RangeError: I048\/040\/rhoNm .* got NaN$/,
  },
  {
    why: "a quantity that is missing",
    encode: () => plot({ i040: { rhoNm: 1 } as never }),
    says: /^TypeError: I048\/040\/thetaDeg must be a number, got undefined$/,
  },
  {
    why: "a code too large",
    encode: () => plot({ i161: { trn: 4096 } }),
    says: /^RangeError: I048\/161\/trn must be an integer from 0 to 4095, got 4096$/,
  },
  {
    why: "an address that is no hex",
    encode: () => plot({ i220: { aircraftAddress: "xyz" } }),
    says: /^TypeError: I048\/220\/aircraftAddress must be text like .* got "xyz"$/,
  },
  {
    why: "an octal digit of 8",
    encode: () => plot({ i070: { mode3a: "0008" } }),
    says: /^TypeError: I048\/070\/mode3a/,
  },
  {
    why: "text that is too long",
    encode: () => plot({ i240: { aircraftIdentification: "ABCDEFGHI" } }),
    says: /^RangeError: I048\/240\/aircraftIdentification must be at most 8 characters/,
  },
  {
    why: "text that the wire has no letters for",
    encode: () => plot({ i240: { aircraftIdentification: "ab" } }),
    says: /^TypeError: I048\/240\/aircraftIdentification/,
  },
  {
    why: "an item of another category",
    encode: () => encodeBlock(34, [{ i048: { x: 1 } } as never]),
    says: /^TypeError: I034\/048 is not in this edition$/,
  },
  {
    why: "a field that there is not",
    encode: () => plot({ i040: { rhoNm: 1, thetaDeg: 1, heightM: 3 } as never }),
    says: /^TypeError: I048\/040\/heightM is not in this edition$/,
  },
  {
    why: "a record of nothing",
    encode: () => encodeBlock(34, [{}]),
    says: /^RangeError: A record of category 34 must have an item$/,
  },
  {
    why: "too many entries",
    encode: () => plot({ i250: Array.from({ length: 256 }, () => ({ mbdata: "00000000000000" })) }),
    says: /^RangeError: I048\/250 must have at most 255 entries, got 256$/,
  },
  {
    why: "a chain of nothing",
    encode: () => plot({ i030: [] }),
    says: /^RangeError: I048\/030 must have an entry$/,
  },
  {
    why: "a repetitive item that is no array",
    encode: () => plot({ i250: {} as never }),
    says: /^TypeError: I048\/250 must be an array, got object$/,
  },
  {
    why: "an item that is no object",
    encode: () => plot({ i010: 7 as never }),
    says: /^TypeError: I048\/010 must be an object, got number$/,
  },
  {
    why: "a special purpose field beyond its length",
    encode: () => plot({ sp: { octets: "00".repeat(255) } }),
    says: /^RangeError: I048\/SP must be less than 255 octets, got 255$/,
  },
  {
    why: "a special purpose field that is no hex",
    encode: () => plot({ sp: { octets: "0" } }),
    says: /^TypeError: I048\/SP\/octets must be hex digits: /,
  },
  {
    why: "a block beyond its length",
    encode: () =>
      encodeBlock(
        62,
        Array.from({ length: 20_000 }, () => ({ i040: { trackNumber: 1 } })),
      ),
    says: /^RangeError: A block must be at most 65535 octets, got 80003$/,
  },
  {
    why: "an edition that there is not",
    encode: () => encodeBlock(62, [{ i040: { trackNumber: 1 } }], "0.17"),
    says: /^RangeError: Editions of category 62 are 1.20, 1.21, got 0.17$/,
  },
])
  test(`${why} is refused`, () => {
    assert.throws(encode, (error) => says.test(String(error)) || assert.fail(String(error)));
  });
