import assert from "node:assert/strict";
import { test } from "node:test";
import { type Frame, feedId, type Sensor, type Site, sensorId, siteId, zoneId } from "@picket/model";
import { createEngine, type Engine, type FeedConfig } from "@picket/server";

/** The whole way from a receiver's bytes to alerts, at a site with a zone that nothing may enter. */
const NOW_MS = Date.UTC(2026, 8, 21, 15, 0, 0);
const CENTRE = { latDeg: 32.55, lonDeg: -117.04 };
const M_PER_DEG_LAT = 110_900;
const M_PER_DEG_LON = 111_320 * Math.cos((CENTRE.latDeg * Math.PI) / 180);
const sensor = (id: string, kind: Sensor["kind"], rangeMaxM: number): Sensor => ({
  id: sensorId.parse(id),
  name: id,
  kind,
  ...CENTRE,
  rangeMaxM,
  covers: false,
});
const SITE: Site = {
  id: siteId.parse("s"),
  name: "Site",
  ...CENTRE,
  groundHaeM: 0,
  sensors: [sensor("adsb-1", "adsb", 60_000), sensor("rid-1", "remoteId", 5000)],
  zones: [
    {
      id: zoneId.parse("z"),
      name: "Zone",
      purpose: "protected",
      shape: { kind: "circle", centre: CENTRE, radiusM: 2000 },
      entryLevel: "critical",
      approachLevel: "warning",
      approachS: 60,
    },
  ],
  persons: [],
  authorisations: [],
  landmarks: [],
  policy: {},
};

const RADAR: Sensor = {
  ...sensor("radar-1", "radar", 10_000),
  covers: true,
  revisitMs: 1000,
  rangeSigmaM: 5,
  azimuthSigmaDeg: 0.5,
  elevationSigmaDeg: 0.5,
};

const RADAR_FEED: FeedConfig = { id: feedId.parse("radar"), protocol: "detections", transport: { kind: "http" } };

function engineOf(
  protocol: FeedConfig["protocol"],
  sensorName: string,
  site: Site = SITE,
): { engine: Engine; hear(message: unknown, nowMs: number): Frame } {
  const feed: FeedConfig = { id: feedId.parse("f"), protocol, sensor: sensorId.parse(sensorName), transport: { kind: "http" } };
  const engine = createEngine({ site, feeds: [feed, RADAR_FEED], bootNumber: 1 });
  let sequence = 0;
  return {
    engine,
    hear(message, nowMs) {
      const { rejected } = engine.bytes(feed.id, Buffer.from(`${JSON.stringify(message)}\n`), nowMs, "peer", sequence++);
      assert.deepEqual(rejected, []);
      return engine.tick(nowMs + 50);
    },
  };
}
const at = (eastM: number, northM: number) => ({
  lat: CENTRE.latDeg + northM / M_PER_DEG_LAT,
  lon: CENTRE.lonDeg + eastM / M_PER_DEG_LON,
});

test("an airliner over the zone and vehicles in it raise no alert, and each aircraft is one track", () => {
  const { hear } = engineOf("adsb", "adsb-1");
  const tracks = new Set<string>();
  for (let second = 0; second < 60; second++) {
    const nowMs = NOW_MS + 1000 * second;
    const eastM = (second - 30) * 128.611;
    const aircraft = [
      {
        hex: "a2fcf2",
        type: "adsb_icao",
        flight: "ASA541",
        alt_geom: 9000,
        gs: 250,
        track: 90,
        category: "A3",
        nac_p: 9,
        seen_pos: 0.2,
        ...at(eastM - 25.7, 0),
      },
      { hex: "~2c4f01", category: "C2", alt_baro: "ground", gs: 10, track: 0, seen_pos: 0.1, ...at(50, 5 * second) },
      { hex: "a00001", category: "A3", alt_baro: "ground", gs: 20, track: 0, seen_pos: 0.1, ...at(-50, 10 * second) },
    ];
    const frame = hear({ now: nowMs / 1000, aircraft }, nowMs);
    assert.deepEqual(frame.alerts, [], `second ${second}`);
    for (const { id } of frame.tracks) tracks.add(id);
    if (second > 5) assert.ok((frame.tracks[0]?.classes.mannedAircraft ?? 0) > 0.9);
  }
  assert.equal(tracks.size, 1);
});

test("an airliner that is heard every fifth second only is not taken for a liar", () => {
  const { hear } = engineOf("adsb", "adsb-1");
  const verdicts = new Set<string | undefined>();
  for (let second = 0; second < 60; second++) {
    const nowMs = NOW_MS + 1000 * second;
    const ageS = second % 5;
    const place = at((second - ageS - 30) * 250, 0);
    const aircraft = { hex: "a2fcf2", alt_geom: 30_000, gs: 486, track: 90, category: "A3", nac_p: 9, seen_pos: ageS, ...place };
    const frame = hear({ now: nowMs / 1000, aircraft: [aircraft] }, nowMs);
    assert.deepEqual(frame.alerts, []);
    for (const { truth } of frame.tracks[0]?.identities ?? []) verdicts.add(truth.verdict);
  }
  assert.deepEqual([...verdicts], ["unconfirmed"]);
});

test("an airliner that tells its pressure altitude only is no liar because a drone radar does not see it", () => {
  const { engine, hear } = engineOf("adsb", "adsb-1", { ...SITE, sensors: [...SITE.sensors, RADAR] });
  for (let second = 0; second < 120; second++) {
    const nowMs = NOW_MS + 1000 * second;
    engine.bytes(
      RADAR_FEED.id,
      Buffer.from(`{"sensor":"radar-1","measuredMs":${nowMs},"detections":[]}\n`),
      nowMs,
      "radar",
      second,
    );
    const aircraft = {
      hex: "a2fcf2",
      alt_baro: 36_000,
      gs: 240,
      track: 90,
      nac_p: 9,
      seen_pos: 0,
      ...at((second - 60) * 123.5, 500),
    };
    assert.deepEqual(hear({ now: nowMs / 1000, aircraft: [aircraft] }, nowMs).alerts, [], `second ${second}`);
  }
});

/** Alerts and tracks of a minute in which a radar, and perhaps an ADS-B receiver, sees an aircraft cross the zone. */
function crossZone(speedKt: number, heightM: number, category: string | undefined): { alerts: Set<string>; tracks: Set<string> } {
  const feeds: FeedConfig[] = [
    { id: feedId.parse("adsb"), protocol: "adsb", sensor: sensorId.parse("adsb-1"), transport: { kind: "http" } },
    RADAR_FEED,
  ];
  const engine = createEngine({ site: { ...SITE, sensors: [...SITE.sensors, RADAR] }, feeds, bootNumber: 1 });
  const [alerts, tracks] = [new Set<string>(), new Set<string>()];
  const hear = (feed: number, message: unknown, nowMs: number) =>
    engine.bytes(feedId.parse(feeds[feed]?.id ?? ""), Buffer.from(`${JSON.stringify(message)}\n`), nowMs, "peer", nowMs);
  for (let second = 0; second < 60; second++) {
    const nowMs = NOW_MS + 1000 * second;
    const eastM = (second - 40) * speedKt * 0.514444;
    const aircraft = {
      hex: "a2fcf2",
      alt_geom: heightM / 0.3048,
      gs: speedKt,
      track: 90,
      nac_p: 9,
      seen_pos: 0,
      category,
      ...at(eastM, 300),
    };
    if (category !== undefined) hear(0, { now: nowMs / 1000, aircraft: [aircraft] }, nowMs);
    const groundM = Math.hypot(eastM, 300);
    const plot = {
      kind: "polar",
      rangeM: Math.hypot(groundM, heightM),
      azimuthDeg: ((Math.atan2(eastM, 300) * 180) / Math.PI + 360) % 360,
      elevationDeg: (Math.atan2(heightM, groundM) * 180) / Math.PI,
    };
    hear(1, { sensor: "radar-1", measuredMs: nowMs, detections: [plot] }, nowMs);
    const frame = engine.tick(nowMs + 50);
    for (const { level } of frame.alerts) alerts.add(level);
    for (const { id, confirmed } of frame.tracks) if (confirmed) tracks.add(id);
  }
  return { alerts, tracks };
}

test("an airliner explains the radar plots it makes, which alarm when nobody says what they are", () => {
  const explained = crossZone(250, 900, "A3");
  assert.deepEqual([explained.alerts.size, explained.tracks.size], [0, 1]);
  assert.ok(crossZone(250, 900, undefined).alerts.has("critical"));
});

test("a slow and low aircraft is not taken at its word at once, and an unmanned one alarms", () => {
  const slow = crossZone(80, 200, "A1");
  assert.equal(slow.tracks.size, 1);
  assert.ok(!slow.alerts.has("critical"), [...slow.alerts].join());
  assert.ok(crossZone(40, 200, "B6").alerts.has("critical"));
});

test("749 turns of two identities of one airframe stay one track with one label", () => {
  const { hear } = engineOf("dragonsync", "rid-1");
  const labels: string[] = [];
  const tracks = new Set<string>();
  for (let turn = 0; turn < 749; turn++) {
    const nowMs = NOW_MS + 500 * turn;
    const basic = turn % 2 === 0 ? { id_type: 1, id: "1581F5FKD229400ABCDE" } : { id_type: 2, id: "FA3NHKL7" };
    const { lat: latitude, lon: longitude } = at(5 * turn - 1900, 300);
    const location = { latitude, longitude, geodetic_altitude: 80, speed: 10, direction: 90, horizontal_accuracy: "< 3 m" };
    const frame = hear({ "Basic ID": { ...basic, MAC: "60:60:1f:00:00:01" }, "Location/Vector Message": location }, nowMs);
    for (const { id } of frame.tracks) tracks.add(id);
    if (turn > 4) labels.push(frame.tracks[0]?.identities.map(({ claim }) => claim.value).join(" ") ?? "none");
  }
  assert.equal(tracks.size, 1);
  assert.deepEqual([...new Set(labels)], ["1581F5FKD229400ABCDE FA3NHKL7"]);
});

test("749 turns of two airframes with one address are two tracks, each with its own label", () => {
  const { hear } = engineOf("mesh-mapper", "rid-1");
  const labelsOf = new Map<string, Set<string>>();
  for (let turn = 0; turn < 749; turn++) {
    const nowMs = NOW_MS + 500 * turn;
    const isFirst = turn % 2 === 0;
    const place = at(4 * turn - 1500, isFirst ? 900 : -900);
    const line = {
      mac: "60:60:1f:00:00:01",
      rssi: -70,
      drone_lat: place.lat,
      drone_long: place.lon,
      drone_altitude: 80,
      pilot_lat: 0,
      pilot_long: 0,
      basic_id: isFirst ? "TESTA1" : "TESTB2",
    };
    for (const { id, identities } of hear(line, nowMs).tracks) {
      const labels = labelsOf.get(id) ?? new Set();
      labelsOf.set(id, labels);
      labels.add(identities.map(({ claim }) => claim.value).join(" "));
    }
  }
  assert.deepEqual(
    [...labelsOf.values()].map((labels) => [...labels]),
    [["TESTA1"], ["TESTB2"]],
  );
});
