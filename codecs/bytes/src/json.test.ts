import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  createJsonSplitter,
  type DecodeError,
  fieldsOf,
  type JsonItem,
  type JsonObject,
  MAX_JSON_DEPTH,
  MAX_JSON_OCTETS,
  MAX_RECORD_ERRORS,
  noteError,
  parseJson,
} from "./index.ts";

const octets = (text: string): Uint8Array => new TextEncoder().encode(text);
const told = (items: readonly JsonItem[]): readonly unknown[] =>
  items.map((item) => (item.kind === "json" ? item.value : item.kind === "text" ? item.text : item.error.code));
const split = (text: string, options?: { endsAtNewline?: boolean }): readonly unknown[] => {
  const splitter = createJsonSplitter(options);
  return told([...splitter.push(octets(text)), ...splitter.finish()]);
};

test("objects that follow one another without anything between them are several", () => {
  assert.deepEqual(split('{"a":1}{"b":"}{"}\u0000[2]\n{"c":{"d":[]}}'), [{ a: 1 }, { b: "}{" }, [2], { c: { d: [] } }]);
});

test("text between values is told line by line, and an object in the middle of a text line is text", () => {
  assert.deepEqual(split('rst:0x1 (POWERON)\n{"a":1}\nMSG,3,{1}\n'), ["rst:0x1 (POWERON)", { a: 1 }, "MSG,3,{1}"]);
});

test("a value that the stream cuts is truncated, and the next stream begins anew", () => {
  const splitter = createJsonSplitter();
  assert.deepEqual(told([...splitter.push(octets('{"a":[1')), ...splitter.finish(), ...splitter.push(octets("{}"))]), [
    "truncated",
    {},
  ]);
});

test("a damaged line costs itself alone where values end at newlines", () => {
  assert.deepEqual(split('{"a":{1\n{"b":2}\n', { endsAtNewline: true }), ["not-json", { b: 2 }]);
  assert.deepEqual(split('{"a":"x\n{"b":2}\n'), ["not-json", { b: 2 }], "as does one cut within a string, anywhere");
});

test("what is too deep, too long, no UTF-8 or no JSON is refused by its code", () => {
  const deep = "[".repeat(MAX_JSON_DEPTH + 1);
  assert.deepEqual(split(`${deep}${"]".repeat(MAX_JSON_DEPTH + 1)}\n{}`), ["too-deep", {}]);
  const answer = parseJson(`${deep}${"]".repeat(MAX_JSON_DEPTH + 1)}`);
  assert.ok(!answer.ok && answer.error.code === "too-deep");
  assert.ok(parseJson(`"${deep}"`).ok, "brackets in text are text");
  assert.deepEqual(split(`{"a":"${"x".repeat(MAX_JSON_OCTETS)}"}\n{}`), ["too-long", {}]);
  const splitter = createJsonSplitter();
  splitter.push(octets("["));
  const codes = Array.from({ length: 5 }, () => told(splitter.push(new Uint8Array(1 << 20).fill(0x20)))).flat();
  assert.deepEqual(codes, ["too-long"], "a value without end is given up");
  assert.equal(splitter.begunOctets, 0);
  assert.deepEqual(told(createJsonSplitter().push(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d))), ["not-utf8"]);
  assert.deepEqual(split("{a}"), ["not-json"]);
});

test("any chunking gives the same items, and a splitter restored at any cut goes on alike", () => {
  const stream = octets('boot\n{"a":"é\\"}{","b":[1,{"c":2}]}{"d":3},\n[[\n]]\nx{}\n{"e":tru}{"f":1}');
  const whole = createJsonSplitter();
  const expected = [...whole.push(stream), ...whole.finish()];
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: stream.length }), { maxLength: 8 }), (cuts) => {
      let splitter = createJsonSplitter();
      const items: JsonItem[] = [];
      let from = 0;
      for (const to of [...cuts.toSorted((a, b) => a - b), stream.length]) {
        items.push(...splitter.push(stream.subarray(from, to)));
        from = to;
        splitter = createJsonSplitter({}, JSON.parse(JSON.stringify(splitter.snapshot())));
      }
      assert.deepEqual([...items, ...splitter.finish()], expected);
    }),
  );
  assert.throws(() => createJsonSplitter({}, { ...whole.snapshot(), begun: "xy" }), /hex digits/);
});

test("fields that are not what they must be are unknown and named", () => {
  const errors: DecodeError[] = [];
  const value = JSON.parse(
    '{"a":"12.5","b":[],"c":200,"d":" RYR\\u0000\\u202e ","e":null,"f":"","g":"123456","h":1,"i":{"j~/":false},"k":"x","__proto__":{"l":1}}',
  ) as JsonObject;
  const fields = fieldsOf(value, "/r", 7, errors);
  assert.deepEqual(
    [fields.number("a"), fields.number("e"), fields.number("f"), fields.number("missing"), fields.text("h"), fields.flag("h")],
    [12.5, undefined, undefined, undefined, "1", true],
  );
  assert.equal(fields.text("d"), "RYR\ufffd\ufffd");
  assert.deepEqual(fields.list("missing"), []);
  assert.equal(fields.has("toString"), false, "inherited keys are not there");
  assert.deepEqual(errors, []);
  fields.number("b");
  fields.number("c", { min: 0, max: 90 });
  fields.text("g", 5);
  fields.text("b");
  fields.flag("k");
  fields.object("a");
  fields.list("a");
  fields.object("i")?.number("j~/");
  assert.deepEqual(
    errors.map(({ code, item, at, detail }) => `${code} ${item} ${at} ${detail}`),
    [
      "wrong-type /r/b 7 a number expected, got []",
      "out-of-range /r/c 7 from 0 to 90 expected, got 200",
      "too-long /r/g 7 at most 5 characters expected, got 6",
      "wrong-type /r/b 7 text expected, got []",
      'wrong-type /r/k 7 true or false expected, got "x"',
      'wrong-type /r/a 7 an object expected, got "12.5"',
      'wrong-type /r/a 7 a list expected, got "12.5"',
      "wrong-type /r/i/j~0~1 7 a number expected, got false",
    ],
  );
  assert.equal(({} as { l?: number }).l, undefined);
});

test("a record notes a bounded number of errors, and says that there were more", () => {
  const errors: DecodeError[] = [];
  for (let i = 0; i < 5000; i++) noteError(errors, { code: "x", item: "y", at: 0, detail: "" });
  assert.equal(errors.length, MAX_RECORD_ERRORS + 1);
  assert.equal(errors.at(-1)?.code, "too-many-errors");
});
