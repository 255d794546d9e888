import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { type BroadcastClaim, feedId, Input, type Scan, type Sensor, sensorId, validate } from "@picket/model";
import { createTranslator, type Translated } from "./index.ts";

const vectors = resolve(import.meta.dirname, "../../..", process.env["PICKET_SHARED"] ?? "../shared", "vectors/odid");
const skip = existsSync(vectors) ? false : "the shared vectors (PICKET_SHARED) are not here";

const RECEIVER: Sensor = {
  id: sensorId.parse("rid-1"),
  name: "Roof receiver",
  kind: "remoteId",
  latDeg: 47,
  lonDeg: 8,
  rangeMaxM: 5000,
};
const NOW_MS = 1_790_000_000_000;

function translate(file: string, cut = Number.POSITIVE_INFINITY) {
  const translator = createTranslator({
    feed: feedId.parse("rid"),
    protocol: "remote-id",
    sensor: RECEIVER,
    sensors: [RECEIVER],
    reality: "replay",
  });
  const bytes = readFileSync(join(vectors, file));
  const all = { inputs: [] as Input[], records: 0, rejected: [] as Translated["rejected"][number][] };
  for (let at = 0; at < bytes.length; at += cut) {
    const { inputs, records, rejected } = translator.bytes(bytes.subarray(at, at + cut), NOW_MS, "capture", 3);
    all.inputs.push(...inputs);
    all.records += records;
    all.rejected.push(...rejected);
  }
  for (const input of all.inputs) assert.deepEqual(validate(Input, input), { ok: true, value: input });
  return all;
}
const scansOf = (inputs: readonly Input[]) => inputs.filter((input): input is Scan => input.kind === "scan");
const claimsOf = (inputs: readonly Input[]) => inputs.filter((input): input is BroadcastClaim => input.kind === "claim");
function counted(codes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

const EXPECTED = [
  { name: "odid_bt5_lr_a.pcapng", records: 54, rejected: { "bad-count": 19, "bad-crc": 17 } },
  { name: "odid_wifi_bcn_sample.pcap", records: 21, rejected: {} },
  { name: "odid_wifi_nan_and_beacon_sample.pcap", records: 42, rejected: { "not-remote-id": 21 } },
  { name: "parrot_anafi4_real_odid_a.pcapng", records: 84, rejected: {} },
  { name: "parrot_anafi4_spoofed_odid_badpack.pcapng", records: 26, rejected: { truncated: 26 } },
  { name: "wireless_RID_test_linux_transmitter.pcapng", records: 21, rejected: {} },
] as const;

for (const { name, records, rejected } of EXPECTED) {
  test(`${name}: every frame is a claim, and every position another decoder found is a scan`, { skip }, () => {
    const found = translate(name);
    assert.equal(found.records, records);
    assert.deepEqual(counted(found.rejected.map(({ code }) => code)), rejected);
    assert.equal(claimsOf(found.inputs).length, records);

    const positions = scansOf(found.inputs).map(({ detections }) => {
      const [detection] = detections;
      assert.ok(detection?.measurement.kind === "position" && detections.length === 1);
      return `${detection.measurement.latDeg} ${detection.measurement.lonDeg}`;
    });
    const expected = readFileSync(join(vectors, name.replace(/pcap(ng)?$/, "expected.jsonl")), "utf8")
      .trim()
      .split("\n")
      .flatMap((line) => (JSON.parse(line).decoded.messages ?? []) as { type: string; latitude: number; longitude: number }[])
      .filter(({ type, latitude, longitude }) => type === "Location" && (latitude !== 0 || longitude !== 0))
      .map(({ latitude, longitude }) => `${latitude} ${longitude}`);
    // The other decoder refuses a whole cut pack, of which we keep the messages that are whole.
    if (name.includes("badpack")) assert.equal(positions.length, records);
    else assert.deepEqual(positions, expected);
  });
}

test("a real Parrot is one transmitter with one serial at 47.2° north, 8.7° east", { skip }, () => {
  const { inputs } = translate("parrot_anafi4_real_odid_a.pcapng");
  const claims = claimsOf(inputs);
  assert.deepEqual(counted(claims.map(({ origin }) => origin)), { "remote-id:90:3a:e6:5b:c8:a8": 84 });
  const known = claims.filter(({ identities }) => identities.length > 0);
  assert.ok(known.length > 70, `${known.length} of 84 claims know the serial`);
  for (const { identities } of known) assert.deepEqual(identities, [{ kind: "serial", value: "1588E040445AC004418" }]);
  const { operator, uaType, status, clockOffsetMs } = claims.at(-1) ?? assert.fail("no claim");
  assert.deepEqual(
    { uaType, status, source: operator?.source },
    { uaType: "helicopter-or-multirotor", status: "airborne", source: "live" },
  );
  assert.ok(Math.abs((clockOffsetMs ?? Number.NaN) + 888) < 1);

  for (const { detections, measuredMs } of scansOf(inputs)) {
    const { measurement } = detections[0] ?? {};
    assert.ok(measurement?.kind === "position");
    assert.ok(Math.abs(measurement.latDeg - 47.2) < 0.01 && Math.abs(measurement.lonDeg - 8.73) < 0.01);
    assert.equal(measurement.horizontalSigmaM, 100, "an accuracy that is not said is a large one");
    assert.equal(measurement.height?.reference, "takeoff");
    assert.ok(measuredMs <= NOW_MS && measuredMs > NOW_MS - 10_000);
  }
});

test("a sender of two Basic IDs is one transmitter with two identities that never displace each other", { skip }, () => {
  const { inputs } = translate("wireless_RID_test_linux_transmitter.pcapng");
  for (const { identities, description, operatorId } of claimsOf(inputs)) {
    assert.deepEqual(
      identities.map(({ kind, value }) => `${kind} ${value}`),
      ["serial 112624150A90E3AE1EC0", "session 4644333435344237373845353635433234423730"],
    );
    assert.deepEqual([description, operatorId], ["Drone ID test flight---", "FIN87astrdge12k8"]);
  }
});

test("a neighbour's own Wi-Fi beacons are no Remote ID, counted and nothing else", { skip }, () => {
  const { inputs, records, rejected } = translate("dji_proprietary_wifi_mavic_a.pcapng");
  assert.deepEqual([inputs.length, records], [0, 0]);
  assert.deepEqual(counted(rejected.map(({ code }) => code)), { "not-remote-id": 10 });
});

test("chunks cut anywhere mean the same as the whole file", { skip }, () => {
  for (const { name } of EXPECTED) {
    const whole = translate(name);
    for (const cut of [1, 7, 100, 4096]) assert.deepEqual(translate(name, cut), whole);
  }
});
