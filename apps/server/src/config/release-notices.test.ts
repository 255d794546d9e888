import assert from "node:assert/strict";
import { test } from "node:test";
import { parseConfiguration } from "./read-configuration.ts";
import { releaseNotices } from "./release-notices.ts";

const noticesOf = (transport: object, release?: object): readonly string[] =>
  releaseNotices(
    parseConfiguration(
      JSON.stringify({
        site: { id: "gate", name: "Gate", latDeg: 0, lonDeg: 0 },
        share: [{ id: "tak", protocol: "cot", partner: "County", transport, ...(release && { release }) }],
      }),
      "site.yaml",
    ),
  );
const TABLETS = { kind: "udp", host: "239.2.3.1", port: 6969 };
const SERVER = { kind: "tcpClient", host: "tak.example", port: 8089 };

test("what is personal and leaves the site is said, and whether it can be read on the way", () => {
  assert.deepEqual(noticesOf(TABLETS), []);
  assert.deepEqual(noticesOf(TABLETS, { realities: ["live"] }), []);
  assert.deepEqual(noticesOf(TABLETS, { persons: true }), [
    "tak sends County names and places of protected persons, unencrypted: whoever is on the way can read it.",
  ]);
  const fields = ["identity", "operatorPlace"];
  assert.deepEqual(noticesOf({ ...SERVER, tls: {} }, { fields }), ["tak sends County identity, operatorPlace."]);
  assert.deepEqual(noticesOf({ ...SERVER, tls: {} }, { sensors: true }), [
    "tak sends County where sensors stand and which of them watch.",
  ]);
  assert.match(noticesOf(SERVER, { fields }).join(), /unencrypted/);
  assert.doesNotMatch(noticesOf({ ...SERVER, host: "127.0.0.1" }, { fields }).join(), /unencrypted/);
});
