import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type TestContext, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { type AsterixRecord, createAsterixDecoder } from "./index.ts";

const FOLDER = resolve(import.meta.dirname, "../../..", process.env["PICKET_SHARED"] ?? "../shared", "vectors/asterix");
const skip = existsSync(FOLDER) ? false : `${FOLDER} is not there: set PICKET_SHARED`;

/** Values in their order on the wire, by item: order alone says which is which, whatever a decoder calls them. */
type Values = ReadonlyMap<string, readonly unknown[]>;

const text = (file: string): string => readFileSync(join(FOLDER, file), "utf8");
const unzipped = (file: string): string => gunzipSync(readFileSync(join(FOLDER, file))).toString("utf8");
const parse = <T>(json: string): T => JSON.parse(json) as T;
const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
const datagrams = (file: string): readonly Uint8Array[] => text(file).trim().split("\n").map(octets);

function decodeAll(bytes: readonly Uint8Array[]): readonly AsterixRecord[] {
  const decoder = createAsterixDecoder();
  return bytes.flatMap((datagram) => {
    const { records, errors } = decoder.decode(datagram);
    assert.deepEqual(errors, []);
    return records;
  });
}

const leaves = (value: unknown): readonly unknown[] =>
  typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [value];

const ourValues = (record: AsterixRecord): Values =>
  new Map(Object.entries<unknown>(record.items).map(([key, value]) => [key.replace(/^i/, ""), leaves(value)]));

/** Records of `tshark -V`: items are indented by eight, their values by more; FX bits and counters are no values. */
function tsharkRecords(output: string): readonly Values[] {
  const records: Map<string, unknown[]>[] = [];
  let values: unknown[] = [];
  for (const line of output.split("\n")) {
    const item = /^ {8}(\w+), /.exec(line)?.[1];
    if (/^ {4}Asterix message/.test(line)) records.push(new Map());
    else if (item !== undefined) {
      values = [];
      records.at(-1)?.set(item, values);
    } else if (/^ {12,}.*: /.test(line) && !/(= FX: |^ *Counter: )/.test(line))
      values.push(line.slice(line.lastIndexOf(": ") + 2));
  }
  return records;
}

/** Where tshark 4.0 takes other steps than the standard: its values times this are ours. The table of category 010 says why. */
const TSHARK_STEPS: Readonly<Record<string, number>> = { "10/202": 4, "10/210": 4 };

/** Flight levels below zero, of fourteen bits, to which tshark 4.0 gives no sign. The C++ decoder does. */
const TSHARK_WRAPS: Readonly<Record<string, number>> = { "48/090": 4096 };

/** A value of tshark: `text (5)`, `0x4692d1 (4625105)`, a code in octal with a 0 before it, or a number to fifteen digits. */
function isTsharks(ours: unknown, theirs: unknown, item: string): boolean {
  const word = String(theirs).trim();
  if (typeof ours === "string" && /^[0-7]{4}$/.test(ours) && /^0[0-7]*$/.test(word))
    return Number.parseInt(word, 8) === Number.parseInt(ours, 8);
  if (typeof ours === "string") return word === ours || word.split(" ")[0] === `0x${ours}`;
  const number = Number(/\((-?\d+)\)$/.exec(word)?.[1] ?? word) * (TSHARK_STEPS[item] ?? 1);
  if (typeof ours !== "number") return false;
  return Math.abs(number - ours) <= 1e-13 * Math.abs(ours) || (ours < 0 && number - ours === TSHARK_WRAPS[item]);
}

type IsEqual = (ours: unknown, theirs: unknown, item: string) => boolean;

function assertEqual(t: TestContext, ours: readonly AsterixRecord[], theirs: readonly Values[], isEqual: IsEqual): void {
  assert.equal(ours.length, theirs.length);
  let compared = 0;
  ours.forEach((record, i) => {
    const expected = theirs[i] ?? new Map<string, unknown[]>();
    const actual = ourValues(record);
    assert.deepEqual([...actual.keys()].sort(), [...expected.keys()].map((item) => item.toLowerCase()).sort());
    for (const [item, values] of expected) {
      if (values.length === 0 && item === "RE") continue;
      const decoded = actual.get(item.toLowerCase()) ?? [];
      const path = `${record.category}/${item}`;
      const isSame = decoded.length === values.length && values.every((value, n) => isEqual(decoded[n], value, path));
      assert.ok(isSame, `record ${i}, ${path}: ${JSON.stringify(decoded)} is not ${JSON.stringify(values)}`);
      compared += values.length;
    }
  });
  assert.ok(compared > 0);
  t.diagnostic(`${compared} values of ${ours.length} records`);
}

const CAPTURES = ["cat_034_048.subset", "cat_062_065"];

for (const capture of CAPTURES)
  test(`every value of ${capture} is tshark's`, { skip }, (t) => {
    assertEqual(
      t,
      decodeAll(datagrams(`${capture}.udp-hex.txt`)),
      tsharkRecords(unzipped(`${capture}.tshark-V.txt.gz`)),
      isTsharks,
    );
  });

type Block = Readonly<{ cat: number; hex: string; tshark_V: string; croatia?: readonly Readonly<Record<string, unknown>>[] }>;

for (const file of ["goasterix-hex.json", "cat021-re.json"])
  test(`every value of ${file} is tshark's`, { skip }, (t) => {
    for (const { cat, hex, tshark_V } of parse<readonly Block[]>(text(file)))
      if (cat >= 10 && cat !== 32) assertEqual(t, decodeAll([octets(hex)]), tsharkRecords(tshark_V), isTsharks);
  });

const JASTERIX = "jasterix";
const jasterixBlocks = (): readonly string[] =>
  readdirSync(join(FOLDER, JASTERIX)).flatMap((file) => (file.endsWith(".bin") ? [join(JASTERIX, file.slice(0, -4))] : []));
const decodeFile = (file: string): readonly AsterixRecord[] => decodeAll([Uint8Array.from(readFileSync(join(FOLDER, file)))]);

test("every value of jASTERIX's blocks is tshark's", { skip }, (t) => {
  for (const block of jasterixBlocks())
    assertEqual(t, decodeFile(`${block}.bin`), tsharkRecords(text(`${block}.tshark-V.txt`)), isTsharks);
});

/** What the C++ decoder shows in other units: knots for nautical miles a second, feet for flight levels, nanoseconds. */
const CROATIA_STEPS: Readonly<Record<string, number>> = {
  "I200/CGS": 3600,
  "I136/MFL": 100,
  "I135/CTBA": 100,
  "I074/time_reception_position_highprecision": 1e9,
};
type Scaled = Readonly<{ value: unknown; step: number }>;

function croatiaLeaves(value: unknown, path: string): readonly Scaled[] {
  if (typeof value !== "object" || value === null) return [{ value, step: CROATIA_STEPS[path] ?? 1 }];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === "FX" || key === "spare") return [];
    return croatiaLeaves(inner, path === "" || /^\d+$/.test(key) ? `${path}${path === "" ? key : ""}` : `${path}/${key}`);
  });
}

/** It reads into the registers of I048/250, of which only the numbers are compared. */
function croatiaValues(items: Readonly<Record<string, unknown>>): Values {
  return new Map(
    Object.entries(items).map(([key, value]) => {
      const registers =
        key === "I250" && Array.isArray(value) ? value.map((register: { BDS: string }) => register.BDS) : undefined;
      return [key === "IRE" ? "RE" : key.slice(1), registers ?? croatiaLeaves(value, key)];
    }),
  );
}

const withRegistersOnly = (record: AsterixRecord): AsterixRecord =>
  record.category === 48 && record.items.i250
    ? { ...record, items: { ...record.items, i250: record.items.i250.map(({ bds1, bds2 }) => `${bds1}${bds2}`) as never } }
    : record;

/** Seven decimals are shown, of values whose steps are rounded to seven digits. */
function isCroatias(ours: unknown, theirs: unknown): boolean {
  if (typeof theirs === "string") return theirs === ours;
  const { value, step } = theirs as Scaled;
  if (typeof ours === "string") return typeof value === "string" && value.trim().toLowerCase() === ours.toLowerCase();
  return typeof ours === "number" && typeof value === "number" && Math.abs(ours * step - value) <= 6e-8 + 2e-7 * Math.abs(value);
}

const croatiaRecord = (line: Readonly<Record<string, unknown>>): Values => {
  const items = Object.entries(line).find(([key]) => key.startsWith("CAT"))?.[1];
  return croatiaValues(items as Readonly<Record<string, unknown>>);
};

for (const capture of CAPTURES)
  test(`every value of ${capture} is the C++ decoder's`, { skip }, (t) => {
    const lines = text(`${capture}.croatia.jsonl`).trim().split("\n");
    const expected = lines.map((line) => croatiaRecord(parse(line)));
    assertEqual(t, decodeAll(datagrams(`${capture}.udp-hex.txt`)).map(withRegistersOnly), expected, isCroatias);
  });

test("every value of cat021-re.json, expansion fields too, is the C++ decoder's", { skip }, (t) => {
  for (const { hex, croatia = [] } of parse<readonly Block[]>(text("cat021-re.json")))
    assertEqual(t, decodeAll([octets(hex)]), croatia.map(croatiaRecord), isCroatias);
});

type UpstreamValue = Readonly<{ path: string; value: number | string; tol?: number }>;
/** What jASTERIX shows in knots and in feet. */
const JASTERIX_STEPS: Readonly<Record<string, number>> = {
  "48/200/CALCULATED GROUNDSPEED": 3600,
  "62/135/Calculated Track Barometric Altitude": 100,
};

/** Addresses and codes are numbers there, the codes with their octal digits read as decimal ones. */
function isUpstreams(ours: unknown, { value, tol = 1e-9 }: UpstreamValue, step: number): boolean {
  if (typeof value === "string") return ours === value.trim();
  if (typeof ours === "string") return Number(ours) === value || Number.parseInt(ours, 16) === value;
  return typeof ours === "number" && Math.abs(ours * step - value) <= Math.max(tol, 1e-6 * Math.abs(value));
}

test("every value that jASTERIX's own tests expect is among ours", { skip }, () => {
  for (const block of jasterixBlocks()) {
    const [record] = decodeFile(`${block}.bin`);
    assert.ok(record);
    const left = new Map([...ourValues(record)].map(([item, values]) => [item, [...values]]));
    for (const upstream of parse<readonly UpstreamValue[]>(text(`${block}.upstream-values.json`))) {
      const [item = "", name = ""] = upstream.path.split("/", 2);
      if (name === "" || /\/(FX\d?|available)$/.test(upstream.path)) continue;
      const step = JASTERIX_STEPS[`${record.category}/${upstream.path}`] ?? 1;
      const values = left.get(item) ?? [];
      const at = values.findIndex((ours) => isUpstreams(ours, upstream, step));
      assert.ok(at >= 0, `${block} ${upstream.path}: ${upstream.value} is not among ${JSON.stringify(values)}`);
      values.splice(at, 1);
    }
  }
});

test("a capture of an edition before 1.0 is survived: nothing of it passes for a position", { skip }, () => {
  const decoder = createAsterixDecoder();
  const codes = new Set<string>();
  for (const datagram of datagrams("asterix.subset.udp-hex.txt")) {
    const { records, errors } = decoder.decode(datagram);
    for (const { code } of errors) codes.add(code);
    for (const record of records)
      assert.ok(record.category === 62 && record.items.i105?.latDeg === undefined && record.items.i105?.lonDeg === undefined);
  }
  assert.deepEqual([...codes].sort(), ["empty-record", "truncated", "unknown-item"]);
});

test("the hand-built block of category 129 decodes to what it was built from", { skip }, () => {
  const [{ hex } = { hex: "" }] = parse<readonly Block[]>(text("cat129-handbuilt.json"));
  const [record] = decodeAll([octets(hex)]);
  assert.ok(record?.category === 129);
  assert.deepEqual(record.items, {
    i010: { sac: 0, sic: 0 },
    i050: { country: "US" },
    i070: { timeOfDayS: 43_200 },
    i080: { latDeg: 9.999999906867743, lonDeg: -19.99999998137355 },
    i090: { altMslM: 500 },
    i110: { accuracyM: 12 },
  });
});
