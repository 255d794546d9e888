import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createLineSplitter, type LineSplitter, MAX_BEGUN_OCTETS, MAX_LINE_OCTETS, MAX_PEERS } from "./line-splitter.ts";

const octets = (text: string) => new TextEncoder().encode(text);
const texts = (splitter: LineSplitter, chunk: string, from = "a") =>
  splitter.push(octets(chunk), from).lines.map(({ text }) => text);

test("lines come out whole wherever the octets are cut", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme", minLength: 1 })), fc.array(fc.nat(40)), (lines, cuts) => {
      const clean = lines.map((line) => `x${line.replaceAll("\n", " ")}`);
      const all = octets(clean.map((line) => `${line}\n`).join(""));
      const splitter = createLineSplitter("stream");
      const out: string[] = [];
      let at = 0;
      for (const cut of [...cuts, all.length]) {
        out.push(...splitter.push(all.subarray(at, at + cut), "a").lines.map(({ text }) => text));
        at += cut;
      }
      out.push(...splitter.push(all.subarray(at), "a").lines.map(({ text }) => text));
      assert.deepEqual(out, clean);
    }),
  );
});

test("empty lines and carriage returns are no lines", () => {
  assert.deepEqual(texts(createLineSplitter("stream"), "\n\r\n  \none\n"), ["one"]);
});

test("a datagram's end ends its line, whatever it says", () => {
  assert.deepEqual(texts(createLineSplitter("datagram"), '{"cut'), ['{"cut']);
  assert.deepEqual(texts(createLineSplitter("datagram"), "one\ntwo"), ["one", "two"]);
});

test("on a stream a whole object needs no newline, and the newline that follows is no line", () => {
  const splitter = createLineSplitter("stream");
  assert.deepEqual(texts(splitter, '{"a":1}'), ['{"a":1}']);
  assert.deepEqual(texts(splitter, "\n"), []);
  assert.deepEqual(texts(splitter, '{"a":{}'), []);
  assert.deepEqual(texts(splitter, "}"), []);
  assert.deepEqual(texts(splitter, "\n"), ['{"a":{}}']);
});

test("two peers' lines never mix", () => {
  const splitter = createLineSplitter("stream");
  assert.deepEqual(texts(splitter, "on", "a"), []);
  assert.deepEqual(texts(splitter, "tw", "b"), []);
  assert.deepEqual(texts(splitter, "e\n", "a"), ["one"]);
  assert.deepEqual(texts(splitter, "o\n", "b"), ["two"]);
});

test("a line says where in the chunk it began, and 0 when it began before", () => {
  const splitter = createLineSplitter("stream");
  assert.deepEqual(splitter.push(octets("ab\ncd\nef"), "a").lines, [
    { text: "ab", at: 0 },
    { text: "cd", at: 3 },
  ]);
  assert.deepEqual(splitter.push(octets("gh\nij\n"), "a").lines, [
    { text: "efgh", at: 0 },
    { text: "ij", at: 3 },
  ]);
});

test("octets that are not UTF-8 are refused with their line only", () => {
  const { lines, errors } = createLineSplitter("stream").push(Uint8Array.of(0x61, 0xff, 0x0a, 0x62, 0x0a), "a");
  assert.deepEqual(lines, [{ text: "b", at: 3 }]);
  assert.deepEqual(
    errors.map(({ code, at }) => ({ code, at })),
    [{ code: "not-utf8", at: 0 }],
  );
});

test("a line that never ends is dropped once, up to its end", () => {
  const splitter = createLineSplitter("stream");
  const half = new Uint8Array(MAX_LINE_OCTETS / 2 + 1).fill(0x78);
  assert.deepEqual(splitter.push(half, "a").errors, []);
  assert.deepEqual(
    splitter.push(half, "a").errors.map(({ code }) => code),
    ["line-too-long"],
  );
  assert.deepEqual(splitter.push(half, "a").errors, []);
  assert.deepEqual(texts(splitter, "tail\nnext\n"), ["next"]);
});

test("a line that is too long in one chunk is dropped alone", () => {
  const chunk = new Uint8Array(MAX_LINE_OCTETS + 4).fill(0x78);
  chunk.set(octets("\nok"), MAX_LINE_OCTETS + 1);
  const { lines, errors } = createLineSplitter("datagram").push(chunk, "a");
  assert.deepEqual(lines, [{ text: "ok", at: MAX_LINE_OCTETS + 2 }]);
  assert.deepEqual(
    errors.map(({ code }) => code),
    ["line-too-long"],
  );
});

test("of too many peers the one not heard for longest loses its line, and it is counted", () => {
  const splitter = createLineSplitter("stream");
  for (let peer = 0; peer < MAX_PEERS; peer++) texts(splitter, "begun", `p${peer}`);
  texts(splitter, "more", "p0");
  const { errors } = splitter.push(octets("x"), "new");
  assert.deepEqual(
    errors.map(({ code, detail }) => `${code}: ${detail}`),
    ["line-abandoned: 5 octets of p1 never ended, and too many lines are begun"],
  );
  assert.deepEqual(texts(splitter, "\n", "p0"), ["begunmore"]);
});

test("begun lines of all peers together stay within their limit", () => {
  const splitter = createLineSplitter("stream");
  const big = new Uint8Array(MAX_LINE_OCTETS).fill(0x78);
  const codes: string[] = [];
  for (let peer = 0; peer <= MAX_BEGUN_OCTETS / MAX_LINE_OCTETS; peer++) {
    codes.push(...splitter.push(big, `p${peer}`).errors.map(({ code }) => code));
  }
  assert.deepEqual(codes, ["line-abandoned"]);
});

test("one octet a chunk costs no more than a line", () => {
  const splitter = createLineSplitter("stream");
  const octet = octets("x");
  for (let i = 0; i < 200_000; i++) splitter.push(octet, "a");
  assert.equal(texts(splitter, "\n")[0]?.length, 200_000);
});

test("a splitter restored in the middle of a line, or of a character, goes on as the first would have", () => {
  const first = createLineSplitter("stream");
  first.push(Uint8Array.of(0x61, 0xc3), "a");
  first.push(new Uint8Array(MAX_LINE_OCTETS + 1), "b");
  const second = createLineSplitter("stream", JSON.parse(JSON.stringify(first.snapshot())));
  for (const splitter of [first, second]) {
    assert.deepEqual(splitter.push(Uint8Array.of(0xa9, 0x0a), "a").lines, [{ text: "aé", at: 0 }]);
    assert.deepEqual(texts(splitter, "dropped\nkept\n", "b"), ["kept"]);
  }
  assert.deepEqual(first.snapshot(), second.snapshot());
});

test("a snapshot that is not hex is refused by name", () => {
  assert.throws(() => createLineSplitter("stream", [{ from: "a", begun: "zz", skipping: false }]), TypeError);
});
