import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  createTransmitterMerger,
  decodeMessage,
  encodeMessage,
  FORGET_AFTER_MS,
  MAX_TRANSMITTERS_PER_UAS,
  MAX_UAS,
  type MergerSnapshot,
  type MessageDraft,
  type RemoteIdMessage,
} from "./index.ts";

function message(draft: MessageDraft): RemoteIdMessage {
  const decoded = decodeMessage(encodeMessage(draft));
  assert.ok(decoded.ok);
  return decoded.value;
}
const serial = (uasId: string) => message({ kind: "basic-id", idType: "serial-number", uasId });
const registration = (uasId: string) => message({ kind: "basic-id", idType: "caa-registration", uasId });
const at = (latDeg: number) => message({ kind: "location", latDeg, lonDeg: 8 });
const hear = (transmitter: string, receivedMs: number, ...messages: readonly RemoteIdMessage[]) => ({
  transmitter,
  receivedMs,
  messages,
});

test("messages of one address come together in one UAS", () => {
  const merger = createTransmitterMerger();
  merger.add(hear("a", 1000, at(47)));
  merger.add(hear("a", 2000, message({ kind: "self-id", description: "survey" })));
  merger.add(hear("a", 2500, message({ kind: "operator-id", operatorId: "FIN87astrdge12k8" })));
  merger.add(hear("a", 2700, message({ kind: "system", operatorLatDeg: 46, operatorLonDeg: 7 })));
  const { uas } = merger.add(hear("a", 3000, serial("S1")));
  assert.equal(uas.label, "S1");
  assert.equal(uas.location?.message.latDeg, 47);
  assert.equal(uas.location?.receivedMs, 1000);
  assert.equal(uas.selfId?.message.description, "survey");
  assert.equal(uas.operatorId?.message.operatorId, "FIN87astrdge12k8");
  assert.equal(uas.system?.message.operatorLatDeg, 46);
  assert.deepEqual([uas.firstMs, uas.receivedMs], [1000, 3000]);
  assert.equal(merger.snapshot().uas.length, 1);
});

test("two Basic IDs taking turns are kept both and never flip the label", () => {
  const merger = createTransmitterMerger();
  const labels = [registration("R1"), serial("S1"), registration("R1"), serial("S1")].map(
    (basicId, i) => merger.add(hear("a", i, basicId)).uas.label,
  );
  assert.deepEqual(labels, ["R1", "R1", "R1", "R1"]);
  const [uas] = merger.snapshot().uas;
  assert.deepEqual(
    uas?.basicIds.map((basicId) => `${basicId.idType} ${basicId.uasId}`),
    ["caa-registration R1", "serial-number S1"],
  );
});

test("of two Basic IDs in one frame the serial number gives the label", () => {
  assert.equal(createTransmitterMerger().add(hear("a", 0, registration("R1"), serial("S1"))).uas.label, "S1");
});

test("an address that changes is the same UAS once it tells the serial number", () => {
  const merger = createTransmitterMerger();
  const first = merger.add(hear("a", 0, serial("S1"), at(47))).uas;
  const alone = merger.add(hear("b", 1000, at(48))).uas;
  assert.notEqual(alone.id, first.id);
  assert.equal(alone.label, "b");
  const joined = merger.add(hear("b", 2000, serial("S1"))).uas;
  assert.equal(joined.id, first.id);
  assert.equal(joined.location?.message.latDeg, 48);
  assert.deepEqual(
    joined.transmitters.map(({ address, location }) => `${address} ${location?.message.latDeg}`),
    ["a 47", "b 48"],
  );
  assert.equal(merger.snapshot().uas.length, 1);
  assert.equal(merger.add(hear("b", 3000, at(49))).uas.id, first.id);
});

test("two bearers of one serial number stay visible as two addresses with two positions", () => {
  const merger = createTransmitterMerger();
  for (let i = 0; i < 4; i++) merger.add(hear(i % 2 ? "a" : "b", i, serial("S1"), at(i % 2 ? 47 : 10)));
  const [uas] = merger.snapshot().uas;
  assert.deepEqual(
    uas?.transmitters.map(({ address, location }) => `${address} ${location?.message.latDeg}`),
    ["b 10", "a 47"],
  );
});

test("one address that speaks for two serial numbers is two UAS", () => {
  const merger = createTransmitterMerger();
  const one = merger.add(hear("a", 0, serial("S1"), at(47))).uas;
  const two = merger.add(hear("a", 1, serial("S2"), at(48))).uas;
  assert.notEqual(one.id, two.id);
  assert.equal(merger.add(hear("a", 2, at(49))).uas.id, two.id, "what has no identity belongs to the one spoken for last");
  assert.equal(merger.add(hear("a", 3, serial("S1"))).uas.id, one.id);
  assert.equal(merger.snapshot().uas.find(({ id }) => id === one.id)?.location?.message.latDeg, 47);
});

test("of two serial numbers in one frame the first counts", () => {
  const { uas } = createTransmitterMerger().add(hear("a", 0, serial("S1"), serial("S2")));
  assert.equal(uas.label, "S1");
  assert.deepEqual(
    uas.basicIds.map((basicId) => basicId.uasId),
    ["S1"],
  );
});

test("an empty Basic ID identifies nothing and gives way to a second identity", () => {
  const merger = createTransmitterMerger();
  merger.add(hear("a", 0, message({ kind: "basic-id", uaType: "glider" })));
  merger.add(hear("b", 0, message({ kind: "basic-id", uaType: "glider" })));
  assert.equal(merger.snapshot().uas.length, 2);
  merger.add(hear("a", 1, serial("S1")));
  const { uas } = merger.add(hear("a", 2, registration("R1")));
  assert.deepEqual(
    uas.basicIds.map((basicId) => basicId.idType),
    ["caa-registration", "serial-number"],
  );
  const again = merger.add(hear("a", 3, message({ kind: "basic-id", uaType: "glider" }))).uas;
  assert.equal(again.basicIds.length, 2);
});

test("an empty serial number does not wipe out the one at hand", () => {
  const merger = createTransmitterMerger();
  merger.add(hear("a", 0, serial("S1")));
  assert.equal(merger.add(hear("a", 1, message({ kind: "basic-id", idType: "serial-number" }))).uas.basicIds[0]?.uasId, "S1");
});

test("authentication pages are put together, and impossible ones reported", () => {
  const merger = createTransmitterMerger();
  const page = (index: number) =>
    message({
      kind: "authentication",
      authenticationType: "uas-id-signature",
      page: index,
      lastPage: 1,
      lengthOctets: 20,
      dataHex: "ab".repeat(17),
    });
  assert.deepEqual(merger.add(hear("a", 0, page(0))).errors, []);
  assert.deepEqual(
    merger.add(hear("a", 1, page(2))).errors.map((error) => error.code),
    ["bad-authentication"],
  );
  assert.equal(merger.add(hear("a", 2, page(1))).uas.authentication?.message.dataHex, "ab".repeat(20));
});

test("a UAS unheard for long is forgotten and its id never used again", () => {
  const merger = createTransmitterMerger();
  const before = merger.add(hear("a", 0, serial("S1"))).uas;
  const after = merger.add(hear("a", FORGET_AFTER_MS + 1, at(47))).uas;
  assert.ok(after.id > before.id);
  assert.equal(after.label, "a");
  assert.equal(merger.snapshot().uas.length, 1);
});

test("however many are heard, memory stays within its bounds", () => {
  const merger = createTransmitterMerger();
  for (let i = 0; i < MAX_UAS + 500; i++)
    merger.add(hear(`m${i}`, i, serial(`S${i}`), message({ kind: "authentication", lengthOctets: 0 })));
  for (let i = 0; i < 100; i++) merger.add(hear(`n${i}`, MAX_UAS + i, serial("S4500")));
  const snapshot = merger.snapshot();
  assert.equal(snapshot.uas.length, MAX_UAS);
  assert.equal(snapshot.uas.at(-1)?.transmitters.length, MAX_TRANSMITTERS_PER_UAS);
  assert.ok(snapshot.owners.length <= MAX_UAS + MAX_TRANSMITTERS_PER_UAS);
  assert.ok(snapshot.authentication.collections.length <= 256);
});

test("a merger restored from its snapshot goes on the same, and keeps no trace of what is gone", () => {
  const frame = fc.record({
    transmitter: fc.constantFrom("a", "b", "c", "__proto__"),
    id: fc.constantFrom("", "S1", "S2", "S3"),
    isSerial: fc.boolean(),
    gapMs: fc.constantFrom(10, 1000, 200_000),
  });
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 40 }), (frames) => {
      const merger = createTransmitterMerger();
      let restored = createTransmitterMerger();
      let nowMs = 0;
      for (const { transmitter, id, isSerial, gapMs } of frames) {
        nowMs += gapMs;
        const basicId = message({ kind: "basic-id", idType: isSerial ? "serial-number" : "caa-registration", uasId: id });
        const reception = hear(transmitter, nowMs, ...(id === "" ? [at(47)] : [basicId, at(48)]));
        assert.equal(JSON.stringify(restored.add(reception)), JSON.stringify(merger.add(reception)));
        restored = createTransmitterMerger(JSON.parse(JSON.stringify(restored.snapshot())) as MergerSnapshot);
        const { uas, owners } = merger.snapshot();
        for (const [address, owner] of owners)
          assert.ok(
            uas.some(({ id: known, transmitters }) => known === owner && transmitters.some((own) => own.address === address)),
          );
        const identities = uas.flatMap(({ basicIds }) => basicIds.map((own) => `${own.idType} ${own.uasId}`));
        assert.equal(new Set(uas.map(({ id: known }) => known)).size, uas.length);
        assert.ok(identities.length <= 2 * uas.length);
      }
    }),
    { numRuns: 300 },
  );
});
