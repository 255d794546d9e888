import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeBlock, type ItemsDraft } from "@picket/asterix";
import { type AssessedTrack, feedId, type Input, type Sensor, type Site, sensorId, siteId } from "@picket/model";
import { createPipeline } from "@picket/pipeline";
import { createTranslator } from "@picket/translate";

/** 2026-11-21 12:00:00 UTC. */
const NOON_MS = 1_795_262_400_000;
const SOURCE = { sac: 25, sic: 3 };
const SECTORS = 16;
const TURN_S = 1;
const TURNS = 40;
const METRES_PER_NAUTICAL_MILE = 1852;
const RADAR: Sensor = {
  id: sensorId.parse("radar-1"),
  name: "Radar",
  kind: "radar",
  latDeg: 32.55,
  lonDeg: -117.04,
  height: { valueM: 10, sigmaM: 1, reference: "hae" },
  rangeMaxM: 10_000,
  rangeSigmaM: 8,
  azimuthSigmaDeg: 0.5,
  revisitMs: TURN_S * 1000,
  detectionProbability: 0.9,
  clutterPerLook: 2,
  asterix: SOURCE,
};
const SITE: Site = {
  id: siteId.parse("site"),
  name: "Site",
  latDeg: RADAR.latDeg,
  lonDeg: RADAR.lonDeg,
  groundHaeM: 0,
  sensors: [RADAR],
  zones: [],
  persons: [],
  authorisations: [],
  landmarks: [],
  policy: {},
};
/** East and north at the start in metres, and how fast in m/s. The first two fly sixty metres apart. */
const DRONES = [
  [1000, 500, 5, 3],
  [1020, 560, 5, 3],
  [-2000, 1500, 8, -6],
  [-800, -2500, 0, 12],
  [2500, -900, -10, 0],
] as const;

type Sending = Readonly<{ datagrams: "one plot each" | "a sector each"; sectorMessages: boolean }>;

/** Marsaglia's xorshift, so that a failing run is the same again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Plots of a turning radar that sees nine of ten and two ghosts a turn, through bytes, translator and pipeline to tracks. */
function watch({ datagrams, sectorMessages }: Sending): readonly AssessedTrack[] {
  const random = seeded(12_345);
  const noise = (): number => random() + random() + random() + random() - 2;
  const translator = createTranslator({
    feed: feedId.parse("radar"),
    protocol: "asterix",
    sensors: [RADAR],
    reality: "live",
    framing: "datagram",
  });
  const pipeline = createPipeline(SITE, { bootNumber: 1 });
  let sequence = 0;
  let tracks: readonly AssessedTrack[] = [];
  const hear = (bytes: Uint8Array, receivedMs: number): readonly Input[] => {
    const { inputs, rejected } = translator.bytes(bytes, receivedMs, "192.0.2.7:8600", ++sequence);
    assert.deepEqual(rejected, []);
    return inputs;
  };
  for (let look = 0; look < TURNS * SECTORS; look++) {
    const fromDeg = ((look % SECTORS) * 360) / SECTORS;
    const toDeg = fromDeg + 360 / SECTORS;
    const timeS = ((look + 1) * TURN_S) / SECTORS;
    const nowMs = NOON_MS + timeS * 1000;
    const plotAt = (rangeM: number, azimuthDeg: number): ItemsDraft<48> => ({
      i010: SOURCE,
      i140: { timeOfDayS: 43_200 + timeS - 0.03 },
      i020: { typ: 1 },
      i040: { rhoNm: rangeM / METRES_PER_NAUTICAL_MILE, thetaDeg: (azimuthDeg + 360) % 360 },
    });
    const plots = DRONES.flatMap(([eastM, northM, eastMps, northMps]) => {
      const x = eastM + eastMps * timeS;
      const y = northM + northMps * timeS;
      const azimuthDeg = ((Math.atan2(x, y) * 180) / Math.PI + 360) % 360;
      const isHere = azimuthDeg >= fromDeg && azimuthDeg < toDeg;
      return isHere && random() < 0.9 ? [plotAt(Math.hypot(x, y) + 8 * 1.7 * noise(), azimuthDeg + 0.5 * 1.7 * noise())] : [];
    });
    if (random() < 2 / SECTORS) plots.push(plotAt(500 + 4500 * random(), fromDeg + random() * (toDeg - fromDeg)));
    const blocks = datagrams === "a sector each" ? (plots.length > 0 ? [plots] : []) : plots.map((plot) => [plot]);
    const inputs = blocks.flatMap((records) => hear(encodeBlock(48, records), nowMs));
    if (sectorMessages) {
      const crossing = {
        i010: SOURCE,
        i000: { messageType: 2 },
        i030: { timeOfDayS: 43_200 + timeS },
        i020: { sectorDeg: toDeg % 360 },
      };
      inputs.push(...hear(encodeBlock(34, [crossing]), nowMs + 1));
    }
    tracks = pipeline.tick(inputs, nowMs + 5).tracks;
  }
  return tracks;
}

for (const sectorMessages of [true, false])
  for (const datagrams of ["one plot each", "a sector each"] as const)
    test(`a radar ${sectorMessages ? "with" : "without"} sector messages, datagrams of ${datagrams}: five drones are five tracks`, () => {
      const tracks = watch({ datagrams, sectorMessages });
      const sure = tracks.filter(({ existence }) => existence > 0.5);
      assert.equal(sure.length, DRONES.length, JSON.stringify(tracks.map(({ id, existence }) => [id, existence])));
    });
