import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type CotEvent,
  type CotItem,
  type CotStreamSnapshot,
  createCotStream,
  encodeStreamFrame,
  formatXmlEvent,
  MAX_MESSAGE_OCTETS,
} from "./index.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const event = (uid: string, remarks = "plain"): CotEvent => ({
  uid,
  type: "a-u-A-M-H-Q",
  timeMs: 1e12,
  startMs: 1e12,
  staleMs: 1e12 + 1,
  point: { latDeg: 1, lonDeg: 2 },
  detail: [{ name: "remarks", attributes: {}, children: [remarks] }],
});
const xml = (uid: string, remarks?: string): string => formatXmlEvent(event(uid, remarks));
const frame = (uid: string): Uint8Array => encodeStreamFrame({ event: event(uid) });
const join = (...parts: readonly (string | Uint8Array)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...(typeof part === "string" ? utf8(part) : part)]));

/** The items of a stream pushed in pieces of `octets`, its state through JSON between each two. */
function decode(bytes: Uint8Array, octets = bytes.length || 1): readonly CotItem[] {
  const items: CotItem[] = [];
  let stream = createCotStream();
  for (let at = 0; at < bytes.length; at += octets) {
    items.push(...stream.push(bytes.subarray(at, at + octets)));
    if (bytes.length < 5000) stream = createCotStream(JSON.parse(JSON.stringify(stream.snapshot())) as CotStreamSnapshot);
  }
  return [...items, ...stream.finish()];
}

const brief = (items: readonly CotItem[]): readonly string[] =>
  items.map((item) => (item.kind === "message" ? (item.value.event?.uid ?? "control") : item.error.code));

for (const [why, bytes, expected] of [
  ["nothing gives nothing", "", []],
  ["space, zeros and a byte order mark are passed over", join(" \r\n\t\0", Uint8Array.of(0xef, 0xbb, 0xbf), "\n"), []],
  ["events follow one another without anything between", xml("1") + xml("2"), ["1", "2"]],
  [
    "a declaration before each belongs to it",
    `<?xml version="1.0"?>\n${xml("1")}\n<?xml version="1.0"?>${xml("2")}\0`,
    ["1", "2"],
  ],
  [
    "a comment with the end tag in it ends nothing",
    `<!-- </event> -->${xml("1").replace("<detail>", "<detail><!-- </event> -->")}`,
    ["1"],
  ],
  ["CDATA with the end tag in it ends nothing", xml("1").replace("plain", "<![CDATA[</event><event >]]>"), ["1"]],
  ["a quoted end of tag ends nothing", xml("1").replace("<detail>", "<detail><a b='/>' c=\"'>\"/>"), ["1"]],
  ["an element whose name begins alike is no event", xml("1").replace("<detail>", "<detail><eventual/><events/>"), ["1"]],
  ["the end tag may hold space", `${xml("1").slice(0, -1)} \n>${xml("2")}`, ["1", "2"]],
  ["an event of no content is refused and the next goes on", `<event/>${xml("2")}`, ["missing", "2"]],
  ["a malformed event costs itself", `${xml("1").replace("<detail>", "<detail><a b='>")}${xml("2")}`, ["malformed-xml", "2"]],
  ["an event that is cut costs itself", `${xml("1").slice(0, 200)}${xml("2")}`, ["truncated", "2"]],
  ["another root element costs itself", `<auth><cot username="u" password="p"/></auth>${xml("2")}`, ["not-an-event", "2"]],
  [
    "an event within an event is two broken ones",
    `${xml("1").replace("plain", xml("2"))}${xml("3")}`,
    ["truncated", "2", "malformed-xml", "3"],
  ],
  ["frames follow one another", join(frame("1"), frame("2")), ["1", "2"]],
  ["XML gives way to frames and back", join(xml("1"), "\n", frame("2"), frame("3"), xml("4")), ["1", "2", "3", "4"]],
  [
    "a frame with a broken payload costs itself",
    join(Uint8Array.of(0xbf, 2, 0x12, 0x7f), frame("2")),
    ["malformed-protobuf", "2"],
  ],
  [
    "a control alone is a message",
    join(encodeStreamFrame({ control: { minVersion: 1, maxVersion: 1 } }), frame("2")),
    ["control", "2"],
  ],
  [
    "octets that begin nothing are one error",
    join("garbage \0 more", xml("1"), Uint8Array.of(1, 2, 3), frame("2")),
    ["lost-sync", "1", "lost-sync", "2"],
  ],
  [
    "a length of more than 32 bits is no frame",
    join(Uint8Array.of(0xbf, 255, 255, 255, 255, 255, 1), xml("2")),
    ["malformed-frame", "2"],
  ],
  ["a stream that ends early says so", xml("1").slice(0, 100), ["truncated"]],
  ["a frame that ends early says so", frame("1").subarray(0, 20), ["truncated"]],
  [
    "a document type is refused and the next goes on",
    `<!DOCTYPE event [<!ENTITY a "b">]>${xml("1")}${xml("2")}`,
    ["forbidden-doctype", "2"],
  ],
] as const)
  test(why, () => {
    const octets = join(bytes);
    const whole = decode(octets);
    assert.deepEqual(brief(whole), expected);
    for (const cut of [1, 2, 7, 100]) assert.deepEqual(decode(octets, cut), whole, `in pieces of ${cut}`);
  });

test("an event longer than is read is refused once, skipped to its end, and the next is read", () => {
  const long = xml("1", "x > ".repeat(MAX_MESSAGE_OCTETS / 2)).replace(
    "</remarks>",
    "<a b='</event'/><![CDATA[</event>]]></remarks>",
  );
  const octets = join(long, xml("2"), frame("3"));
  const whole = decode(octets);
  assert.deepEqual(brief(whole), ["too-long", "2", "3"]);
  for (const cut of [997, 65_536, MAX_MESSAGE_OCTETS]) assert.deepEqual(decode(octets, cut), whole);
});

test("an event of exactly the longest length is read, of one octet more not", () => {
  const room = MAX_MESSAGE_OCTETS - utf8(xml("1", "")).length;
  const longest = xml("1", "x".repeat(room));
  for (const [extra, expected] of [
    [0, ["1", "2"]],
    [1, ["too-long", "2"]],
  ] as const) {
    const octets = join(longest.replace("x", "x".repeat(1 + extra)), xml("2"));
    assert.equal(octets.length - utf8(xml("2")).length, MAX_MESSAGE_OCTETS + extra);
    assert.deepEqual(brief(decode(octets)), expected);
    assert.deepEqual(brief(decode(octets, 1013)), expected);
  }
});

test("a frame longer than is read is skipped by its length", () => {
  const header = Uint8Array.of(0xbf, 0x81, 0x80, 0x10);
  const octets = join(header, new Uint8Array(MAX_MESSAGE_OCTETS + 1).fill(0xbf), frame("2"));
  for (const cut of [octets.length, 997]) assert.deepEqual(brief(decode(octets, cut)), ["too-long", "2"]);
  assert.deepEqual(brief(decode(octets.subarray(0, 1000))), ["too-long", "truncated"]);
});

test("a peer that never ends its message cannot make the stream grow", () => {
  const stream = createCotStream();
  const chunk = utf8(" <a b='".repeat(1000));
  stream.push(utf8("<event>"));
  let errors = 0;
  for (let i = 0; i < 300; i++) errors += stream.push(chunk).length;
  assert.equal(errors, 1);
  assert.ok(stream.snapshot().pendingHex.length <= 4 * MAX_MESSAGE_OCTETS);
});

test("offsets count from the beginning of the stream", () => {
  const first = xml("1");
  const broken = xml("2").replace("</remarks>", "</remark>");
  const items = decode(join(first, "\n", broken, "\n", frame("3")), 10);
  const [one, two, three] = items;
  assert.ok(one?.kind === "message" && one.at === 0);
  assert.ok(two?.kind === "error" && two.error.at === first.length + 1 + broken.indexOf("</remark>") + "</remark>".length);
  assert.ok(three?.kind === "message" && three.at === first.length + broken.length + 2);
});

test("a snapshot that is none is refused", () => {
  const snapshot = { ...createCotStream().snapshot(), pendingHex: "xy" };
  assert.throws(() => createCotStream(snapshot), /^TypeError: A stream snapshot's pendingHex must be hex digits/);
});

test("cut anywhere, any octets give the same items, and every item lies further on", () => {
  const pieces = fc.oneof(
    fc.constantFrom(
      xml("1"),
      xml("2").slice(0, 150),
      "<event ",
      "</event>",
      "<!--",
      "-->",
      "<![CDATA[",
      "]]>",
      "<?",
      "?>",
      "<a/>",
      "'",
      "\n",
    ),
    fc.constantFrom(
      frame("3"),
      frame("4").subarray(0, 30),
      Uint8Array.of(0xbf),
      Uint8Array.of(0xef, 0xbb),
      Uint8Array.of(0xef, 0xbb, 0xbf),
    ),
    fc.uint8Array({ maxLength: 12 }),
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), fc.integer({ min: 1, max: 50 }), (parts, cut) => {
      const octets = join(...parts);
      const whole = decode(octets);
      assert.deepEqual(decode(octets, cut), whole);
      let last = -1;
      for (const item of whole) {
        const at = item.kind === "message" ? item.at : item.error.at;
        assert.ok(at >= last && at <= octets.length);
        last = item.kind === "message" ? at : last;
      }
    }),
    { numRuns: 300 },
  );
});
