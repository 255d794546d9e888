import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { EXIT } from "./exit-codes.ts";
import { runPicket, temporaryDir } from "./run-picket.fixture.ts";

const SITE = "site: { id: gate, name: Gate, latDeg: 32.55, lonDeg: -117.04 }\n";

test("without a configuration the machine is checked, and what is missing is only noted", async (t) => {
  const { code, out } = await runPicket(["doctor", "--data", join(temporaryDir(t), "none")]);
  assert.equal(code, EXIT.done, out);
  assert.match(out, /^ {2}ok {3}Node 24/);
  assert.match(out, /note .*No --config given/);
  assert.doesNotMatch(out, /FAULT/);
});

test("ports that are taken, files that are missing and TLS files that do not fit are faults, with exit code 1", async (t) => {
  const dir = temporaryDir(t);
  const [udp, tcp] = [createSocket("udp4"), createServer()];
  t.after(() => {
    udp.close();
    tcp.close();
  });
  udp.bind(0, "127.0.0.1");
  tcp.listen(0, "127.0.0.1");
  await Promise.all([once(udp, "listening"), once(tcp, "listening")]);
  const port = (tcp.address() as { port: number }).port;
  for (const file of ["cert.pem", "key.pem"]) writeFileSync(join(dir, file), "no certificate");
  writeFileSync(
    join(dir, "site.yaml"),
    `${SITE}server: { host: 0.0.0.0, port: ${port}, tls: { certificate: cert.pem, key: key.pem } }
sensors: [{ id: rid, name: Receiver, kind: remoteId, latDeg: 32.55, lonDeg: -117.04, rangeMaxM: 3000 }]
feeds:
  - { id: one, protocol: detections, transport: { kind: udp, port: ${udp.address().port} } }
  - { id: two, protocol: remote-id, sensor: rid, transport: { kind: capture, path: none.pcap } }
`,
  );
  const { code, out } = await runPicket(["doctor", "--config", join(dir, "site.yaml"), "--data", join(dir, "data")]);
  assert.equal(code, EXIT.no, out);
  for (const words of [
    /FAULT .*UDP 127\.0\.0\.1:\d+: .*EADDRINUSE/,
    /FAULT .*HTTP 0\.0\.0\.0:\d+: .*EADDRINUSE/,
    /FAULT .*none\.pcap/,
    /FAULT .*TLS: /,
  ])
    assert.match(out, words);
  assert.match(out, /FAULT .*0\.0\.0\.0.*administrator/, "beyond loopback it would not start");
});

test("every fault of a configuration is said, with its line", async (t) => {
  const path = join(temporaryDir(t), "site.yaml");
  writeFileSync(
    path,
    `${SITE}zonez: []
server: { port: x }
zones:
  - id: yard
    name: Yard
    purpose: protected
    shape: { kind: polygon, rings: [[[11.50,48.10],[11.51,48.10],[11.51,48.11]]] }
    entryLevel: warning
`,
  );
  const { code, out } = await runPicket(["doctor", "--config", path, "--data", join(path, "..", "data")]);
  assert.equal(code, EXIT.no);
  assert.match(out, /FAULT .*site\.yaml:2: zonez/);
  assert.match(out, /FAULT .*site\.yaml:3: server\.port/);
  assert.match(out, /FAULT .*site\.yaml:8: zones\.0\.shape\.rings\.0 must be a list of at least 4 .*, got 3/);
});

test("what stands so far away that its place must be mistaken is noted", async (t) => {
  const dir = temporaryDir(t);
  const person = "{ id: ana, name: Ana, language: en, fixed: { latDeg: 48.1, lonDeg: 11.5 } }";
  writeFileSync(join(dir, "far.yaml"), `${SITE}persons: [${person}]\n`);
  const { code, out } = await runPicket(["doctor", "--config", join(dir, "far.yaml"), "--data", join(dir, "data")]);
  assert.equal(code, EXIT.done, out);
  assert.match(out, /note +Person ana lies [\d,]+ km from the site: are latitude and longitude exchanged\?/);
});

test("an option that does nothing without another is refused, not left", async () => {
  for (const [words, ...args] of [
    [/^--seconds goes only with --feed$/, "--seconds", "5"],
    [/^--data goes only without --feed$/, "--feed", "roof", "--data", "d"],
  ] as const) {
    const { code, lines } = await runPicket(["doctor", ...args]);
    assert.deepEqual([code, lines.length], [EXIT.usage, 1], lines.join("\n"));
    assert.match(lines[0] ?? "", words);
  }
});
