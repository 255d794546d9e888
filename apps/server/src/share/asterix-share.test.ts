import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createAsterixDecoder, type Items } from "@picket/asterix";
import { encodePcap, LINK_TYPE } from "@picket/capture";
import { type AssessedTrack, feedId, type Sensor, sensorId } from "@picket/model";
import { createTranslator } from "@picket/translate";
import { parseConfiguration } from "../config/read-configuration.ts";
import type { ShareConfig } from "../config/share.ts";
import { createOutletMonitor } from "../outlet-monitor.ts";
import { createAsterixShare } from "./asterix-share.ts";
import { releasePicture } from "./release.ts";
import { frame, NOW_MS, SITE, track } from "./share.fixture.ts";

const SOURCE = { sac: 25, sic: 200 };
/** What fits into one packet of Ethernet with the headers of IPv6 and UDP. */
const LARGEST_DATAGRAM = 1440;

/** A share on a line that a test holds: what it sends for each picture, as datagrams and as records. */
function heldShare(release: ShareConfig["release"] = {}, isTaken = true) {
  const config = {
    id: "atm",
    protocol: "asterix",
    partner: "Approach control",
    transport: { kind: "udp", host: "239.255.60.1", port: 8600 },
    release,
    asterix: SOURCE,
  } as ShareConfig;
  const monitor = createOutletMonitor({
    id: config.id,
    kind: "share",
    protocol: "asterix",
    transport: "test",
    partner: "Approach",
  });
  const share = createAsterixShare({ config, monitor });
  let datagrams: Uint8Array[] = [];
  share.opened({ send: (bytes) => isTaken && datagrams.push(bytes) > 0, close: () => undefined }, NOW_MS);
  return {
    share,
    take(tracks: readonly AssessedTrack[], nowMs: number) {
      datagrams = [];
      share.take(
        releasePicture(frame({ nowMs, tracks: [...tracks] }), SITE, release, { siteReality: "live", hearsay: new Set() }),
      );
      return { datagrams, ...recordsIn(datagrams) };
    },
    leave(nowMs: number) {
      datagrams = [];
      share.leaving?.(nowMs);
      return recordsIn(datagrams);
    },
  };
}

function recordsIn(datagrams: readonly Uint8Array[]) {
  const decoder = createAsterixDecoder();
  const tracks: Items<62>[] = [];
  const status: Items<65>[] = [];
  for (const datagram of datagrams) {
    assert.ok(datagram.length <= LARGEST_DATAGRAM, `${datagram.length} octets`);
    const { records, errors } = decoder.decode(datagram);
    assert.deepEqual(errors, []);
    for (const { category, items } of records) {
      if (category === 62) tracks.push(items as Items<62>);
      else status.push(items as Items<65>);
    }
  }
  return { tracks, status };
}
const named = (id: string, over: Partial<AssessedTrack> = {}): AssessedTrack => track({ id: id as AssessedTrack["id"], ...over });

test("a track is where, how fast and how sure it is, within the steps of the wire, and who only where that is released", () => {
  const truth: AssessedTrack["identities"][number]["truth"] = { verdict: "genuine", reasons: [] };
  const identities = [{ claim: { kind: "icao" as const, value: "4CA7A8" }, probability: 0.9, lastMs: NOW_MS, truth }];
  const one = track({
    identities,
    upMps: 2,
    contributions: [{ sensor: sensorId.parse("radar"), lastMs: NOW_MS - 1000, hits: 9 }],
  });
  const [items] = heldShare({ fields: ["identity"] }).take([one], NOW_MS).tracks;
  assert.ok(items?.i105 && items.i185 && items.i500?.apc && items.i500.apw && items.i500.atv);
  assert.deepEqual([items.i010, items.i040?.trackNumber], [SOURCE, 1]);
  const near = (value: number | undefined, expected: number, step: number) =>
    assert.ok(Math.abs((value ?? Number.NaN) - expected) <= step, `${value} is not ${expected}`);
  near(items.i105.latDeg, 32.551, 3e-6);
  near(items.i105.lonDeg, -117.041, 3e-6);
  near(items.i185.vxMps, -3, 0.13);
  near(items.i185.vyMps, -4, 0.13);
  near(items.i130?.calculatedTrackGeometricAltitudeFt, 112 / 0.3048, 3.2);
  near(items.i220?.calculatedRateOfClimbDescentFtPerMin, 393.7, 3.2);
  // An ellipse of 17.2 m by 6 m that points 30° from north: 10.1 m to the east and 15.2 m to the north.
  // They share (17.2² - 6²)/2 · sin 60° = 112.5 m².
  near(items.i500.apc.xM, 10.05, 0.26);
  near(items.i500.apc.yM, 15.19, 0.26);
  near(items.i500.covM, 10.61, 0.26);
  near(items.i500.apw.latDeg * 111_320, 15.19, 0.35);
  near(items.i500.apw.lonDeg * 111_320 * Math.cos((32.551 * Math.PI) / 180), 10.05, 0.35);
  near(items.i500.atv.xMps, 1, 0.13);
  near(items.i290?.psrS, 1, 0.13);
  const { mon, src, cnf, sim, tsb, tse = 0, cst = 0 } = items.i080 ?? {};
  assert.deepEqual([mon, src, cnf, sim, tsb, tse, cst], [1, 2, 0, 0, 1, 0, 0]);
  assert.equal(items.i380?.adr, "4ca7a8");
  assert.equal(heldShare().take([one], NOW_MS).tracks[0]?.i380, undefined, "not released");
});

test("what is not live reads as simulated, and goes out only where that is released", () => {
  for (const reality of ["exercise", "simulated", "replay", "test"] as const) {
    const [items] = heldShare({ realities: [reality] }).take([track({ reality })], NOW_MS).tracks;
    assert.equal(items?.i080?.sim, 1, reality);
    assert.equal(heldShare().take([track({ reality })], NOW_MS).tracks.length, 0, reality);
  }
});

test("a track keeps its number, is said to end once, and its number is given to no other for long", () => {
  const held = heldShare();
  const numbers = (tracks: readonly Items<62>[]) =>
    tracks.map(({ i040, i080 }) => [i040?.trackNumber, i080?.tsb ?? 0, i080?.tse ?? 0]);
  assert.deepEqual(numbers(held.take([named("t1-s1"), named("t1-s2")], NOW_MS).tracks), [
    [1, 1, 0],
    [2, 1, 0],
  ]);
  assert.deepEqual(held.take([named("t1-s1")], NOW_MS + 250).datagrams, [], "a picture a second");
  assert.deepEqual(numbers(held.take([named("t1-s2")], NOW_MS + 1000).tracks), [
    [1, 0, 1],
    [2, 0, 0],
  ]);
  assert.deepEqual(numbers(held.take([named("t1-s2"), named("t1-s3")], NOW_MS + 2000).tracks), [
    [2, 0, 0],
    [3, 1, 0],
  ]);
});

test("a partner that takes nothing uses up no track numbers", () => {
  const held = heldShare({}, false);
  for (let second = 0; second < 700; second++) {
    const tracks = Array.from({ length: 100 }, (_, i) => named(`t1-${100 * second + i}`));
    assert.deepEqual(held.take(tracks, NOW_MS + 1000 * second).tracks, []);
  }
});

test("a swarm fills several datagrams, each fit for one packet, and status follows every batch", () => {
  const held = heldShare();
  const swarm = Array.from({ length: 200 }, (_, i) => named(`t1-s${i}`));
  const { tracks, status } = held.take(swarm, NOW_MS);
  assert.equal(new Set(tracks.map(({ i040 }) => i040?.trackNumber)).size, 200);
  assert.deepEqual(
    status.map(({ i000, i020, i040 }) => [i000?.messageType, i020?.batchNumber, i040?.nogo]),
    [
      [2, 1, undefined],
      [1, undefined, 0],
    ],
  );
  assert.equal(held.leave(NOW_MS + 500).status[0]?.i040?.nogo, 2, "not connected any more");
});

test("what comes back to a feed that knows our SAC and SIC is dropped; another site takes it as filtered positions", () => {
  const datagrams = heldShare().take([track()], NOW_MS).datagrams;
  const sensor: Sensor = {
    id: sensorId.parse("neighbour"),
    name: "N",
    kind: "other",
    latDeg: 32.5,
    lonDeg: -117,
    rangeMaxM: 5000,
  };
  const heardBy = (own?: typeof SOURCE) =>
    datagrams.map((datagram) =>
      createTranslator({
        feed: feedId.parse("atm"),
        protocol: "asterix",
        sensors: [sensor],
        sensor,
        reality: "live",
        framing: "datagram",
        ...(own && { asterix: { own } }),
      }).bytes(datagram, NOW_MS + 100, "192.0.2.1:8600", 1),
    );
  assert.deepEqual(
    heardBy(SOURCE).flatMap(({ inputs }) => inputs),
    [],
  );
  const scans = heardBy().flatMap(({ inputs }) => inputs.flatMap((input) => (input.kind === "scan" ? input.detections : [])));
  assert.deepEqual([scans.length, scans[0]?.filtered, scans[0]?.measurement.kind], [1, true, "position"]);
});

test("a share by ASTERIX must say whose its tracks are", () => {
  const share = { id: "atm", protocol: "asterix", partner: "P", transport: { kind: "udp", host: "239.255.60.1", port: 8600 } };
  const site = { id: "s", name: "S", latDeg: 0, lonDeg: 0 };
  assert.throws(
    () => parseConfiguration(JSON.stringify({ site, share: [share] }), "site.yaml"),
    /sac and sic that our tracks bear/,
  );
  assert.ok(parseConfiguration(JSON.stringify({ site, share: [{ ...share, asterix: SOURCE }] }), "site.yaml"));
});

const skip = spawnSync("tshark", ["--version"]).status === 0 ? false : "tshark is not installed";

/** A packet that begins with its IPv4 header, from one port of loopback to the one that tshark takes for ASTERIX. */
function datagramOf(octets: Uint8Array): Uint8Array {
  const packet = Buffer.concat([Buffer.from("4500000000000000401100007f0000017f0000019c40219800000000", "hex"), octets]);
  packet.writeUInt16BE(packet.length, 2);
  packet.writeUInt16BE(packet.length - 20, 24);
  return packet;
}

test("tshark reads what goes out without a complaint", { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), "picket-share-"));
  try {
    const { datagrams } = heldShare({ realities: ["simulated"] }).take([track({ reality: "simulated" })], NOW_MS);
    const capture = join(folder, "sent.pcap");
    writeFileSync(
      capture,
      encodePcap(
        LINK_TYPE.rawIpv4,
        datagrams.map((octets) => ({ capturedMs: NOW_MS, packet: datagramOf(octets) })),
      ),
    );
    const { stdout } = spawnSync("tshark", ["-r", capture, "-V", "-O", "asterix"], { encoding: "utf8" });
    assert.doesNotMatch(stdout, /malformed|expert/i);
    for (const value of ["SIM: Simulated track (1)", "Track Number: 0x0001 (1)", "Message Type: End of Batch (2)"])
      assert.ok(stdout.includes(value), `${value} is not in\n${stdout}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
