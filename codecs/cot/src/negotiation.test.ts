import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type CotEvent,
  createCotStream,
  encodeStreamFrame,
  encodeXml,
  expireNegotiation,
  formatXmlEvent,
  NEGOTIATION_TIMEOUT_MS,
  type Negotiation,
  negotiate,
  startNegotiation,
} from "./index.ts";

const NOW_MS = 1_767_323_045_678;
const position: CotEvent = {
  uid: "ANDROID-1",
  type: "a-f-G-U-C",
  timeMs: NOW_MS,
  startMs: NOW_MS,
  staleMs: NOW_MS + 60_000,
  point: { latDeg: 32.5, lonDeg: -117 },
  detail: [],
};
const offer = startNegotiation("server", "server-1", NOW_MS);
const client = startNegotiation("client", "", NOW_MS);
const event = (send: CotEvent | undefined): CotEvent => send ?? assert.fail("something is sent");
const asked = negotiate(client.negotiation, event(offer.send), NOW_MS + 100);
const answered = negotiate(offer.negotiation, event(asked.send), NOW_MS + 200);
/** As {@link event}, with something in its XML changed. */
const altered = (original: CotEvent | undefined, from: string, to: string): CotEvent => {
  const stream = createCotStream();
  const [item] = stream.push(new TextEncoder().encode(formatXmlEvent(event(original)).replace(from, to)));
  return item?.kind === "message" ? event(item.value.event) : assert.fail("is an event");
};

test("a server offers under its uid, a client asks under the same, and both change to protobuf", () => {
  assert.equal(
    formatXmlEvent(event(offer.send)),
    '<event version="2.0" uid="server-1" type="t-x-takp-v" how="m-g" time="2026-01-02T03:04:05.678Z" start="2026-01-02T03:04:05.678Z" ' +
      'stale="2026-01-02T03:05:05.678Z"><point lat="0" lon="0" hae="9999999.0" ce="9999999.0" le="9999999.0"/>' +
      '<detail><TakControl><TakProtocolSupport version="1"/></TakControl></detail></event>',
  );
  assert.equal(offer.negotiation.phase, "offered");
  assert.equal(client.send, undefined);
  assert.match(
    formatXmlEvent(event(asked.send)),
    /uid="server-1" type="t-x-takp-q".*<TakControl><TakRequest version="1"\/><\/TakControl>/,
  );
  assert.equal(asked.negotiation.phase, "requested");
  assert.match(
    formatXmlEvent(event(answered.send)),
    /type="t-x-takp-r".*<TakControl><TakResponse status="true"\/><\/TakControl>/,
  );
  assert.equal(answered.negotiation.phase, "protobuf");
  const done = negotiate(asked.negotiation, event(answered.send), NOW_MS + 300);
  assert.deepEqual([done.negotiation.phase, done.send], ["protobuf", undefined]);
});

test("a whole conversation holds over one stream each way, octet by octet", () => {
  const sides = { server: offer.negotiation, client: client.negotiation };
  const wires = { server: createCotStream(), client: createCotStream() };
  const heard: string[] = [];
  const write = (from: "server" | "client", bytes: Uint8Array): void => {
    const to = from === "server" ? "client" : "server";
    for (const octet of bytes) {
      for (const item of wires[to].push(Uint8Array.of(octet))) {
        assert.ok(item.kind === "message" && item.value.event);
        heard.push(`${to} ${item.value.encoding} ${item.value.event.type}`);
        const step = negotiate(sides[to], item.value.event, NOW_MS);
        sides[to] = step.negotiation;
        if (step.send) write(to, encodeXml(step.send));
      }
    }
  };
  const say = (from: "server" | "client"): void =>
    write(from, sides[from].phase === "protobuf" ? encodeStreamFrame({ event: position }) : encodeXml(position));
  say("client");
  write("server", encodeXml(event(offer.send)));
  say("client");
  say("server");
  assert.deepEqual(heard, [
    "server xml a-f-G-U-C",
    "client xml t-x-takp-v",
    "server xml t-x-takp-q",
    "client xml t-x-takp-r",
    "server protobuf a-f-G-U-C",
    "client protobuf a-f-G-U-C",
  ]);
});

test("a client that asks for another version, late, or unasked is told no and goes on in XML", () => {
  const otherVersion = altered(asked.send, 'version="1"', 'version="2"');
  const late = NOW_MS + NEGOTIATION_TIMEOUT_MS;
  const noOffer: Negotiation = { ...offer.negotiation, phase: "xml" };
  for (const step of [
    negotiate(offer.negotiation, otherVersion, NOW_MS),
    negotiate(offer.negotiation, event(asked.send), late),
    negotiate(noOffer, event(asked.send), NOW_MS),
  ]) {
    assert.match(formatXmlEvent(event(step.send)), /<TakResponse status="false"\/>/);
    assert.notEqual(step.negotiation.phase, "protobuf");
    const refused = negotiate(asked.negotiation, event(step.send), NOW_MS);
    assert.equal(refused.negotiation.phase, "xml");
  }
  const retry = negotiate(offer.negotiation, otherVersion, NOW_MS).negotiation;
  assert.equal(negotiate(retry, event(asked.send), NOW_MS + 1).negotiation.phase, "protobuf", "and may ask again");
});

test("an offer of other versions is not taken up; one among several is", () => {
  const other = altered(offer.send, 'version="1"', 'version="2"');
  assert.equal(negotiate(client.negotiation, other, NOW_MS).negotiation.phase, "xml");
  const several = altered(
    offer.send,
    "<TakProtocolSupport",
    '<TakServerVersionInfo serverVersion="5"/><TakProtocolSupport version="2"/><TakProtocolSupport',
  );
  assert.equal(negotiate(client.negotiation, several, NOW_MS).negotiation.phase, "requested");
});

test("what is no part of it, or out of turn, changes nothing", () => {
  for (const side of [offer.negotiation, client.negotiation, asked.negotiation, answered.negotiation])
    assert.deepEqual(negotiate(side, position, NOW_MS), { negotiation: side });
  assert.deepEqual(negotiate(client.negotiation, event(answered.send), NOW_MS), { negotiation: client.negotiation });
  assert.deepEqual(negotiate(asked.negotiation, event(offer.send), NOW_MS), { negotiation: asked.negotiation });
  assert.deepEqual(negotiate(answered.negotiation, event(asked.send), NOW_MS), { negotiation: answered.negotiation });
  assert.deepEqual(negotiate(offer.negotiation, event(offer.send), NOW_MS), { negotiation: offer.negotiation });
});

test("time ends an offer quietly and fails a client that was not answered", () => {
  const late = NOW_MS + 100 + NEGOTIATION_TIMEOUT_MS;
  assert.equal(expireNegotiation(offer.negotiation, NOW_MS + NEGOTIATION_TIMEOUT_MS - 1), offer.negotiation);
  assert.equal(expireNegotiation(offer.negotiation, late).phase, "xml");
  assert.equal(expireNegotiation(asked.negotiation, late - 1), asked.negotiation);
  assert.equal(expireNegotiation(asked.negotiation, late).phase, "failed");
  for (const side of [client.negotiation, answered.negotiation]) assert.equal(expireNegotiation(side, late), side);
});
