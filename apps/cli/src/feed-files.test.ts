import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { parseConfiguration } from "@picket/server";
import { feedFiles, outletFiles } from "./feed-files.ts";

test("files that are missing, secrets that anyone may read and those in clear are found before the night", () => {
  const dir = mkdtempSync(join(tmpdir(), "picket-files-"));
  const secret = join(dir, "secret");
  writeFileSync(secret, "x");
  chmodSync(secret, 0o644);
  const found = (transport: string) => {
    const feed = `{ id: in, protocol: detections, transport: ${transport} }`;
    const { feeds } = parseConfiguration(`site: { id: a, name: A, latDeg: 0, lonDeg: 0 }\nfeeds: [${feed}]\n`, "site.yaml");
    return feeds.flatMap(feedFiles).map(({ level, text }) => `${level} ${text}`);
  };
  const mqtt = (rest: string) => found(`{ kind: mqtt, url: "mqtts://b", topics: [a], user: u, ${rest} }`);
  assert.deepEqual(mqtt(`password: { file: ${secret} }, tls: { ca: ${dir}/none.pem }`), [
    `fault Feed in: ${dir}/none.pem cannot be read`,
    `note Feed in: anyone on this machine can read ${secret}: chmod 600`,
  ]);
  chmodSync(secret, 0o600);
  assert.deepEqual(mqtt(`password: { file: ${secret} }`), []);
  assert.match(mqtt("password: { env: PICKET_TEST_NONE }").join(), /PICKET_TEST_NONE is not set here/);
  assert.match(mqtt("password: { inClear: s3cret }").join(), /its secret stands in the configuration in clear/);
  assert.deepEqual(found(`{ kind: capture, path: ${dir}/none.pcap }`), [`fault Feed in: ${dir}/none.pcap cannot be read`]);
  rmSync(dir, { recursive: true });
});

test("what shares and deliveries name is looked at too", () => {
  const configuration = parseConfiguration(
    JSON.stringify({
      site: { id: "a", name: "A", latDeg: 0, lonDeg: 0 },
      share: [
        {
          id: "tak",
          protocol: "cot",
          partner: "p",
          transport: { kind: "tcpClient", host: "h", port: 1, tls: { ca: "/none.pem" } },
        },
      ],
      deliver: [
        {
          id: "feed",
          protocol: "cap",
          partner: "p",
          transport: { kind: "httpFeed", token: { inClear: "sixteen-letters-x" } },
          cap: { sender: "a" },
        },
      ],
    }),
    "site.yaml",
  );
  assert.deepEqual(
    outletFiles(configuration).map(({ level, text }) => `${level} ${text}`),
    ["fault Share tak: /none.pem cannot be read", "note Delivery feed: its secret stands in the configuration in clear"],
  );
});
