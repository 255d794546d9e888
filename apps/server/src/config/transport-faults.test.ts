import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ConfigurationError, parseConfiguration, readConfiguration } from "./read-configuration.ts";
import { readSecret } from "./secret.ts";

const SITE = "site: { id: gate, name: Gate, latDeg: 32.5, lonDeg: -117 }\n";
const withTransport = (transport: string) => `${SITE}feeds:\n  - { id: in, protocol: detections, transport: ${transport} }\n`;

const faultsOf = (transport: string): readonly string[] => {
  try {
    parseConfiguration(withTransport(transport), "site.yaml");
  } catch (error) {
    assert.ok(error instanceof ConfigurationError, String(error));
    return error.faults;
  }
  return [];
};

for (const transport of [
  "{ kind: tcpClient, host: receiver.local, port: 30003, idleTimeoutS: 60 }",
  "{ kind: tcpServer, port: 9000, host: 0.0.0.0, allow: [192.0.2.0/24], maxConnections: 4 }",
  '{ kind: httpPoll, url: "https://receiver/data/aircraft.json", user: u, password: { env: P }, tls: { ca: ca.pem } }',
  '{ kind: mqtt, url: "mqtts://broker", topics: ["wardragon/#", "/sensor/+/upload", "+"], version: "5", password: { file: p }, user: u }',
  "{ kind: serial, path: /dev/ttyUSB0, baud: 115200 }",
  "{ kind: capture, path: roof.jsonl, framing: datagram }",
])
  test(`${transport} is a transport`, () => assert.deepEqual(faultsOf(transport), []));

for (const [transport, fault] of [
  ["{ kind: tcpServer, port: 9000, allow: [everyone] }", /^site\.yaml:3: feeds\.0\.transport\.allow\.0 must be an address/],
  ['{ kind: mqtt, url: "mqtt://u:p@broker", topics: [a] }', /transport\.url must not hold a user or password/],
  ['{ kind: mqtt, url: "mqtt://", topics: [a] }', /transport\.url must be an address/],
  ['{ kind: mqtt, url: "mqtt://broker", topics: ["a/#/b"] }', /transport\.topics\.0 must have "\+" alone in its level/],
  ['{ kind: mqtt, url: "mqtt://broker", topics: ["a+"] }', /transport\.topics\.0 must have "\+" alone in its level/],
  ['{ kind: mqtt, url: "mqtt://broker", topics: [a], tls: { ca: x } }', /transport\.url must begin with mqtts:/],
  ['{ kind: mqtt, url: "mqtts://broker", topics: [a], tls: { key: x } }', /transport\.tls must have both certificate and key/],
  ['{ kind: mqtt, url: "mqtt://broker", topics: [a], password: { env: P } }', /transport\.password must come with a user/],
  ['{ kind: mqtt, url: "mqtt://broker", topics: [a], user: u, password: secret }', /transport/],
  ['{ kind: httpPoll, url: "http://a", bearer: { env: T }, user: u }', /transport\.bearer must stand alone/],
  ['{ kind: httpPoll, url: "ftp://a" }', /transport/],
  ["{ kind: tcpClient, host: a, port: 0 }", /transport/],
] as const)
  test(`${transport} is refused in words`, () => {
    const faults = faultsOf(transport);
    assert.ok(
      faults.some((text) => fault.test(text)),
      faults.join("\n"),
    );
    assert.ok(!faults.some((text) => text.includes("u:p")), "and without repeating a password");
  });

test("files of a transport are near the configuration, and a device is where it is", () => {
  const dir = mkdtempSync(join(tmpdir(), "picket-config-"));
  const file = join(dir, "site.yaml");
  const feeds = [
    '{ kind: mqtt, url: "mqtts://b", topics: [a], user: u, password: { file: p }, tls: { ca: ca.pem, certificate: c, key: k } }',
    '{ kind: httpPoll, url: "https://a", bearer: { file: t } }',
    "{ kind: serial, path: /dev/ttyUSB0 }",
    "{ kind: capture, path: c.pcap }",
  ].map((transport, index) => `  - { id: f${index}, protocol: detections, transport: ${transport} }\n`);
  writeFileSync(file, `${SITE}feeds:\n${feeds.join("")}`);
  const transports = readConfiguration(file).feeds.map(({ transport }) => transport);
  rmSync(dir, { recursive: true });
  assert.deepEqual(transports, [
    {
      kind: "mqtt",
      url: "mqtts://b",
      topics: ["a"],
      user: "u",
      password: { file: join(dir, "p") },
      tls: { ca: join(dir, "ca.pem"), certificate: join(dir, "c"), key: join(dir, "k") },
    },
    { kind: "httpPoll", url: "https://a", bearer: { file: join(dir, "t") } },
    { kind: "serial", path: "/dev/ttyUSB0" },
    { kind: "capture", path: join(dir, "c.pcap") },
  ]);
});

test("a secret is read where it stands, and its absence is said without guessing", () => {
  const dir = mkdtempSync(join(tmpdir(), "picket-secret-"));
  const file = join(dir, "secret");
  writeFileSync(file, "two words \r\n");
  assert.equal(readSecret({ file }), "two words ");
  writeFileSync(file, "\n");
  assert.throws(() => readSecret({ file }), /is empty/);
  rmSync(dir, { recursive: true });
  assert.throws(() => readSecret({ file }), /ENOENT/);
  assert.throws(() => readSecret({ env: "PICKET_TEST_NO_SUCH_VARIABLE" }), /PICKET_TEST_NO_SUCH_VARIABLE is not set/);
  assert.equal(readSecret({ inClear: "x" }), "x");
});
