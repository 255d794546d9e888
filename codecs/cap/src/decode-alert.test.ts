import assert from "node:assert/strict";
import { test } from "node:test";
import { octetsOf, smallAlert } from "./cap.fixture.ts";
import { CAP_ERROR_CODES, CAP_RULE_CODES, decodeAlert, LIMITS } from "./index.ts";

type Case = readonly [code: string, item: string, octets: Uint8Array];
const NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2";

const refused: readonly Case[] = [
  ["bad-encoding", "document", Uint8Array.of(0x3c, 0xff, 0x3e)],
  ["bad-encoding", "document", octetsOf(`<?xml version="1.0" encoding="ISO-8859-1"?><alert xmlns="${NAMESPACE}"/>`)],
  ["too-large", "document", new Uint8Array(LIMITS.octets + 1)],
  ["too-large", "a", octetsOf("<a>".repeat(LIMITS.depth + 1))],
  ["too-large", "a", octetsOf(`<b>${"<a/>".repeat(LIMITS.elements)}</b>`)],
  ["not-well-formed", "document", octetsOf("<alert>")],
  ["not-well-formed", "document", octetsOf("<alert>&mine;</alert>")],
  ["not-well-formed", "document", octetsOf("")],
  ["doctype", "document", octetsOf(`<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>`)],
  ["not-cap", "alert", octetsOf('<alert xmlns="urn:oasis:names:tc:emergency:cap:1.1"/>')],
  ["not-cap", "other", octetsOf("<other/>")],
  ["missing-element", "alert/scope", smallAlert("<scope>Public</scope>")],
  ["missing-element", "alert/info/category", smallAlert("<category>Security</category>")],
  [
    "missing-element",
    "alert/sent",
    smallAlert(
      "<sent>2026-01-02T03:04:05-00:00</sent><status>Actual</status>",
      "<status>Actual</status><sent>2026-01-02T03:04:05-00:00</sent>",
    ),
  ],
  ["unexpected-element", "alert/info/area/more", smallAlert("</area>", "<more/></area>")],
  ["unexpected-element", "alert/sender/b", smallAlert("s@x", "<b/>")],
  ["unexpected-element", "alert/x", smallAlert("</info>", '</info><x xmlns="urn:other"/>')],
  ["unexpected-text", "alert/info", smallAlert("<event>", "word<event>")],
  ["bad-value", "alert/status", smallAlert("Actual", "actual")],
  ["bad-value", "alert/sent", smallAlert("-00:00", "Z")],
  ["bad-value", "alert/info/area/altitude", smallAlert("</areaDesc>", "</areaDesc><altitude>1e3</altitude>")],
];

for (const [code, item, octets] of refused)
  test(`refused as ${code}: ${item}`, () => {
    const decoded = decodeAlert(octets);
    assert.ok(!decoded.ok);
    assert.deepEqual([decoded.error.code, decoded.error.item], [code, item], decoded.error.detail);
    assert.ok(decoded.error.at >= 0 && decoded.error.detail.length > 0);
  });

test("every error code is reached", () => {
  assert.deepEqual(new Set(refused.map(([code]) => code)), new Set(CAP_ERROR_CODES));
});

const breaking: readonly (readonly [code: string, octets: Uint8Array])[] = [
  ["bad-identifier", smallAlert("a1", "a 1")],
  ["missing-restriction", smallAlert("Public", "Restricted")],
  ["missing-addresses", smallAlert("Public", "Private")],
  ["missing-references", smallAlert(">Alert<", ">Cancel<")],
  ["bad-reference", smallAlert("</scope>", "</scope><references>s@x,a0</references>")],
  ["bad-polygon", smallAlert("</areaDesc>", "</areaDesc><polygon>1,1 2,2 3,3 4,4</polygon>")],
  ["bad-polygon", smallAlert("</areaDesc>", "</areaDesc><polygon>1,1 2,2 1,1</polygon>")],
  ["bad-circle", smallAlert("</areaDesc>", "</areaDesc><circle>91,0 1</circle>")],
  ["ceiling-without-altitude", smallAlert("</areaDesc>", "</areaDesc><ceiling>400</ceiling>")],
];

test("what breaks a rule that no schema holds is read, and the rule is named", () => {
  for (const [code, octets] of breaking) {
    const decoded = decodeAlert(octets);
    assert.ok(decoded.ok, code);
    assert.deepEqual(
      decoded.value.breaches.map((breach) => breach.code),
      [code],
    );
  }
  assert.deepEqual(new Set(breaking.map(([code]) => code)), new Set(CAP_RULE_CODES));
});

test("the least alert is read without a fault", () => {
  const decoded = decodeAlert(smallAlert());
  assert.ok(decoded.ok);
  assert.deepEqual(decoded.value.breaches, []);
  assert.equal(decoded.value.alert.infos[0]?.language, "en-US", "the language that the standard gives when none is said");
});

test("an error counts what else is wrong", () => {
  const decoded = decodeAlert(octetsOf(`<alert xmlns="${NAMESPACE}"><identifier>a</identifier></alert>`));
  assert.ok(!decoded.ok);
  assert.equal(decoded.error.detail, "must be there; and 4 more");
});

test("an alert inside a signature is not taken for the message", () => {
  const inner = new TextDecoder().decode(smallAlert("a1", "forged"));
  const wrapped = smallAlert(
    "</info>",
    `</info><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><Object>${inner}</Object></Signature>`,
  );
  const decoded = decodeAlert(wrapped);
  assert.ok(decoded.ok);
  assert.equal(decoded.value.alert.identifier, "a1");
  assert.equal(decoded.value.alert.isSigned, true);
  const outside = octetsOf(`<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><Object>${inner}</Object></Signature>`);
  assert.equal(decodeAlert(outside).ok, false);
});

test("the word of a document type in a comment or in a text harms nobody", () => {
  assert.ok(
    decodeAlert(
      octetsOf(`<!-- <!DOCTYPE x> -->${new TextDecoder().decode(smallAlert("<event>e", "<event><![CDATA[<!DOCTYPE x>]]>"))}`),
    ).ok,
  );
});
