import assert from "node:assert/strict";
import { test } from "node:test";
import { type Alert, LEVELS } from "@picket/model";
import { createDecisions, type Flying } from "../decisions.fixture.ts";

import { circle, noise, post, radarScan, START_MS, smallSite } from "../world.fixture.ts";

const STEP_S = 0.25;
const SEEDS = 6;

type Heard = { atS: number; alert: Alert };
type Run = { heard: Heard[]; rows: Map<string, Alert>; frames: { tS: number; alerts: readonly Alert[]; drones: number }[] };

/** Plays an air at four ticks a second and notes every sound: a rise of a row's annunciation. */
function listen(site: ReturnType<typeof smallSite>, seconds: number, air: (tS: number) => readonly Flying[]): Run {
  const decisions = createDecisions(site);
  const run: Run = { heard: [], rows: new Map(), frames: [] };
  for (let tS = 0; tS < seconds; tS += STEP_S) {
    const looks = Number.isInteger(tS) ? [radarScan(tS, [], noise(1))] : [];
    const flying = air(tS);
    const { alerts } = decisions.step(flying, START_MS + tS * 1000, { looks });
    for (const alert of alerts) {
      const before = run.rows.get(alert.id)?.annunciation ?? 0;
      for (let n = before; n < alert.annunciation; n++) run.heard.push({ atS: tS, alert });
      run.rows.set(alert.id, alert);
    }
    run.frames.push({ tS, alerts, drones: flying.length });
  }
  return run;
}

const heardWithin = (heard: readonly Heard[], fromS: number, toS: number): number =>
  heard.filter(({ atS }) => atS >= fromS && atS < toS).length;

/** Drones that fly in from their own sides at their own times and stay over the site. */
function raid(seed: number, count: number, overS: number): (tS: number) => Flying[] {
  const random = noise(seed);
  const drones = Array.from({ length: count }, (_, i) => {
    const side = 2 * Math.PI * random();
    const target = [1500 * (random() - 0.5), 1500 * (random() - 0.5)] as const;
    const speed = 10 + 20 * random();
    return {
      id: `t1-${i + 1}`,
      fromS: overS * random(),
      target,
      speed,
      ve: -Math.sin(side),
      vn: -Math.cos(side),
      up: 40 + 60 * random(),
    };
  });
  return (tS) =>
    drones.flatMap(({ id, fromS, target, speed, ve, vn, up }) => {
      if (tS < fromS) return [];
      const leftM = Math.max(0, 900 - speed * (tS - fromS));
      const at = [target[0] - ve * leftM, target[1] - vn * leftM, up] as const;
      return [{ id, at, velocity: leftM > 0 ? ([ve * speed, vn * speed, 0] as const) : ([0, 0, 0] as const) }];
    });
}

const fiveZones = [
  circle("a", -500, -500, 250, { approachLevel: "caution", approachS: 30 }),
  circle("b", 500, -500, 250, { approachLevel: "caution", approachS: 30 }),
  circle("c", -500, 500, 250, { approachLevel: "caution", approachS: 30 }),
  circle("d", 500, 500, 250, { approachLevel: "caution", approachS: 30, entryLevel: "critical" }),
  circle("e", 0, 0, 250, { approachLevel: "caution", approachS: 30 }),
];

test("200 drones from all sides: heard within a second, three sounds in the first minute, ten in ten minutes, five rows", () => {
  for (let seed = 1; seed <= 1; seed++) {
    const { heard, rows, frames } = listen(smallSite({ zones: fiveZones }), 600, raid(seed, 200, 60));
    const begunS = frames.find(({ alerts }) => alerts.length > 0)?.tS ?? 0;
    assert.equal(heard[0]?.atS, begunS, `seed ${seed}: the first row sounds in the tick that raises it`);
    assert.ok(
      heardWithin(heard, begunS, begunS + 60) <= 3,
      `seed ${seed}: ${heardWithin(heard, begunS, begunS + 60)} in a minute`,
    );
    assert.ok(heardWithin(heard, begunS, begunS + 600) <= 10, `seed ${seed}: ${heard.length} in ten minutes`);
    assert.ok(rows.size <= 5, `seed ${seed}: ${rows.size} rows`);
    assert.equal(new Set([...rows.values()].map(({ incident }) => incident)).size, 1, "one event");
    const members = new Set([...rows.values()].flatMap(({ tracks }) => tracks));
    const over = frames.at(-1)?.alerts.flatMap(({ tracks }) => tracks) ?? [];
    assert.equal(new Set(over).size, members.size, "nobody is hidden by grouping");
  }
});

test("a tight swarm of 200 that comes from one side keeps the same bounds, and all who entered are listed", () => {
  const random = noise(7);
  const offsets = Array.from({ length: 200 }, () => [400 * (random() - 0.5), 400 * (random() - 0.5)] as const);
  const air = (tS: number): Flying[] =>
    offsets.map(([e, n], i) => ({
      id: `t1-${i + 1}`,
      at: [e, 3000 + n - 40 * Math.min(tS, 75), 80],
      velocity: [0, tS < 75 ? -40 : 0, 0],
    }));
  const { heard, rows } = listen(smallSite({ zones: fiveZones }), 600, air);
  const begunS = heard[0]?.atS ?? 0;
  assert.ok(heardWithin(heard, begunS, begunS + 60) <= 3);
  assert.ok(heard.length <= 10);
  assert.ok(rows.size <= 5);
  const middle = [...rows.values()].find(({ zone }) => zone === "e");
  const inside = offsets.filter(([e, n]) => Math.sqrt(e * e + n * n) <= 250).length;
  assert.ok((middle?.tracks.length ?? 0) >= inside, `${middle?.tracks.length} of at least ${inside}`);
});

test("a row sounds again only for a worse level, a new zone or person, or growth past a step; growth at most once a minute", () => {
  for (let seed = 25; seed <= 40; seed++) {
    const { heard } = listen(smallSite({ zones: fiveZones.slice(0, 2) }), 240, raid(100 + seed, 2 + (seed % 30), 120));
    const before = new Map<string, Heard>();
    let worst = -1;
    for (const sound of heard) {
      const rank = LEVELS.indexOf(sound.alert.level);
      const earlier = before.get(sound.alert.id);
      const isWorse = rank > worst;
      const apartS = earlier ? sound.atS - earlier.atS : Number.POSITIVE_INFINITY;
      assert.ok(
        isWorse || !earlier || rank > LEVELS.indexOf(earlier.alert.level) || apartS >= 60,
        `seed ${seed}: ${sound.alert.zone} again after ${apartS} s at the same level`,
      );
      worst = Math.max(worst, rank);
      before.set(sound.alert.id, sound);
    }
  }
});

test("what makes the event worse sounds in the tick in which it is so, whatever has sounded before", () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { heard, frames } = listen(smallSite({ zones: fiveZones }), 120, raid(200 + seed, 60, 60));
    let worst = -1;
    for (const { tS, alerts } of frames) {
      const rank = Math.max(-1, ...alerts.map(({ level }) => LEVELS.indexOf(level)));
      if (rank > worst && rank > 0)
        assert.ok(
          heard.some(({ atS }) => atS === tS),
          `seed ${seed}: silent rise at ${tS} s`,
        );
      worst = Math.max(worst, rank);
    }
  }
});

test("a late, worse drone inside a swarm that heads elsewhere raises its own row and sounds within a second", () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const random = noise(seed);
    const zones = [circle("yard", 0, 1000, 400), circle("magazine", 1800, 1000, 200, { entryLevel: "critical" })];
    const swarm = Array.from({ length: 50 }, () => [300 * (random() - 0.5), 1000 + 300 * (random() - 0.5)] as const);
    const leavesS = 40 + 100 * random();
    const air = (tS: number): Flying[] => [
      ...swarm.map(([e, n], i): Flying => ({ id: `t1-${i + 1}`, at: [e, n, 60] })),
      { id: "t1-99", at: [Math.min(1800, 20 * Math.max(0, tS - leavesS)), 1000, 60], velocity: [tS > leavesS ? 20 : 0, 0, 0] },
    ];
    const { heard, frames } = listen(smallSite({ zones }), 300, air);
    const enteredS = frames.find(({ alerts }) => alerts.some(({ zone }) => zone === "magazine"))?.tS ?? Number.NaN;
    const crossedS = leavesS + 1600 / 20;
    assert.ok(
      enteredS >= crossedS - STEP_S && enteredS <= crossedS + 1,
      `seed ${seed}: row at ${enteredS}, crossed at ${crossedS}`,
    );
    const sound = heard.find(({ alert }) => alert.zone === "magazine");
    assert.ok(sound && sound.atS <= crossedS + 1, `seed ${seed}: sounded at ${sound?.atS}`);
  }
});

test("a person newly threatened by a swarm that has long sounded gets a row of their own at once, and a sound", () => {
  const persons = [post("ana", 3000, 0)];
  const air = (tS: number): Flying[] => [
    ...Array.from({ length: 60 }, (_, i): Flying => ({ id: `t1-${i + 1}`, at: [20 * (i % 8), 1000 + 20 * (i >> 3), 60] })),
    { id: "t1-99", at: [20 * Math.max(0, tS - 120), 0, 60], velocity: [tS > 120 ? 20 : 0, 0, 0] },
  ];
  const { heard, frames } = listen(smallSite({ zones: [circle("yard", 0, 1000, 400)], persons }), 300, air);
  const row = frames.find(({ alerts }) => alerts.some(({ person }) => person === "ana"));
  const sound = heard.find(({ alert }) => alert.person === "ana");
  assert.ok(row && sound && sound.atS - row.tS <= 1, `row at ${row?.tS}, sound at ${sound?.atS}`);
});

test("in an alarm flood what is only watched is suppressed by design, and comes back when the flood is over", () => {
  const zones = [
    circle("quiet", 0, 0, 200, { entryLevel: "watch" }),
    ...Array.from({ length: 14 }, (_, i) => circle(`z${i}`, 500 * (i % 5) - 1000, 800 + 500 * Math.floor(i / 5), 100)),
  ];
  const air = (tS: number): Flying[] => [
    { id: "t1-1", at: [0, 0, 60] },
    ...(tS < 30
      ? Array.from(
          { length: 14 },
          (_, i): Flying => ({ id: `t1-${i + 2}`, at: [500 * (i % 5) - 1000, 800 + 500 * Math.floor(i / 5), 60] }),
        )
      : []),
  ];
  const { frames } = listen(smallSite({ zones }), 640, air);
  const quietAt = (tS: number) => frames[tS / STEP_S]?.alerts.find(({ zone }) => zone === "quiet")?.state;
  assert.equal(quietAt(10), "suppressedByDesign");
  assert.equal(quietAt(620), "activeUnacknowledged");
});

test("an unresolved group is told as about so many, at least so many", () => {
  const decisions = createDecisions(smallSite({ zones: [circle("yard", 0, 1000, 400)] }));
  const { alerts } = decisions.step(
    [{ id: "t1-1", at: [0, 1000, 60], group: { leader: 1, tracks: 1, about: 12.4, atLeast: 7, radiusM: 60 } }],
    START_MS,
  );
  assert.deepEqual(alerts[0]?.count, { about: 12, atLeast: 7 });
  assert.equal(alerts[0]?.title.code, "alert.zoneEntryMany");
});

test("a row says how many of those that hold it up are inside", () => {
  const decisions = createDecisions(
    smallSite({ zones: [circle("yard", 0, 0, 300, { approachLevel: "warning", approachS: 60 })] }),
  );
  const coming = Array.from(
    { length: 9 },
    (_, i): Flying => ({ id: `t1-${i + 2}`, at: [30 * i, 600, 60], velocity: [0, -15, 0] }),
  );
  const { alerts } = decisions.step([{ id: "t1-1", at: [0, 0, 60] }, ...coming], START_MS);
  assert.deepEqual(alerts[0]?.title, { code: "alert.zoneEntrySome", params: { zone: "Zone yard", about: 10, inside: 1 } });
});
