import assert from "node:assert/strict";
import { test } from "node:test";
import { octetsOf, smallAlert } from "./cap.fixture.ts";
import { decodeDistribution } from "./index.ts";

const alert = (identifier: string): string => new TextDecoder().decode(smallAlert("<identifier>a1", `<identifier>${identifier}`));
/** An envelope of one content, with what else stands in the content and behind it. */
const envelope = (contents: string, beside = "", behind = ""): string =>
  `<EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0"><distributionID>d-1</distributionID><senderID>s@x</senderID>` +
  `<dateTimeSent>2026-01-02T03:04:05-00:00</dateTimeSent><distributionStatus>Test</distributionStatus>` +
  `<distributionType>Report</distributionType><combinedConfidentiality>open</combinedConfidentiality>` +
  `<contentObject><xmlContent><embeddedXMLContent>${contents}</embeddedXMLContent></xmlContent>${beside}</contentObject>${behind}</EDXLDistribution>`;
const hidden = `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><Object>${alert("forged")}</Object></Signature>`;
const decode = (text: string) => decodeDistribution(octetsOf(text));
const identifiers = (text: string) => {
  const decoded = decode(text);
  assert.ok(decoded.ok, decoded.ok ? "" : decoded.error.detail);
  return decoded.value.alerts.map((one) => (one.ok ? one.value.alert.identifier : one.error.code));
};

test("the alerts of an envelope are those that it carries, each sound or refused on its own", () => {
  assert.deepEqual(identifiers(envelope(alert("a-1") + alert("a-2").replace("Actual", "actual"))), ["a-1", "bad-value"]);
});

test("an alert that is hidden in a signature is carried by no envelope", () => {
  assert.deepEqual(identifiers(envelope(alert("a-1"), hidden)), ["a-1"], "beside what is carried");
  assert.deepEqual(identifiers(envelope(hidden)), [], "wrapped around it");
  assert.deepEqual(identifiers(envelope(alert("a-1").replace("</alert>", `${hidden}</alert>`))), ["a-1"], "inside it");
  const behind = decode(envelope(alert("a-1"), "", hidden));
  assert.ok(!behind.ok && behind.error.code === "unexpected-element");
});

test("an envelope with a document type is refused before any of it is read", () => {
  const decoded = decode(`<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${envelope(alert("&e;"))}`);
  assert.ok(!decoded.ok);
  assert.equal(decoded.error.code, "doctype");
});
