import assert from "node:assert/strict";
import { test } from "node:test";
import { type BroadcastClaim, feedId, Input, type Scan, type Sensor, type SensorReport, sensorId, validate } from "@picket/model";
import { createTranslator, type Translator } from "./index.ts";

const NOW_MS = Date.UTC(2026, 8, 21, 14, 59, 59, 900);
const RECEIVER: Sensor = {
  id: sensorId.parse("adsb-1"),
  name: "Roof",
  kind: "adsb",
  latDeg: 32.55,
  lonDeg: -117.04,
  rangeMaxM: 60_000,
  covers: false,
};
const HERE = { lat: 32.6, lon: -117.1 };

const translator = (protocol: "adsb" | "sbs", more: object = {}, snapshot?: unknown): Translator =>
  createTranslator(
    {
      feed: feedId.parse("adsb"),
      protocol,
      sensor: RECEIVER,
      sensors: [RECEIVER],
      reality: "live",
      framing: "datagram",
      ...more,
    },
    snapshot,
  );

function hear(by: Translator, text: string, receivedMs = NOW_MS, from = "192.0.2.9:30003") {
  const { inputs, records, rejected } = by.bytes(new TextEncoder().encode(text), receivedMs, from, 5);
  for (const input of inputs) assert.deepEqual(validate(Input, input), { ok: true, value: input });
  return {
    records,
    codes: rejected.map(({ code }) => code),
    claims: inputs.filter((input): input is BroadcastClaim => input.kind === "claim"),
    scans: inputs.filter((input): input is Scan => input.kind === "scan"),
    reports: inputs.filter((input): input is SensorReport => input.kind === "sensorReport"),
  };
}
const report = (aircraft: readonly object[], nowMs = NOW_MS): string => JSON.stringify({ now: nowMs / 1000, aircraft });
const airliner = {
  hex: "a2fcf2",
  type: "adsb_icao",
  flight: "ASA541  ",
  alt_geom: 5000,
  gs: 250,
  track: 90,
  category: "A3",
  ...HERE,
};
const sole = (aircraft: object) => {
  const { scans } = hear(translator("adsb"), report([aircraft]));
  const detection = scans[0]?.detections[0] ?? assert.fail("no detection");
  assert.ok(detection.measurement.kind === "position");
  return { ...detection, measurement: detection.measurement };
};

test("an airliner is a claim of who it is and a position as old as its receiver says", () => {
  const { claims, scans, reports, records } = hear(
    translator("adsb"),
    report([{ ...airliner, seen_pos: 1.5, nac_p: 9, gva: 2 }]),
  );
  const [claim] = claims;
  assert.deepEqual(claim?.identities, [
    { kind: "icao", value: "A2FCF2" },
    { kind: "callsign", value: "ASA541" },
  ]);
  assert.deepEqual(
    [claim?.origin, claim?.status, claim?.uaType, claim?.clockOffsetMs, records],
    ["adsb:a2fcf2", undefined, undefined, 0, 1],
  );
  const [scan] = scans;
  assert.deepEqual([scan?.measuredMs, scan?.receivedMs], [NOW_MS - 1500, NOW_MS]);
  const { measurement, classLikelihoods, origin } = scan?.detections[0] ?? assert.fail("no detection");
  assert.ok(measurement.kind === "position" && measurement.velocity);
  assert.ok(Math.abs(measurement.horizontalSigmaM - 30 / 2.4477) < 1e-9);
  assert.deepEqual([measurement.height?.reference, Math.round(measurement.height?.valueM ?? 0)], ["hae", 1524]);
  assert.ok(Math.abs((measurement.height?.sigmaM ?? 0) - 45 / 1.96) < 1e-9);
  assert.ok(Math.abs(measurement.velocity.eastMps - 128.6111) < 1e-3 && Math.abs(measurement.velocity.northMps) < 1e-9);
  assert.ok((classLikelihoods?.mannedAircraft ?? 0) > 0.9, "no small drone flies 250 knots");
  assert.equal(origin, "adsb:a2fcf2/32.60000,-117.10000");
  assert.deepEqual(
    reports.map(({ state }) => state),
    ["working"],
  );
});

test("the containment radius stands in for an accuracy that is not said, and what is not said at all is a large sigma", () => {
  assert.ok(Math.abs(sole({ ...airliner, rc: 186 }).measurement.horizontalSigmaM - 186 / 2.4477) < 1e-9);
  assert.equal(sole(airliner).measurement.horizontalSigmaM, 100);
  const multilaterated = sole({ ...airliner, type: "mlat", mlat: ["lat", "lon"] });
  assert.deepEqual([multilaterated.measurement.horizontalSigmaM, multilaterated.filtered], [200, true]);
  assert.equal(sole({ ...airliner, type: "tisb_icao", tisb: ["lat"] }).filtered, true);
  assert.equal(sole(airliner).filtered, undefined);
});

test("a height above the pressure surface says so, and none is invented", () => {
  const { alt_geom: _, ...without } = airliner;
  assert.deepEqual(sole({ ...without, alt_baro: 1000 }).measurement.height, { valueM: 304.8, sigmaM: 20, reference: "pressure" });
  assert.equal(sole(without).measurement.height, undefined);
});

test("vehicles and aircraft on the ground are claimed and have no position: nothing there can alarm", () => {
  for (const aircraft of [
    { hex: "~2c4f01", category: "C2", alt_baro: "ground", ...HERE },
    { hex: "a00001", category: "C1", ...HERE },
    { hex: "a00002", category: "A3", alt_baro: "ground", gs: 20, track: 1, ...HERE },
  ]) {
    const { claims, scans } = hear(translator("adsb"), report([aircraft]));
    assert.deepEqual([claims[0]?.status, scans.length], ["ground", 0]);
  }
  assert.equal(
    hear(translator("adsb"), report([{ hex: "~2c4f01", category: "C2", ...HERE }])).claims[0]?.uaType,
    "service vehicle",
  );
  const flying = hear(translator("adsb"), report([{ hex: "~2c4f01", category: "C2", alt_baro: 900, ...HERE }]));
  assert.equal(flying.scans.length, 1, "a vehicle that flies is none");
});

test("an unmanned aircraft is a drone each time it says so; a slow manned one is evidence once in twenty seconds", () => {
  assert.deepEqual(sole({ ...airliner, category: "B6" }).classLikelihoods?.multirotor, 0.45);
  const by = translator("adsb");
  const dues = Array.from({ length: 41 }, (_, second) => {
    const nowMs = NOW_MS + 1000 * second;
    const slow = { ...airliner, gs: 60, lon: HERE.lon + 0.001 * second };
    return hear(by, report([slow], nowMs), nowMs).scans[0]?.detections[0]?.classLikelihoods !== undefined;
  });
  assert.deepEqual(
    dues.flatMap((isDue, second) => (isDue ? [second] : [])),
    [0, 20, 40],
  );
});

test("a speed that somebody tells without a course is no proof of anything: no radar plot need agree with it", () => {
  const { track: _, ...courseless } = airliner;
  assert.equal(sole(airliner).classLikelihoods?.mannedAircraft, 0.95);
  assert.equal(sole(courseless).classLikelihoods?.mannedAircraft, 0.75);
});

test("a great height that somebody tells is no more than evidence, and once in twenty seconds: no radar plot need agree with it", () => {
  const by = translator("adsb");
  const manned = Array.from({ length: 41 }, (_, second) => {
    const nowMs = NOW_MS + 1000 * second;
    const high = { ...airliner, gs: 20, alt_baro: 11_500, alt_geom: 11_500, lon: HERE.lon + 0.0001 * second };
    return hear(by, report([high], nowMs), nowMs).scans[0]?.detections[0]?.classLikelihoods?.mannedAircraft;
  });
  assert.deepEqual(
    manned.flatMap((likelihood, second) => (likelihood === undefined ? [] : [[second, likelihood]])),
    [
      [0, 0.75],
      [20, 0.75],
      [40, 0.75],
    ],
  );
});

test("an address that is no ICAO address names nobody for good, and says of no aircraft that it is manned", () => {
  const drone = hear(translator("sbs"), "MSG,3,1,1,FF1A2B,1,,,,,,300,,,32.6,-117.1");
  assert.deepEqual(drone.claims[0]?.identities, [{ kind: "session", value: "ff1a2b" }]);
  assert.equal(drone.scans[0]?.detections[0]?.classLikelihoods, undefined);

  const { claims } = hear(translator("adsb"), report([{ hex: "~abcdef", ...HERE }]));
  assert.deepEqual(claims[0]?.identities, [{ kind: "session", value: "~abcdef" }]);
});

test("one fix that three receivers tell, twice over, is one piece of evidence", () => {
  const [json, lines, sbs] = [translator("adsb"), translator("adsb", { framing: "stream" }), translator("sbs")];
  const fix = { ...airliner, lat: 32.600123, lon: -117.100456 };
  const origins = [
    hear(json, report([{ ...fix, seen_pos: 0.1 }])),
    hear(json, report([{ ...fix, seen_pos: 1.1 }], NOW_MS + 1000), NOW_MS + 1000),
    hear(lines, `${JSON.stringify({ now: NOW_MS / 1000 + 3, ...fix })}\n`, NOW_MS + 90),
    hear(sbs, "MSG,3,1,1,A2FCF2,1,,,,,,5000,,,32.60012,-117.10046,,,0,0,0,0", NOW_MS + 70),
  ].map(({ scans }) => scans[0]?.detections[0]?.origin);
  assert.deepEqual(new Set(origins), new Set(["adsb:a2fcf2/32.60012,-117.10046"]));
});

test("a hovering aircraft that goes on reporting one place goes on being seen", () => {
  const by = translator("adsb");
  const origins = [0, 1, 2].map((second) => {
    const nowMs = NOW_MS + 1000 * second;
    return hear(by, report([{ ...airliner, gs: 0, seen_pos: 0.1 }], nowMs), nowMs).scans[0]?.detections[0]?.origin;
  });
  assert.equal(new Set(origins).size, 3);
});

test("what is beyond the receiver's range or heard too long ago is left", () => {
  assert.equal(hear(translator("adsb"), report([{ ...airliner, lat: 34 }])).claims.length, 0);
  assert.equal(hear(translator("adsb"), report([{ ...airliner, seen_pos: 16 }])).claims.length, 0);
  const unplaced = { ...RECEIVER, latDeg: 0, lonDeg: 0 };
  assert.equal(hear(translator("adsb", { sensor: unplaced }), report([airliner])).scans.length, 1);
});

test("a document that no longer changes tells of a receiver that died, and its aircraft are not shown as live", () => {
  const by = translator("adsb");
  const states = Array.from({ length: 10 }, (_, second) => hear(by, report([airliner]), NOW_MS + 1000 * second));
  assert.deepEqual(
    states.map(({ reports: [health], claims }) => `${health?.state} ${claims.length}`),
    [...Array(6).fill("working 1"), ...Array(4).fill("failed 0")],
  );
  assert.equal(states[9]?.reports[0]?.detail, "The receiver's aircraft.json has not changed for 9 s: its decoder has stopped");
  assert.deepEqual(states[9]?.codes, ["stood-still"]);
  const again = hear(by, report([], NOW_MS + 10_000), NOW_MS + 10_000);
  assert.deepEqual([again.reports[0]?.state, again.records], ["working", 1]);
});

test("the old page of a receiver that died before we listened makes no track, and a wrong clock costs one page", () => {
  const page = (by: Translator, nowMs: number, receivedMs: number, messages = 1) =>
    hear(by, JSON.stringify({ now: nowMs / 1000, messages, aircraft: [airliner] }), receivedMs);
  const dead = translator("adsb");
  for (let s = 0; s < 30; s++) {
    const { scans, claims, codes, reports } = page(dead, NOW_MS - 600_000, NOW_MS + 1000 * s, s);
    assert.deepEqual([scans.length, claims.length, codes], [0, 0, ["stood-still"]]);
    assert.equal(reports[0]?.state, s > 5 ? "failed" : "degraded");
  }
  const wrong = translator("adsb");
  assert.equal(page(wrong, NOW_MS - 600_000, NOW_MS).scans.length, 0);
  assert.equal(page(wrong, NOW_MS - 599_000, NOW_MS + 1000).scans.length, 1);
  assert.equal(page(wrong, NOW_MS - 598_000, NOW_MS + 2000).reports[0]?.state, "working");
  assert.equal(page(translator("adsb"), NOW_MS - 3000, NOW_MS).scans.length, 1, "near our own time the first page counts");
});

test("a receiver that decodes nothing for ten minutes says so, though its page goes on, and is well with the next message", () => {
  const by = translator("adsb");
  const page = (messages: number | undefined, nowMs: number) =>
    hear(by, JSON.stringify({ now: nowMs / 1000, messages, aircraft: [] }), nowMs).reports[0];
  const at = (minutes: number) => NOW_MS + minutes * 60_000;
  for (const [minutes, messages, state] of [
    [0, 100, "working"],
    [5, 101, "working"],
    [14, 101, "working"],
    [16, 101, "degraded"],
    [17, 3, "working"],
    [30, undefined, "working"],
    [60, undefined, "working"],
  ] as const)
    assert.equal(page(messages, at(minutes))?.state, state, `minute ${minutes}`);
  assert.match(page(5, at(61))?.state ?? "", /working/);
  const restored = translator("adsb", {}, by.snapshot());
  const late = hear(restored, JSON.stringify({ now: at(75) / 1000, messages: 5, aircraft: [] }), at(75)).reports[0];
  assert.equal(late?.detail, "The receiver has decoded no message for 14 min: a quiet sky, or its antenna is off");
});

test("an SBS position carries what other lines of its aircraft told", () => {
  const by = translator("sbs", { framing: "stream" });
  const at = "2026/09/21,08:59:59.400";
  hear(
    by,
    `MSG,1,1,1,738065,1,${at},${at},RYR1427,,,,,,,,,,,0\r\nMSG,4,1,1,738065,1,${at},${at},,,100,90,,,-64,,,,,0\nMSG,6,1,1,738065,1,,,,,,,,,,,,7700,,,,\n`,
  );
  const { claims, scans } = hear(by, `MSG,3,1,1,738065,1,${at},${at},,1000,,,32.6,-117.1,,,0,0,0,0\n`);
  assert.deepEqual(
    claims[0]?.identities.map(({ value }) => value),
    ["738065", "RYR1427"],
  );
  assert.equal(claims[0]?.status, "emergency", "squawk 7700");
  assert.equal(scans[0]?.measuredMs, NOW_MS - 500, "six hours of time zone are none of delay");
  const measurement = scans[0]?.detections[0]?.measurement;
  assert.ok(measurement?.kind === "position");
  assert.deepEqual(measurement.height, { valueM: 304.8, sigmaM: 20, reference: "pressure" });
  assert.ok(Math.abs((measurement.velocity?.eastMps ?? 0) - 51.444) < 1e-3);
  const late = hear(by, "MSG,3,1,1,738065,1,,,,,,1000,,,32.6,-117.1,,,0,0,0,0\n", NOW_MS + 6000);
  const stale = late.scans[0]?.detections[0]?.measurement;
  assert.ok(stale?.kind === "position" && stale.velocity === undefined, "a velocity ages");
});

test("an SBS clock that cannot be right is told and not used", () => {
  const { scans, claims } = hear(translator("sbs"), "MSG,3,1,1,738065,1,2026/09/21,15:01:00.900,,,,1000,,,32.6,-117.1");
  assert.deepEqual([scans[0]?.measuredMs, claims[0]?.clockOffsetMs], [NOW_MS, 61_000]);
});

test("a translator restored in the middle of a document or line goes on as if nothing had happened", () => {
  for (const [protocol, text] of [
    ["adsb", `${report([airliner])}\n${report([{ ...airliner, gs: 60 }], NOW_MS + 100)}`],
    ["sbs", "MSG,1,1,1,738065,1,,,,,RYR1427\nMSG,3,1,1,738065,1,,,,,,1000,,,32.6,-117.1\n"],
  ] as const) {
    const whole = hear(translator(protocol, { framing: "stream" }), text);
    for (let cut = 0; cut < text.length; cut += 7) {
      const first = translator(protocol, { framing: "stream" });
      const head = hear(first, text.slice(0, cut));
      const saved = first.snapshot();
      const second = translator(protocol, { framing: "stream" }, JSON.parse(JSON.stringify(saved)));
      assert.equal(JSON.stringify(second.snapshot()), JSON.stringify(saved));
      const tail = hear(second, text.slice(cut));
      assert.deepEqual([...head.claims, ...tail.claims], whole.claims);
      assert.deepEqual([...head.scans, ...tail.scans], whole.scans);
    }
  }
  assert.throws(() => translator("sbs", {}, translator("adsb").snapshot()), /must be of a sbs translator/);
});

test("peers that begin and never end are bounded, and what is given up is counted", () => {
  const by = translator("adsb", { framing: "stream" });
  const codes: string[] = [];
  for (let peer = 0; peer < 100; peer++) codes.push(...hear(by, '{"aircraft":[', NOW_MS, `p${peer}`).codes);
  assert.deepEqual(codes, Array(36).fill("record-abandoned"));
});

test("memory is bounded however many aircraft there are, and those not heard for longest go first", () => {
  const by = translator("sbs");
  const address = (i: number) => (0xa0_0000 + i).toString(16);
  const line = (i: number) => `MSG,3,1,1,${address(i)},1,,,,,T${i},1000,,,${32.4 + i * 1e-5},-117.1,,,0,0,0,0`;
  for (let i = 0; i < 6000; i += 100) hear(by, Array.from({ length: 100 }, (_, k) => line(i + k)).join("\n"), NOW_MS + i);
  const { flights, aircraft } = by.snapshot() as {
    flights: readonly (readonly [string, unknown])[];
    aircraft: { events: readonly { transmitter: string }[]; classes: readonly unknown[] };
  };
  assert.deepEqual([flights.length, aircraft.events.length, aircraft.classes.length], [4096, 4096, 4096]);
  assert.deepEqual([flights[0]?.[0], flights.at(-1)?.[0]], [address(6000 - 4096), address(5999)]);
});
