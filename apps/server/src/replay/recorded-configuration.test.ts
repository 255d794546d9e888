import assert from "node:assert/strict";
import { test } from "node:test";
import { parseConfiguration } from "../config/read-configuration.ts";
import { framingOf } from "../feed-translator.ts";
import { configurationEntry, recordedConfiguration } from "./recorded-configuration.ts";

const TRANSPORTS = [
  "{ kind: udp, port: 9000, allow: [192.0.2.7] }",
  "{ kind: http, token: a-long-secret-token }",
  "{ kind: mqtt, url: 'mqtts://broker', topics: [a], user: u, password: { inClear: a-secret } }",
  "{ kind: httpPoll, url: 'https://a.example', bearer: { inClear: a-secret } }",
  "{ kind: capture, path: flight.jsonl, framing: datagram }",
  "{ kind: capture, path: flight.pcap }",
  "{ kind: stdin }",
];

for (const transport of TRANSPORTS)
  test(`what ${transport} is recorded as means the same bytes, and gives nothing away`, () => {
    const { site, feeds } = parseConfiguration(
      `site: { id: a, name: A, latDeg: 1, lonDeg: 2 }\nfeeds: [{ id: f, protocol: detections, transport: ${transport} }]\n`,
      "site.yaml",
    );
    const entry = configurationEntry({ site, feeds, bootNumber: 3 }, 5);
    const text = JSON.stringify(entry);
    assert.doesNotMatch(text, /secret|192\.0\.2|example|broker|flight/);
    const recorded = recordedConfiguration(JSON.parse(text));
    const [[before], [after]] = [feeds, recorded?.feeds ?? []];
    assert.ok(before && after && recorded?.bootNumber === 3);
    assert.equal(framingOf(after.transport), framingOf(before.transport));
    assert.equal(after.transport.kind, before.transport.kind);
  });
