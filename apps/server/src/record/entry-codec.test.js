import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeEntry, decodeHeader, encodeEntry } from "./entry-codec.ts";
import { timeOf } from "./journal-entry.ts";
const timeMs = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((ms) => !Object.is(ms, -0));
const name = fc.string({ unit: "binary", maxLength: 60 }).filter((text) => text.isWellFormed());
const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)));
/** A record as a literal makes it: without this, some have no prototype, which strict equality tells apart. */
const plain = (model) => fc.record(model, { noNullPrototype: true });
const entries = fc.oneof(plain({ kind: fc.constant("bytes"), feed: name, from: name, receivedMs: timeMs, bytes: fc.uint8Array({ maxLength: 300 }) }), plain({ kind: fc.constant("command"), receivedMs: timeMs, command: json }), plain({ kind: fc.constant("configuration"), receivedMs: timeMs, configuration: json }), plain({ kind: fc.constant("mark"), nowMs: timeMs }), plain({ kind: fc.constant("boot"), bootNumber: fc.nat(0xffffffff), version: name, nowMs: timeMs }), plain({
    kind: fc.constant("erasure"),
    nowMs: timeMs,
    erasure: plain({ retention: name, beforeMs: fc.nat(), fromSegment: fc.nat(), toSegment: fc.nat(), entries: fc.nat() }),
}));
test("every entry survives the way to its octets and back, with its label and time", () => {
    fc.assert(fc.property(entries, fc.option(name, { nil: undefined }), (entry, label) => {
        const octets = encodeEntry(entry, label);
        const retention = label === undefined || label === "" ? entry.kind : label;
        const decoded = decodeEntry(octets);
        assert.ok(decoded.ok);
        assert.deepEqual(decoded.value, { retention, entry });
        assert.deepEqual(decodeHeader(octets), { timeMs: timeOf(entry), retention });
    }));
});
test("octets that are no entry are answered with an error, never thrown", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (octets) => {
        const decoded = decodeEntry(octets);
        assert.ok(decoded.ok || ["truncated", "malformed", "unknown-kind"].includes(decoded.error.code));
    }), { numRuns: 2_000 });
});
test("a name too long or a value that is not JSON is refused by name", () => {
    const bytes = { kind: "bytes", feed: "x".repeat(256), from: "", receivedMs: 0, bytes: new Uint8Array(0) };
    assert.throws(() => encodeEntry(bytes), /A feed id has at most 255 octets of UTF-8, got 256/);
    assert.throws(() => encodeEntry({ kind: "command", receivedMs: 0, command: undefined }), /must be JSON, got undefined/);
});
