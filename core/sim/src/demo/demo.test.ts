import assert from "node:assert/strict";
import { test } from "node:test";
import { createArea, distanceM } from "@picket/geo";
import { Scenario, Site, validate } from "@picket/model";
import { createSimulation, demoFeeds, demoScenario, demoSite } from "../index.ts";

const START_MS = Date.UTC(2026, 8, 21, 20);

test("site and scenario are what the model allows", () => {
  const site = demoSite();
  assert.deepEqual(validate(Site, site), { ok: true, value: site });
  const scenario = demoScenario();
  assert.deepEqual(validate(Scenario, scenario), { ok: true, value: scenario });
});

test("every sensor has its feed and reports, what is quiet by a feed of its own, and every phantom and offset is far enough off to be told", () => {
  const ids = new Set(demoFeeds.map(({ id }) => id));
  assert.deepEqual(new Set([...demoScenario().sensors.map(({ feed }) => feed), "rid-status"]), ids);
  const heard = createSimulation(demoScenario(), 1, START_MS).step(START_MS + 4000);
  assert.deepEqual([...new Set(heard.map(({ from }) => from))].sort(), [
    "adsb-1",
    "df-1",
    "df-2",
    "df-3",
    "ear-1",
    "radar-1",
    "radar-2",
    "rid-2",
    "wardragon/system/rid-1/attrs",
  ]);
  assert.ok(demoSite().sensors.every(({ reality }) => reality === "simulated"));
  for (const { remoteId } of demoScenario().objects) {
    if (remoteId?.offset) assert.ok(Math.hypot(remoteId.offset.eastM, remoteId.offset.northM) > 800);
  }
});

test("the corridor runs from the Pacific to the Colorado, 500 m to each side", () => {
  const border = demoSite().zones.find(({ id }) => id === "border") ?? assert.fail("no border");
  assert.ok(border.shape.kind === "corridor");
  const line = border.shape.line.map(([lonDeg, latDeg]) => ({ latDeg, lonDeg }));
  const area = createArea({ ...border.shape, line });
  const lengthM = line.slice(1).reduce((sum, point, i) => sum + distanceM(line[i] ?? point, point), 0);
  assert.ok(Math.abs(lengthM - 226_500) < 1500, `${lengthM} m`);
  // The line crosses the port of entry's south side; its buildings lie north of it.
  assert.ok(area.contains({ latDeg: 32.5431, lonDeg: -117.0295 }));
  assert.ok(!area.contains({ latDeg: 32.552, lonDeg: -117.0295 }));
});

test("each appears when it should, swarms are forty, and nobody flies through the ground", () => {
  const simulation = createSimulation(demoScenario(), 1, START_MS);
  const first = new Map<string, number>();
  for (let s = 0; s < 600; s++) {
    for (const { id, altHaeM } of simulation.truth(START_MS + 1000 * s)) {
      if (!first.has(id)) first.set(id, s);
      assert.ok(altHaeM > -24, `${id} at ${altHaeM} m`);
    }
  }
  const order = [
    "helicopter",
    "hobby",
    "reconnaissance",
    "balloon",
    "permitted",
    "crossing",
    "airliner",
    "misplaced",
    "fpv",
    "swarm-1",
  ];
  const times = order.map((id) => first.get(id) ?? assert.fail(id));
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  );
  assert.equal([...first.keys()].filter((id) => id.startsWith("swarm-")).length, 40);
  assert.ok(!first.has("phantom"));
});

test("the run at the post is fast, turns hard and ends at the person", () => {
  const simulation = createSimulation(demoScenario(), 1, START_MS);
  const post = demoSite().persons.find(({ id }) => id === "levee-post")?.fixed ?? assert.fail("no post");
  let fastest = 0;
  let nearest = Number.POSITIVE_INFINITY;
  const { fromS, toS } = demoScenario().objects.find(({ id }) => id === "fpv") ?? assert.fail("no run");
  for (let s = fromS; s < toS; s += 0.1) {
    const fpv = simulation.truth(START_MS + 1000 * s).find(({ id }) => id === "fpv");
    if (!fpv) continue;
    fastest = Math.max(fastest, Math.hypot(fpv.eastMps, fpv.northMps, fpv.upMps));
    nearest = Math.min(nearest, distanceM(fpv, post));
  }
  assert.ok(fastest > 55 && fastest < 62, `${fastest} m/s`);
  assert.ok(nearest < 12, `${nearest} m`);
});
