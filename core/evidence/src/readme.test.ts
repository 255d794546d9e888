import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign, verify as verifySignature } from "node:crypto";
import { test } from "node:test";
import {
  type ChainEntry,
  chainHead,
  type EvidenceCrypto,
  eraseEntry,
  leafHash,
  openingHead,
  openingText,
  signSeal,
  toHex,
  verifyChain,
} from "./index.ts";

test("the example of the README runs as written", () => {
  const site = generateKeyPairSync("ed25519");
  const publicKey = new Uint8Array(32);
  const crypto: EvidenceCrypto = {
    sha256: (octets) => createHash("sha256").update(octets).digest(),
    sign: (octets) => sign(null, octets, site.privateKey),
    verify: (octets, signature) => verifySignature(null, octets, site.publicKey, signature),
  };

  const snapshot = new Uint8Array(0);
  const opening = {
    version: 1,
    segment: 1,
    firstSequence: 1,
    openedMs: 0,
    snapshotHash: toHex(crypto.sha256(snapshot)),
  } as const;
  const [salt, bytes] = [new Uint8Array(16).fill(1), new TextEncoder().encode("heard")];
  const leaf = leafHash(crypto, salt, bytes);
  const head = chainHead(crypto, openingHead(crypto, opening), leaf);
  const seal = signSeal(crypto, { ...opening, lastSequence: 1, count: 1, head: toHex(head), sealedMs: 1 });

  const whole = { kind: "whole", sequence: 1, leaf, head, salt, bytes } as const;
  const verify = (entry: ChainEntry) =>
    verifyChain(crypto, publicKey, [{ opening: openingText(opening), snapshot, seal, entries: [entry] }]);
  assert.ok(verify(whole).ok);
  assert.ok(verify(eraseEntry(whole)).ok);
  const changed = verify({ ...whole, bytes: new TextEncoder().encode("head!") });
  assert.ok(!changed.ok);
  assert.deepEqual([changed.fault.code, changed.fault.segment, changed.fault.sequence], ["bad-entry", 1, 1]);
});
