import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { canonicalJson } from "./canonical-json.ts";
for (const { value, text, why } of [
    { value: { b: 1, a: [true, null, "x"] }, text: '{"a":[true,null,"x"],"b":1}', why: "members in order, without blanks" },
    { value: { a: undefined, b: 1 }, text: '{"b":1}', why: "an undefined member as absent" },
    {
        value: [1e30, 4.5, 2e-3, 1e-27, -0],
        text: "[1e+30,4.5,0.002,1e-27,0]",
        why: "numbers as RFC 8785 section 3.2.2 prints them",
    },
    {
        value: { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\u{1f600}": 5, "\u0080": 6, "\u00f6": 7 },
        text: '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}',
        why: "the sorting example of RFC 8785 section 3.2.3",
    },
    { value: '\u20ac$\u000f\nA\'B"\\"/', text: '"\u20ac$\\u000f\\nA\'B\\"\\\\\\"/"', why: "escapes as RFC 8785 section 3.2.2.2" },
])
    test(`canonical JSON writes ${why}`, () => assert.equal(canonicalJson(value), text));
test("any JSON value reads back the same, and the order of its members does not matter", () => {
    fc.assert(fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
        const text = canonicalJson(value);
        assert.equal(canonicalJson(JSON.parse(text)), text);
        assert.equal(canonicalJson(reversed(value)), text);
    }));
});
test("what has no JSON text is refused by name", () => {
    assert.throws(() => canonicalJson([Number.NaN]), /finite number, got NaN/);
    assert.throws(() => canonicalJson({ a: Number.POSITIVE_INFINITY }), /finite number, got Infinity/);
    assert.throws(() => canonicalJson("\ud800"), /whole surrogate pairs/);
    assert.throws(() => canonicalJson({ "\udc00": 1 }), /whole surrogate pairs/);
});
function reversed(value) {
    if (typeof value !== "object" || value === null)
        return value;
    if (Array.isArray(value))
        return value.map(reversed);
    return Object.fromEntries(Object.entries(value)
        .reverse()
        .map(([name, inner]) => [name, reversed(inner)]));
}
