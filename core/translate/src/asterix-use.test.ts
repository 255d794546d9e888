import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeBlock, type ItemsDraft } from "@picket/asterix";
import { distanceM } from "@picket/geo";
import { make, NOON_MS, RADAR, SOURCE, scansOf, translate } from "./asterix.fixture.ts";
import type { Translated } from "./index.ts";

const SYSTEM = { sac: 25, sic: 100 };
const codesOf = ({ rejected }: Translated): readonly string[] => rejected.map(({ code }) => code);
const reportsOf = ({ inputs }: Translated) => inputs.filter((input) => input.kind === "sensorReport");

/** A plot at 1.5 NM due east that belongs to a track which the radar holds 37 m farther, flying north at 20 m/s. */
const plotAndTrack = (timeOfDayS: number): ItemsDraft<48> => ({
  i010: SOURCE,
  i140: { timeOfDayS },
  i020: { typ: 1 },
  i040: { rhoNm: 1.5, thetaDeg: 90 },
  i161: { trn: 9 },
  i042: { xNm: 1.5234375, yNm: 0 },
  i200: { gspNmPerS: 20 / 1852, hdgDeg: 0 },
});

test("of a radar's report of plot and track the configured one counts", () => {
  const octets = encodeBlock(48, [plotAndTrack(43_199)]);
  const plot = scansOf(translate(octets)).at(-1)?.detections[0];
  assert.equal(plot?.measurement.kind, "polar");
  assert.equal(plot?.filtered, undefined);
  const tracks = make({ asterix: { use: "tracks" } });
  const track = scansOf(translate(octets, NOON_MS, tracks)).at(-1)?.detections[0];
  assert.ok(track?.measurement.kind === "position" && track.measurement.velocity);
  assert.equal(track.filtered, true);
  assert.ok(Math.abs(distanceM(RADAR, track.measurement) - 1.5234375 * 1852) < 0.01);
  assert.ok(Math.abs(track.measurement.velocity.northMps - 20) < 0.1 && Math.abs(track.measurement.velocity.eastMps) < 0.1);
  const { i161: _, i042: __, ...plotOnly } = plotAndTrack(43_199.5);
  assert.deepEqual(codesOf(translate(encodeBlock(48, [plotOnly]), NOON_MS, tracks)), ["not-used"]);
});

/** An independent sensor's plot (message type 1) or track (2) of something due north. */
const independent = (mt: 1 | 2): Uint8Array =>
  encodeBlock(15, [
    {
      i010: SOURCE,
      i000: { mt },
      i145: { timeOfApplicabilityS: 43_199.5 },
      i627: { azDeg: 0 },
      i020: { momu: 0 },
      i625: { rM: 1200 },
    },
  ]);

test("a radar gives its track numbers again: a number is nobody's name, and whoever bears it next is not who bore it before", () => {
  const translator = make({ asterix: { use: "tracks" } });
  const seen = [plotAndTrack(43_199), { ...plotAndTrack(43_260), i042: { xNm: -3, yNm: 5 } }].flatMap((items, i) =>
    scansOf(translate(encodeBlock(48, [items]), NOON_MS + i * 61_000, translator)).flatMap(({ detections }) => detections),
  );
  assert.equal(seen.length, 2);
  for (const detection of seen)
    assert.deepEqual([detection.claims, detection.origin, detection.object], [undefined, undefined, undefined]);
});

test("of a sensor that sends plots and tracks the plots count, and of one that sends tracks alone those", () => {
  const translator = make();
  assert.deepEqual(codesOf(translate(independent(2), NOON_MS, translator)), []);
  assert.deepEqual(codesOf(translate(independent(1), NOON_MS + 100, translator)), []);
  assert.deepEqual(codesOf(translate(independent(2), NOON_MS + 200, translator)), ["not-used"]);
  const second = make({}, JSON.parse(JSON.stringify(translator.snapshot())));
  assert.deepEqual(codesOf(translate(independent(2), NOON_MS + 300, second)), ["not-used"], "a snapshot remembers it");
  assert.deepEqual(codesOf(translate(independent(2), NOON_MS + 40_000, translator)), [], "it sends plots no more");
  const configured = make({ asterix: { use: "tracks" } });
  assert.deepEqual(codesOf(translate(independent(1), NOON_MS, configured)), ["not-used"]);
});

test("what bears our own SAC and SIC is dropped and counted", () => {
  const translator = make({ asterix: { own: SYSTEM } });
  const track: ItemsDraft<62> = { i010: SYSTEM, i105: { latDeg: 32.6, lonDeg: -117 }, i040: { trackNumber: 1 } };
  const translated = translate(encodeBlock(62, [track]), NOON_MS, translator);
  assert.deepEqual([translated.inputs, codesOf(translated)], [[], ["own-track"]]);
});

test("an older edition is read where the feed sends one", () => {
  const octets = encodeBlock(62, [{ i010: SYSTEM, i105: { latDeg: 32.6, lonDeg: -117 }, i040: { trackNumber: 1 } }], "1.20");
  assert.equal(scansOf(translate(octets, NOON_MS, make({ asterix: { editions: { 62: "1.20" } } }))).length, 1);
  assert.throws(() => make({ asterix: { editions: { 62: "0.9" } } }), /Editions of category 62 are 1.20, 1.21, got 0.9/);
});

const located: ItemsDraft<20> = {
  i010: SYSTEM,
  i020: { ssr: 1 },
  i140: { timeOfDayS: 43_199.5 },
  i041: { latDeg: 32.6, lonDeg: -117.02 },
  i500: { sdp: { xM: 6, yM: 8, xy: 0 } },
};

test("a multilaterated target with an address is an aircraft as any receiver's, and one without a position", () => {
  const named = translate(
    encodeBlock(20, [
      { ...located, i220: { targetAddress: "a1b2c3" }, i245: { sti: 2, chr: "N172SP  " }, i105: { geometricHeightFt: 1000 } },
    ]),
  );
  assert.deepEqual(
    named.inputs.map(({ kind }) => kind),
    ["claim", "scan"],
  );
  const [seen] = scansOf(named);
  assert.deepEqual(seen?.detections[0]?.claims, [
    { kind: "icao", value: "A1B2C3" },
    { kind: "callsign", value: "N172SP" },
  ]);
  assert.equal(seen?.detections[0]?.filtered, true, "worked out on the ground");
  const unnamed = scansOf(translate(encodeBlock(20, [located])))[0]?.detections[0];
  assert.ok(unnamed?.measurement.kind === "position");
  assert.deepEqual(unnamed.measurement.ellipse, { semiMajorM: 8, semiMinorM: 6, orientationDeg: 0 });
});

test("what stands on the ground is claimed and has no place in the air; ends, ghosts and coasting are nothing", () => {
  const kinds = (more: ItemsDraft<20>) => translate(encodeBlock(20, [{ ...located, ...more }])).inputs.map(({ kind }) => kind);
  assert.deepEqual(kinds({ i020: { ssr: 1, gbs: 1 }, i220: { targetAddress: "a1b2c3" } }), ["claim"]);
  assert.deepEqual(kinds({ i300: { vehicleFleetIdentification: 3 } }), []);
  for (const i170 of [{ tre: 1 }, { cst: 1 }, { gho: 1 }]) assert.deepEqual(kinds({ i170 }), []);
});

test("simulated and test targets of multilateration and surface sensors read so", () => {
  const realityOf = (octets: Uint8Array) => scansOf(translate(octets))[0]?.reality;
  assert.equal(realityOf(encodeBlock(20, [{ ...located, i020: { ssr: 1, sim: 1 } }])), "simulated");
  assert.equal(realityOf(encodeBlock(20, [{ ...located, i020: { ssr: 1, rab: 1 } }])), "test");
  assert.equal(realityOf(encodeBlock(10, [{ ...plot10, i020: { typ: 3, sim: 1 } }])), "simulated");
});
const plot10: ItemsDraft<10> = {
  i010: SOURCE,
  i000: { messageType: 1 },
  i020: { typ: 3 },
  i140: { timeOfDayS: 43_199.5 },
  i040: { rhoM: 900, thDeg: 180 },
};

test("a surface radar's plot is polar, a multilaterated one of its own a position east and north of it", () => {
  const polar = scansOf(translate(encodeBlock(10, [plot10])))[0]?.detections[0]?.measurement;
  assert.ok(polar?.kind === "polar");
  assert.deepEqual([polar.rangeM, polar.rangeSigmaM], [900, 5]);
  const { i040: _, ...rest } = plot10;
  const local = scansOf(translate(encodeBlock(10, [{ ...rest, i020: { typ: 1 }, i042: { xM: 300, yM: -400 } }])))[0]
    ?.detections[0];
  assert.ok(local?.measurement.kind === "position");
  assert.ok(Math.abs(distanceM(RADAR, local.measurement) - 500) < 0.01);
});

test("a tracking system's word on its sensors and on itself is theirs", () => {
  const word = (octets: Uint8Array) => reportsOf(translate(octets)).map(({ sensor, state, detail }) => [sensor, state, detail]);
  const sensor = (i060: NonNullable<ItemsDraft<63>["i060"]>) => encodeBlock(63, [{ i010: SYSTEM, i050: SOURCE, i060 }]);
  assert.deepEqual(word(sensor({ con: 0 })), [["radar-1", "working", undefined]]);
  assert.deepEqual(word(sensor({ con: 3 })), [["radar-1", "failed", "The tracking system says that it is not connected"]]);
  assert.deepEqual(word(sensor({ con: 0, psr: 1, npw: 1 })), [
    ["radar-1", "degraded", "The tracking system says: its primary channel is out, no plots come from it"],
  ]);
  const system = (nogo: number, ovl = 0) => encodeBlock(65, [{ i010: SYSTEM, i000: { messageType: 1 }, i040: { nogo, ovl } }]);
  assert.deepEqual(word(system(0)), [["sdps", "working", undefined]]);
  assert.deepEqual(word(system(0, 1)), [["sdps", "degraded", "The tracking system says: overloaded"]]);
  assert.equal(word(system(2))[0]?.[1], "failed");
  assert.equal(
    word(encodeBlock(65, [{ i010: SYSTEM, i000: { messageType: 3 }, i050: { serviceStatusReport: 16 } }]))[0]?.[1],
    "failed",
  );
  assert.deepEqual(codesOf(translate(encodeBlock(63, [{ i010: SYSTEM, i050: { sac: 1, sic: 1 }, i060: { con: 0 } }]))), [
    "unknown-sensor",
  ]);
  const surface = encodeBlock(10, [{ i010: SOURCE, i000: { messageType: 3 }, i550: { nogo: 1 } }]);
  assert.deepEqual(word(surface), [["radar-1", "degraded", "The sensor says that it is degraded"]]);
});
